"""Combos and harvests sold ahead for tests."""

from datetime import timedelta

from sqlalchemy.orm import Session

from catalog import combos, forecasts
from catalog.combos import ComboWish, PartWish
from catalog.forecasts import NewForecast
from core import clock

COMBO_VND = 100_000


def make_combo(session: Session, seller_id: str, **parts: int) -> str:
    """A combo (its listing's id) at 100.000 đ, of so many packs of each listing."""
    wished = tuple(PartWish(listing_id, packs) for listing_id, packs in parts.items())
    return combos.add(session, seller_id, ComboWish("Quà Tết", "", COMBO_VND, wished))


def make_forecast(session: Session, seller_id: str, cap: int, *listing_ids: str) -> str:
    """A harvest of `cap` base units expected in ten days (its id), sold by these listings."""
    expected = clock.today() + timedelta(days=10)
    return forecasts.open_forecast(session, seller_id, NewForecast(listing_ids, expected, cap))
