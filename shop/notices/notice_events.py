"""What the notices tell themselves: sending is slow work that waits as an errand (`core.errands`)."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class NoticeDue(Event):
    """A try was written down and may be sent."""

    try_id: str


@dataclass(frozen=True)
class MailboxGiven(Event):
    """Somebody gave an address; a letter with the link that confirms it is to be sent there."""

    person_id: str


@dataclass(frozen=True)
class NoticeHeard(Event):
    """Somebody knows of it now: they looked, or a device of theirs said that it showed it.

    `kind` and `event` are those it was made with (`telling.News`).
    """

    notice_id: str
    kind: str
    event: str
