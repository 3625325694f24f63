"""What makes the market speak to a carrier; ids only."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class ParcelDue(Event):
    """A parcel is to be booked at its carrier, or asked after where it is booked."""

    shipment_id: str


@dataclass(frozen=True)
class CancelAsked(Event):
    """The seller calls a booking off."""

    shipment_id: str
