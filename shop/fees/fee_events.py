"""What is told of platform fees."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class FeeInvoiced(Event):
    """The seller's invoice of a month was issued, under its number."""

    seller_id: str
    number: int
