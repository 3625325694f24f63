"""What the desk tells of offers, for whoever tells people: ids only."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class PacksOffered(Event):
    """Packs became those of somebody who waited; they do not know of it yet."""

    claim_id: str
