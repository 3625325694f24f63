"""What every provider of bank notices must be able to do, and what it tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

ALWAYS_KEPT = ("Content-Type", "User-Agent")
"""Headers worth keeping with any provider's notice."""
SECRET_HEADERS = frozenset({"Authorization"})
"""Headers that may prove a notice but are never written down."""


@dataclass(frozen=True)
class BankMovement:
    """One real movement as the provider told it.

    `account_numbers` are the numbers under which the account may be known (its own, a virtual one);
    `reference` is the bank's; `key` the provider's own id of the movement; `amount_vnd` is positive;
    `at_ms` is UTC milliseconds of the bank's time; `balance_vnd` its running balance after it, if told.
    """

    key: str
    account_numbers: frozenset[str]
    reference: str
    incoming: bool
    amount_vnd: int
    content: str
    at_ms: int
    balance_vnd: int | None = None


@dataclass(frozen=True)
class Notice:
    """A webhook request as it came: the body before any parsing, and the headers that matter."""

    body: bytes
    headers: Mapping[str, str]


class Signer(Protocol):
    """Somebody whose notices can be told from a stranger's."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers it signs with, as it writes them."""

    def verify(self, notice: Notice, secret: str, now_ms: int | None) -> None:
        """Do nothing if the notice is genuine and fresh; raise `BadSignature` if not.

        `now_ms` is UTC milliseconds; None leaves the age unjudged (old samples, never a door).
        """


class Provider(Signer, Protocol):
    """One provider's way to sign, to repeat and to speak; nothing here touches a row."""

    @property
    def name(self) -> str:
        """The name in the address of its webhooks."""

    def replay_key(self, body: bytes) -> str:
        """What stays the same when this very notice is sent again, at most 80 characters.

        Raises BadJson or BadRequest if the body is not one of this provider's.
        """

    def read(self, body: bytes) -> list[BankMovement]:
        """The movements the notice tells; raises BadJson or BadRequest(field) if it tells none."""
