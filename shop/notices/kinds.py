"""What a kind of notice is: the roads it may take, what it says, who must not be able to silence it."""

from dataclasses import dataclass

from shop.notices.notice_rules import CALL, EMAIL, PUSH, SMS, ZNS

ALL = frozenset({PUSH, EMAIL, ZNS, SMS})
WITH_CALL = ALL | {CALL}
LETTER = frozenset({PUSH, EMAIL})
GUARDED = WITH_CALL - {EMAIL}
"""To the device and the number known before; a mailbox is whatever the last who signed in typed."""


@dataclass(frozen=True)
class Kind:
    """How a kind of notice travels and what it says: two sentences, in which facts stand for their names.

    An `urgent` one may come at night. A `private` one is between the person and the market: the seller it is
    about is not shown whom it went to. A `guarded` one warns of a thief who may be signed in as the person:
    of devices it goes to the one it names alone, and being looked at does not end it.
    """

    roads: frozenset[str]
    subject: str
    text: str
    urgent: bool = False
    private: bool = False
    guarded: bool = False
