"""What has happened in a case, for whoever tells people: ids only."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class CaseOpened(Event):
    """Somebody complained; the seller's clock runs."""

    case_id: str


@dataclass(frozen=True)
class CaseWarned(Event):
    """Half of the seller's time is over: an officer takes over in 24 hours."""

    case_id: str


@dataclass(frozen=True)
class CaseEscalated(Event):
    """An officer has the case now."""

    case_id: str


@dataclass(frozen=True)
class CaseSaid(Event):
    """`side` (reporter, seller, officer) has written; `note_id` is the note."""

    case_id: str
    note_id: str
    side: str


@dataclass(frozen=True)
class CaseSettled(Event):
    """The case has its outcome."""

    case_id: str
