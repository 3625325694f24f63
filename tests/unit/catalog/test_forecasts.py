"""Harvests sold ahead: capped, settled once, scaled back by the rule."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import forecasts, listings, stock
from catalog.errors import HoldGone
from catalog.forecasts import (
    BadForecastDay,
    CannotSellAhead,
    CapBelowPack,
    ForecastOver,
    NewForecast,
)
from catalog.lots import opening
from core import clock, fsck
from core.errors import NotFound, OutOfStock
from core.outbox import OutboxRow
from core.quantity import BadQuantity
from tests.factories.catalog import HOUR_MS, make_listing
from tests.factories.identity import make_seller
from tests.factories.offers import make_combo, make_forecast

ACTOR = "p:keeper"


class Field:
    """A seller who sells up to 2 kg of custard apples ahead, in packs of 200 g."""

    def __init__(self, session: Session, cap: int = 2_000) -> None:
        self.session = session
        self.seller = make_seller(session)
        self.listing = make_listing(session, self.seller, on_hand=0)
        self.product = listings.get(session, self.listing).product_id
        self.forecast = make_forecast(session, self.seller, cap, self.listing)

    def order(self, holder: str, packs: int) -> str:
        until = clock.now_ms() + HOUR_MS
        asked = stock.HoldRequest(self.product, packs * 200, holder, until, self.forecast, 200)
        return stock.hold_all(self.session, [asked])[0]

    def comes(self, quantity: int) -> None:
        if quantity:
            opening.bring_in(self.session, self.seller, self.product, quantity, "the harvest")
        forecasts.settle(self.session, self.seller, self.forecast, quantity, ACTOR)

    @property
    def store(self) -> stock.Level:
        return stock.levels(self.session, [self.product])[self.product]

    def told(self) -> list[str]:
        self.session.flush()
        query = select(OutboxRow.payload).where(OutboxRow.event == "HoldsCut")
        return list(self.session.scalars(query.order_by(OutboxRow.id)))

    def problems(self) -> list[str]:
        self.session.flush()
        return [one for verdict in fsck.run_all(self.session) for one in verdict.problems]


@pytest.fixture
def field(session: Session) -> Field:
    return Field(session)


def test_it_sells_up_to_the_cap_though_nothing_is_in_the_store(field: Field) -> None:
    assert listings.get(field.session, field.listing).available_packs == 10
    field.order("box:A", 7)
    assert listings.get(field.session, field.listing).available_packs == 3
    with pytest.raises(OutOfStock) as refused:
        field.order("box:B", 4)
    assert refused.value.data["left"] == 600
    assert field.store == stock.Level(0, 0, 0, 0, 0)


def test_a_harvest_as_promised_serves_everybody_and_the_rest_is_for_sale(field: Field) -> None:
    field.order("box:A", 3)
    field.order("box:B", 2)
    stock.allocate_holder(field.session, "box:A")
    field.comes(1_500)
    assert field.store == stock.Level(1_500, 600, 400, 500, 0)
    assert field.told() == []
    assert listings.get(field.session, field.listing).forecast_id is None
    assert field.problems() == []


def test_more_than_the_cap_cuts_nobody(field: Field) -> None:
    field.order("box:A", 10)
    field.comes(5_000)
    assert field.store.available == 3_000
    assert forecasts.cut_totals(field.session, field.forecast) == (0, 0)


def test_a_short_harvest_is_shared_and_each_cut_is_told(field: Field) -> None:
    paid = field.order("box:A", 6)
    stock.allocate_holder(field.session, "box:A")
    held = field.order("box:B", 3)
    field.comes(1_200)
    (cut_a,) = forecasts.cuts_of(field.session, field.forecast, "box:A")
    (cut_b,) = forecasts.cuts_of(field.session, field.forecast, "box:B")
    assert (cut_a.hold_id, cut_a.wanted, cut_a.given) == (paid, 1_200, 800)
    assert (cut_b.hold_id, cut_b.wanted, cut_b.given) == (held, 600, 400)
    assert field.store == stock.Level(1_200, 800, 400, 0, 0)
    assert ["box:A" in field.told()[0], "box:B" in field.told()[1]] == [True, True]
    assert field.problems() == []


def test_who_gets_nothing_keeps_nothing(field: Field) -> None:
    field.order("box:A", 1)
    field.order("box:B", 1)
    field.comes(200)
    stock.allocate_holder(field.session, "box:A")
    assert field.store == stock.Level(200, 200, 0, 0, 0)
    with pytest.raises(HoldGone):
        stock.allocate_holder(field.session, "box:B")


def test_nothing_came_and_the_harvest_is_called_off(field: Field) -> None:
    field.order("box:A", 2)
    field.comes(0)
    assert forecasts.get(field.session, field.seller, field.forecast).state == "cancelled"
    assert forecasts.cut_totals(field.session, field.forecast) == (1, 400)
    assert field.problems() == []


def test_goods_that_are_not_in_the_store_cannot_be_given_out(field: Field) -> None:
    field.order("box:A", 5)
    with pytest.raises(OutOfStock):
        forecasts.settle(field.session, field.seller, field.forecast, 1_000, ACTOR)


def test_a_harvest_is_settled_once_by_its_seller(field: Field) -> None:
    with pytest.raises(NotFound):
        forecasts.settle(field.session, make_seller(field.session), field.forecast, 0, ACTOR)
    field.comes(400)
    with pytest.raises(ForecastOver):
        forecasts.settle(field.session, field.seller, field.forecast, 400, ACTOR)


def test_after_the_harvest_nothing_more_is_sold_of_what_was_to_come(field: Field) -> None:
    field.comes(400)
    with pytest.raises(OutOfStock):
        field.order("box:late", 1)


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_the_day_is_from_tomorrow_to_a_year_from_now(session: Session, days: int) -> None:
    seller = make_seller(session)
    wish = NewForecast(
        (make_listing(session, seller),), clock.today() + timedelta(days=days), 1_000
    )
    with pytest.raises(BadForecastDay):
        forecasts.open_forecast(session, seller, wish)


@pytest.mark.parametrize("cap", [0, -5, 10**12 + 1])
def test_a_cap_is_some_quantity(session: Session, cap: int) -> None:
    seller = make_seller(session)
    with pytest.raises(BadQuantity):
        make_forecast(session, seller, cap, make_listing(session, seller))


def test_a_cap_below_one_pack_would_only_stop_its_sales(session: Session) -> None:
    seller = make_seller(session)
    listing = make_listing(session, seller)
    with pytest.raises(CapBelowPack) as refusal:
        make_forecast(session, seller, 199, listing)
    assert "một gói" in refusal.value.text()
    assert listings.get(session, listing).forecast_id is None


def test_combos_their_parts_and_what_sells_ahead_already_cannot(field: Field) -> None:
    tea, rice = (make_listing(field.session, field.seller) for _ in range(2))
    combo = make_combo(field.session, field.seller, **{tea: 1, rice: 1})
    for listing in (combo, tea, field.listing):
        with pytest.raises(CannotSellAhead):
            make_forecast(field.session, field.seller, 1_000, listing)
    with pytest.raises(NotFound):
        make_forecast(field.session, field.seller, 1_000, make_listing(field.session))
