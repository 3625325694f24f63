"""What the stock page reads: levels per point with the lots under them, in few questions."""

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from catalog import shelves, stock
from catalog.lots import states
from catalog.models import Lot
from catalog.stock import Carry, Word
from core.clock import FixedClock
from tests.factories.catalog import HOUR_MS, keep, make_product, stock_id_of
from tests.factories.identity import make_seller


def lot_of(session: Session, product: str) -> str:
    return session.scalars(select(Lot.id).where(Lot.product_id == product)).one()


def test_goods_are_told_by_point_the_store_first(session: Session) -> None:
    seller = make_seller(session)
    product = make_product(session, seller, on_hand=5000)
    stall = stock.open_point(session, seller, "stall", "Chợ Đồn")
    carry = Carry(lot_of(session, product), 2000, stock_id_of(session, product), stall)
    stock.transfer(session, carry, Word())
    [goods] = shelves.of_seller(session, seller)
    assert [(one.point.kind, one.on_hand) for one in goods.shelves] == [
        ("store", 3000),
        ("stall", 2000),
    ]
    assert (goods.on_hand, goods.available) == (5000, 5000)
    [here] = shelves.of_seller(session, seller, stall)
    assert [one.point.id for one in here.shelves] == [stall]


def test_what_ran_out_is_free_and_what_is_promised_beyond_is_short(
    session: Session, time_at: FixedClock
) -> None:
    seller = make_seller(session)
    product = make_product(session, seller, on_hand=5000)
    keep(session, product, 4000)
    stock.recount_lot(
        session, stock_id_of(session, product), lot_of(session, product), 3000, Word()
    )
    [goods] = shelves.of_seller(session, seller)
    assert (goods.short, goods.available) == (1000, 0)
    time_at.advance(2 * HOUR_MS)
    [goods] = shelves.of_seller(session, seller)
    assert (goods.short, goods.available) == (0, 3000)


def test_a_blocked_lot_waits_and_is_not_on_hand(session: Session) -> None:
    seller = make_seller(session)
    product = make_product(session, seller, on_hand=5000)
    states.block(session, seller, lot_of(session, product), "p:x", "nghi bẩn")
    [goods] = shelves.of_seller(session, seller)
    assert (goods.on_hand, goods.waiting) == (0, 5000)


def test_a_product_that_never_had_goods_has_no_shelf(session: Session) -> None:
    seller = make_seller(session)
    make_product(session, seller)
    [goods] = shelves.of_seller(session, seller)
    assert goods.shelves == ()


def test_the_page_asks_as_often_for_thirty_products_as_for_three(session: Session) -> None:
    few, many = make_seller(session), make_seller(session)
    for seller, number in ((few, 3), (many, 30)):
        for _ in range(number):
            make_product(session, seller, on_hand=100)
    assert questions(session, few) == questions(session, many) <= 7


def questions(session: Session, seller: str) -> int:
    session.flush()
    asked: list[str] = []
    engine = session.get_bind()

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    shelves.of_seller(session, seller)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_lots_the_book_says_are_gone_from_a_point_are_told_apart_for_who_finds_some(
    session: Session,
) -> None:
    seller = make_seller(session)
    product = make_product(session, seller, on_hand=5000)
    lot, row = lot_of(session, product), stock_id_of(session, product)
    [store] = stock.points_of(session, seller)
    assert shelves.gone_from(session, seller, store) == ()
    stock.recount_lot(session, row, lot, 0, Word())
    [gone] = shelves.gone_from(session, seller, store)
    assert [(one.id, one.quantity) for one in gone.shelves[0].lots] == [(lot, 0)]
    states.spend(session, seller, lot, "", "")
    assert shelves.gone_from(session, seller, store) == ()
