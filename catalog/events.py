"""What the catalogue tells the packages above."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class StockChanged(Event):
    """What is on hand or promised of a product has changed; ask `stock.levels` for the numbers."""

    product_id: str
    seller_id: str


@dataclass(frozen=True)
class HoldsExpired(Event):
    """All that was kept for `holder` ran out and went back, in the transaction that needed it."""

    holder: str
