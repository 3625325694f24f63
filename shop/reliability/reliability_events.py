"""What buyers and sellers say to each other about deposits, for those who tell people; ids only."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class AppealMade(Event):
    """A buyer gave a reason why no deposit should be asked."""

    appeal_id: str
    seller_id: str
    person_id: str


@dataclass(frozen=True)
class AppealAnswered(Event):
    """The seller, or an officer, answered it."""

    appeal_id: str
    seller_id: str
    person_id: str
    forgiven: bool
