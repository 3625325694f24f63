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
