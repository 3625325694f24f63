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


@dataclass(frozen=True)
class PriceChanged(Event):
    """A pack of a listing costs `price_vnd` now; ask `listings.get` which price holds when you hear it."""

    listing_id: str
    price_vnd: int


@dataclass(frozen=True)
class HoldsCut(Event):
    """Less of a harvest sold ahead came than `holder` was promised; ask `forecasts.cuts_of` by how much."""

    holder: str
    forecast_id: str


@dataclass(frozen=True)
class HarvestOpened(Event):
    """A harvest may be ordered before it is there, by `listing_id` among others."""

    forecast_id: str
    listing_id: str


@dataclass(frozen=True)
class StallSold(Event):
    """Goods were sold by hand as `sale`, for `took_vnd` đồng, at `sold_ms` by the phone (UTC ms)."""

    seller_id: str
    sale: str
    took_vnd: int
    sold_ms: int
