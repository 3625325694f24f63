"""`fsck` finds no fault in what the services do, and each fault made by hand."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core import fsck
from core.clock import FixedClock
from shop import orders
from shop.ordering import changes
from shop.ordering.changes import Delivered
from shop.orders import Cancellation
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, TO_THE_DOOR, Stand, make_order, make_stand, paid_order


def wrong(session: Session) -> Iterator[str]:
    session.flush()
    for verdict in fsck.run_all(session):
        if verdict.problems:
            yield verdict.name


@pytest.fixture
def stand(session: Session) -> Stand:
    return make_stand(session, packs=20)


def test_every_way_an_order_can_go_leaves_the_books_right(
    session: Session, stand: Stand, time_at: FixedClock
) -> None:
    lapsed, late = make_order(session, stand), make_order(session, stand)
    part = make_order(session, stand)
    pay(session, stand.till, part, 5_000)
    time_at.advance(15 * 60_000)
    orders.expire_due(session)
    pay(session, stand.till, late, PRICE_VND)
    orders.secure(session, late)
    paid, gone = paid_order(session, stand), make_order(session, stand)
    orders.cancel(session, paid, Cancellation("p:x", by_buyer=True))
    orders.cancel(session, gone, Cancellation("p:x"))
    make_order(session, stand)
    paid_order(session, stand)
    assert lapsed
    assert list(wrong(session)) == []


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("UPDATE orders SET goods_vnd = 1, amount_vnd = 1", "orders.sums_are_the_sums_of_lines"),
        ("UPDATE order_lines SET packs = 3", "orders.lines_are_packs_times_price"),
        ("UPDATE order_lines SET pack_size = 100", "orders.each_line_has_its_hold"),
        ("UPDATE order_line_parts SET packs = 3", "orders.each_line_has_its_hold"),
        ("DELETE FROM order_line_parts", "orders.each_line_has_its_hold"),
        ("UPDATE stock_holds SET holder = 'order:CP2222222A'", "orders.each_line_has_its_hold"),
        ("UPDATE stock_holds SET state = 'ended'", "orders.stock_follows_the_order"),
        ("UPDATE orders SET state = 'cancelled'", "orders.stock_follows_the_order"),
        ("UPDATE orders SET state = 'secured'", "orders.secured_means_settled"),
        ("UPDATE payments SET amount_vnd = 1", "orders.secured_means_settled"),
        ("UPDATE payments SET state = 'settled'", "orders.money_is_answered"),
    ],
)
def test_a_fault_is_named(session: Session, stand: Stand, fault: str, name: str) -> None:
    make_order(session, stand)
    session.execute(text(fault))
    assert name in wrong(session)


def test_a_line_of_another_seller_is_named(session: Session, stand: Stand) -> None:
    make_order(session, stand)
    foreign = make_stand(session).seller_id
    session.execute(text("UPDATE order_lines SET seller_id = :foreign"), {"foreign": foreign})
    assert "orders.sellers_agree" in wrong(session)


def test_a_code_that_no_bank_text_could_carry_is_named(session: Session, stand: Stand) -> None:
    make_order(session, stand)
    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    session.execute(text("UPDATE orders SET code = 'CP0000000O'"))
    assert "orders.codes_check" in wrong(session)


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("UPDATE order_topups SET state = 'dropped'", "orders.sums_on_top_follow_the_order"),
        ("UPDATE order_topups SET state = 'paid'", "orders.sums_on_top_follow_the_order"),
        ("UPDATE order_line_changes SET packs = 2", "orders.changes_belong_to_their_lines"),
        ("UPDATE cash_lines SET amount_vnd = 1", "payments.cash_has_a_place"),
        ("DELETE FROM matched_parts WHERE cash_line_id IS NOT NULL", "payments.cash_has_a_place"),
    ],
)
def test_a_fault_in_what_changed_is_found(
    session: Session, stand: Stand, fault: str, name: str
) -> None:
    code = paid_order(session, stand, packs=3)
    line = orders.facts(session, code).lines[0].id
    changes.shorten(session, code, Delivered(line, 2, "p:x", "ướt"))
    changes.change_delivery(session, paid_order(session, stand), TO_THE_DOOR, "p:x")
    orders.secure_by(session, make_order(session, stand), "attested", "p:x")
    session.flush()
    session.execute(text(fault))
    assert name in list(wrong(session))
