"""What has happened to an order, for the packages above; ids and facts only."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class OrderPlaced(Event):
    """A buyer has placed an order; `source` is `web`, `staff` or `live:<session id>`."""

    code: str
    source: str
    seller_id: str


@dataclass(frozen=True)
class OrderSecured(Event):
    """The order is paid for and its goods are allocated."""

    code: str
    source: str
    seller_id: str


@dataclass(frozen=True)
class OrderLapsed(Event):
    """The order has ended without goods: it expired or was cancelled, and its stock went back."""

    code: str
    source: str
    seller_id: str


@dataclass(frozen=True)
class OrderPacked(Event):
    """The parcel is made up and may be handed over; opened and made up again, it is told again."""

    code: str
    source: str
    seller_id: str


@dataclass(frozen=True)
class OrderHandedOver(Event):
    """The goods left the house: with the buyer, a run, a coach or a carrier."""

    code: str
    source: str
    seller_id: str


@dataclass(frozen=True)
class OrderDelivered(Event):
    """The goods are in the buyer's hands."""

    code: str
    source: str
    seller_id: str


@dataclass(frozen=True)
class OrderRefused(Event):
    """The buyer did not take the goods at the door: they wait for a look, money that came goes back."""

    code: str
    source: str
    seller_id: str


@dataclass(frozen=True)
class OrderReturned(Event):
    """The goods came back after they were handed over: they wait for a look, the money goes back."""

    code: str
    source: str
    seller_id: str
