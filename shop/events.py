"""What has happened to an order, for the packages above; ids and facts only."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class OfOrder(Event):
    """What every event of an order tells; `source` is `web`, `staff` or `live:<session id>`."""

    code: str
    source: str
    seller_id: str


@dataclass(frozen=True)
class OrderPlaced(OfOrder):
    """A buyer has placed an order."""


@dataclass(frozen=True)
class OrderSecured(OfOrder):
    """The order is paid for and its goods are allocated."""


@dataclass(frozen=True)
class OrderLapsed(OfOrder):
    """The order has ended without goods: it expired or was cancelled, and its stock went back."""


@dataclass(frozen=True)
class LateMoneyOwed(OfOrder):
    """Money came for an order that had ended, and cannot serve it any more: all of it is owed back."""


@dataclass(frozen=True)
class OrderPacked(OfOrder):
    """The parcel is made up and may be handed over; opened and made up again, it is told again."""


@dataclass(frozen=True)
class OrderHandedOver(OfOrder):
    """The goods left the house: with the buyer, a run, a coach or a carrier."""


@dataclass(frozen=True)
class OrderDelivered(OfOrder):
    """The goods are in the buyer's hands."""


@dataclass(frozen=True)
class OrderRefused(OfOrder):
    """The buyer did not take the goods at the door: they wait for a look, money that came goes back."""


@dataclass(frozen=True)
class OrderReturned(OfOrder):
    """The goods came back after they were handed over: they wait for a look, the money goes back."""


@dataclass(frozen=True)
class OrderWeighed(OfOrder):
    """The scales said what its lines cost: `more_vnd` đồng more than before (less: < 0), at `at_ms` (UTC)."""

    more_vnd: int
    at_ms: int


@dataclass(frozen=True)
class OrderStopped(OfOrder):
    """An officer stopped the show the order came from: it is frozen, or ended before it was paid."""


@dataclass(frozen=True)
class OrderFreezeRuled(OfOrder):
    """An officer ruled on an order that was frozen: it goes on, or its money goes back."""
