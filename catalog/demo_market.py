"""Prices for the board of a demo: invented, and said to be so where their source stands."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import market_prices
from catalog.market_prices import NewEntry
from catalog.models import MarketPrice
from core import clock

_SOURCE = "Số liệu DEMO, không có thật"
_ACTOR = "demo"
_SEEN_VND = {
    "che_tuoi": 32_000,
    "che_moc_cau": 320_000,
    "che_nom_tom": 700_000,
    "mien_dong": 85_000,
    "mat_ong": 260_000,
    "gao": 26_000,
    "na": 55_000,
    "ga": 130_000,
}


def load(session: Session) -> None:
    """Write down a price of each kind for this week and the last, unless somebody wrote one before."""
    if session.scalar(select(MarketPrice.id).limit(1)) is not None:
        return
    for kind, price_vnd in _SEEN_VND.items():
        for weeks, seen_vnd in ((0, price_vnd), (1, price_vnd - price_vnd // 20)):
            on = clock.today() - timedelta(weeks=weeks)
            market_prices.add_entry(session, NewEntry(kind, "", seen_vnd, on, _SOURCE), _ACTOR)
