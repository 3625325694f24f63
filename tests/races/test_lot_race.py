"""Lots dealt with by eight at once, at random: mass balances, books in order, nothing recalled for sale."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import returns
from catalog.lots.errors import MoreThanShipped
from catalog.models import IntakeSlip, Lot
from catalog.stock import HoldRequest
from core import clock
from core.db import new_write_engine
from core.writer import DirectWriter
from tests.factories.lots import ACTOR, make_lot
from tests.support.databases import settings_for
from tests.support.lot_yard import LONG_MS, at_once, deal_at_once, open_yard, require_order

THREADS = 8
DEALINGS = 30


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    made = new_write_engine(settings_for(tmp_path, database_url))
    yield made
    made.dispose()


def test_mass_and_books_are_right_after_any_mix(engine: Engine) -> None:
    require_order(engine, deal_at_once(engine, THREADS, DEALINGS))


def test_members_at_the_scale_get_slips_without_a_gap(engine: Engine) -> None:
    writer = DirectWriter(engine)
    yard = writer.run(open_yard)

    def weigh(number: int) -> None:
        for _ in range(3):
            writer.run(lambda s: make_lot(s, yard.seller, yard.leaf, 5, member_id=yard.member))

    at_once(THREADS, weigh)
    with Session(engine) as session:
        numbers = session.scalars(select(IntakeSlip.number).order_by(IntakeSlip.number)).all()
        codes = session.scalars(select(Lot.code)).all()
    assert numbers == list(range(1, 3 * THREADS + 1))
    assert len(set(codes)) == len(codes) == 3 * THREADS + 2


def test_what_was_handed_over_comes_back_once(engine: Engine) -> None:
    writer = DirectWriter(engine)
    yard = writer.run(open_yard)

    def hand_over(session: Session) -> str:
        until = clock.now_ms() + LONG_MS
        stock.hold_all(session, [HoldRequest(yard.tea, 3, "order:A", until)])
        stock.allocate_holder(session, "order:A")
        stock.ship_holder(session, "order:A", ACTOR)
        return stock.bound_to(session, "order:A")[0].lot_id

    lot, refused = writer.run(hand_over), list[int]()

    def bring_one(number: int) -> None:
        try:
            writer.run(lambda s: returns.take_back(s, yard.seller, "order:A", lot, 1, ACTOR))
        except MoreThanShipped:
            refused.append(number)

    at_once(THREADS, bring_one)
    assert len(refused) == THREADS - 3
