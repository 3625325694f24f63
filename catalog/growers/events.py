"""What the grower book tells."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class CertificateEnding(Event):
    """A paper counts for 60 days more at most: told once for each last day it is given."""

    certificate_id: str
    seller_id: str
