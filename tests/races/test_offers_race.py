"""P1: 200 at once want the last seven sets of a combo, or seven packs of a harvest sold ahead.

Each order on a connection of its own, on both databases; with the guard of the stock row away, too many
are sold.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalog import checks
from catalog.models import Forecast, Stock
from core.db import new_write_engine
from shop import checks as shop_checks
from shop.orders import PlaceLine, PlaceOrder
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_login
from tests.factories.offers import COMBO_VND, make_combo, make_forecast
from tests.factories.shop import PICK_UP, Stand, buyer_of, make_stand
from tests.races.stock_buyers import Rush, run
from tests.support.databases import settings_for

SEVEN_OF_200 = {"taken": 7, "out_of_stock": 193}
CHECKS = (
    checks.columns_are_the_sums_of_movements,
    checks.held_is_granted_and_kept,
    checks.promised_no_more_than_there_was,
    shop_checks.each_line_has_its_hold,
    shop_checks.stock_follows_the_order,
)
Make = Callable[[Session, Stand], str]


def combo(session: Session, stand: Stand) -> str:
    """Two packs and a bag of one tea (900 g) with a jar of honey: tea for seven, honey for nine."""
    tea = make_product(session, stand.seller_id, on_hand=7 * 900 + 850)
    pack = make_listing(session, product_id=tea)
    bag = make_listing(session, product_id=tea, pack_size=500)
    honey = make_listing(session, stand.seller_id, on_hand=9 * 200)
    return make_combo(session, stand.seller_id, **{pack: 2, bag: 1, honey: 1})


def ahead(session: Session, stand: Stand) -> str:
    """A harvest of which seven packs may be sold, and a store full of the same goods."""
    listing = make_listing(session, product_id=stand.product_id)
    make_forecast(session, stand.seller_id, 7 * 200 + 150, listing)
    return listing


def half_ahead(session: Session, stand: Stand) -> str:
    """A harvest with room for all, of which only forty packs will have come."""
    listing = make_listing(session, product_id=stand.product_id)
    make_forecast(session, stand.seller_id, 300 * 200, listing)
    return listing


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    made = new_write_engine(settings_for(tmp_path, database_url))
    yield made
    made.dispose()


@pytest.fixture
def rush_for(engine: Engine, database_url: str, tmp_path: Path) -> Callable[[Make], Rush]:
    """What 200 want: one of what `make` puts on sale."""

    def prepared(make: Make) -> Rush:
        with Session(engine) as session, session.begin():
            stand = make_stand(session, packs=300)
            line = PlaceLine(make(session, stand), 1, COMBO_VND)
            buyer = buyer_of(make_login(session)[1])
            wish = PlaceOrder(stand.seller_id, buyer, "web", PICK_UP, (line,))
        return Rush(database_url, str(tmp_path), "", wish=wish)

    return prepared


def test_200_orders_while_the_harvest_is_settled_lose_nothing_and_oversell_nothing(
    engine: Engine, rush_for: Callable[[Make], Rush]
) -> None:
    rush = rush_for(half_ahead)
    with Session(engine) as session:
        (forecast,) = session.scalars(select(Forecast))
    settled = run(replace(rush, harvest=(forecast.seller_id, forecast.id, 40 * 200)))
    assert (settled.pop("settled"), settled.pop("over")) == (1, 1)
    # Who came after the harvest bought from the store, unless they had seen the listing before it.
    # SQLite tells a few "busy" where 198 wait longer than ten seconds for one writer: nothing was done.
    assert settled["taken"] + settled["out_of_stock"] + settled["busy"] == 198
    assert oversold(engine) == 0
    with Session(engine) as session:
        ahead_row = session.scalars(select(Stock).where(Stock.point_id == forecast.id)).one()
        assert (ahead_row.on_hand, ahead_row.held) == (0, 0)
        assert [problem for check in CHECKS[:3] for problem in check(session)] == []


def problems(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return [problem for check in CHECKS for problem in check(session)]


def oversold(engine: Engine) -> int:
    """By how much the worst row has promised more than there is."""
    with Session(engine) as session:
        free = select(Stock.on_hand - Stock.allocated - Stock.held)
        return max(0, -min(session.scalars(free)))


@pytest.mark.parametrize("make", [combo, ahead])
def test_p1_200_orders_for_seven_get_exactly_seven(
    engine: Engine, rush_for: Callable[[Make], Rush], make: Make
) -> None:
    assert run(rush_for(make)) == SEVEN_OF_200
    assert oversold(engine) == 0
    assert problems(engine) == []


@pytest.mark.parametrize("make", [combo, ahead])
def test_without_the_guard_of_the_row_the_same_race_oversells(
    engine: Engine, rush_for: Callable[[Make], Rush], make: Make
) -> None:
    answers = run(replace(rush_for(make), without="enough_available"))
    assert answers["taken"] > 7
    assert oversold(engine) > 0
    assert any("held=" in problem for problem in problems(engine))
