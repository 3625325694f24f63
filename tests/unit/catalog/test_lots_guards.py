"""Each guard of lots, and its control: with the guard off the same dealing goes wrong, and is found out."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text, true
from sqlalchemy.orm import Session

from catalog import stock, trace
from catalog.errors import LotTooSmall
from catalog.lots import checks as lot_checks
from catalog.lots import rules, runs, states
from catalog.lots.errors import NotClearYet
from catalog.lots.runs import RunInput, RunOutput
from catalog.stock import Carry, Word, guards, rows
from core import clock
from core.errors import OutOfStock
from tests.factories.catalog import keep, make_product, stock_id_of
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, days_ago, make_lot
from tests.support.lot_books import problems


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


@pytest.fixture
def tea(session: Session, seller: str) -> str:
    return make_product(session, seller)


@pytest.fixture
def unguarded(session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Guards may be taken away; statements built with them are forgotten before and after."""
    session.execute(text("PRAGMA ignore_check_constraints=ON"))
    rows._promising.cache_clear()
    yield monkeypatch
    session.execute(text("PRAGMA ignore_check_constraints=OFF"))
    rows._promising.cache_clear()


def carry_ten(session: Session, seller: str, tea: str, lot: str) -> None:
    stall = stock.open_point(session, seller, "stall", "Chợ Đại Từ")
    carry = Carry(lot, 10, stock_id_of(session, tea), stall)
    stock.transfer(session, carry, Word(ACTOR))


def test_what_is_promised_is_not_carried_away(session: Session, seller: str, tea: str) -> None:
    lot = make_lot(session, seller, tea, 10)
    keep(session, tea, 4)
    with pytest.raises(OutOfStock):
        carry_ten(session, seller, tea, lot)


def test_control_without_its_guard_the_promised_is_carried_away(
    session: Session, seller: str, tea: str, unguarded: pytest.MonkeyPatch
) -> None:
    unguarded.setattr(guards, "enough_available", lambda _: true())
    lot = make_lot(session, seller, tea, 10)
    keep(session, tea, 4)
    carry_ten(session, seller, tea, lot)
    assert any("held=4" in found for found in problems(session))


def bound(session: Session, seller: str, tea: str) -> str:
    """A lot of 10 all bound to an order, with another 10 beside it."""
    lot = make_lot(session, seller, tea, 10, best_before=days_ago(-3))
    make_lot(session, seller, tea, 10)
    keep(session, tea, 10, "order:A")
    stock.allocate_holder(session, "order:A")
    stock.bind_holder(session, "order:A", clock.today())
    return lot


def test_what_is_bound_to_an_order_is_not_dried(session: Session, seller: str, tea: str) -> None:
    lot = bound(session, seller, tea)
    with pytest.raises(LotTooSmall):
        runs.split(session, seller, RunInput(lot, 1), ACTOR)


def test_control_without_its_guard_the_bound_is_taken(
    session: Session, seller: str, tea: str, unguarded: pytest.MonkeyPatch
) -> None:
    unguarded.setattr(guards, "enough_free", lambda _: true())
    runs.split(session, seller, RunInput(bound(session, seller, tea), 1), ACTOR)
    held = session.execute(text("SELECT quantity, bound FROM lot_stock ORDER BY bound DESC"))
    assert held.first() == (9, 10)


def sprayed(session: Session, seller: str, tea: str) -> str:
    return make_lot(session, seller, tea, 10, sprayed_on=days_ago(1), interval_days=7)


def test_nothing_is_sold_inside_its_interval(session: Session, seller: str, tea: str) -> None:
    lot = sprayed(session, seller, tea)
    with pytest.raises(NotClearYet):
        states.release(session, seller, lot, ACTOR, "")
    assert problems(session) == []


def test_control_without_its_guard_the_interval_is_ignored(
    session: Session, seller: str, tea: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = sprayed(session, seller, tea)
    monkeypatch.setattr(rules, "is_clear", lambda *_: True)
    states.release(session, seller, lot, ACTOR, "")
    assert list(lot_checks.none_is_sold_inside_its_interval(session)) != []


def recall_leaf_of_tea(session: Session, seller: str, tea: str) -> None:
    leaf = make_product(session, seller, name="Chè búp tươi")
    lot = make_lot(session, seller, leaf, 50)
    runs.process(session, seller, [RunInput(lot, 50)], [RunOutput(tea, 10)], ACTOR)
    states.recall(session, seller, lot, ACTOR, "dư lượng")


def test_a_recall_reaches_what_was_made(session: Session, seller: str, tea: str) -> None:
    recall_leaf_of_tea(session, seller, tea)
    assert stock.levels(session, [tea])[tea].on_hand == 0
    assert problems(session) == []


def test_control_a_recall_blind_to_descendants_leaves_them_on_sale(
    session: Session, seller: str, tea: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trace, "descendants", lambda *_: ())
    recall_leaf_of_tea(session, seller, tea)
    assert stock.levels(session, [tea])[tea].on_hand == 10
    assert list(lot_checks.nothing_of_a_recalled_lot_is_for_sale(session)) != []
