"""What packers see: each order with its lots, nothing promised twice, a fixed number of questions."""

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from catalog.lots import opening
from catalog.models import Lot
from core import clock
from core.clock import FixedClock
from shop import orders
from shop.delivery.models import DeliverySlot, DeliveryWay
from shop.models import Order, OrderLine
from shop.orders import PlaceLine
from shop.packing import board, packing, pick_lists
from shop.packing.packing import BoxDone, LineDone
from tests.factories.catalog import make_listing, make_product
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, Stand, make_order, make_stand, paid_order

DAY_MS = 24 * 3_600_000


def pack(session: Session, stand: Stand, code: str) -> None:
    line = session.scalars(select(OrderLine).where(OrderLine.order_code == code)).one()
    done = LineDone(line.id, line.packs)
    packing.pack(session, stand.seller_id, BoxDone(code, (done,)), "p:packer")


def test_two_orders_are_not_sent_to_the_same_last_packs(session: Session) -> None:
    stand = make_stand(session, packs=4)
    opening.bring_in(session, stand.seller_id, stand.product_id, 600, "hái thêm")
    for packs in (3, 3):
        paid_order(session, stand, packs)
    first, second = board.board(session, stand.seller_id).tasks
    taken = [take for task in (first, second) for take in task.things[0].takes]
    assert sum(take.quantity for take in taken) == 1_200
    known = {lot.code for lot in session.scalars(select(Lot))}
    per_lot = {code: sum(t.quantity for t in taken if t.code == code) for code in known}
    assert sorted(per_lot.values()) == [400, 800] or sorted(per_lot.values()) == [600, 600]


def test_the_same_work_by_product_and_by_lot(session: Session) -> None:
    stand = make_stand(session)
    for packs in (2, 1):
        paid_order(session, stand, packs)
    tasks = board.board(session, stand.seller_id).tasks
    (fetch,) = pick_lists.by_product(tasks)
    (lot,) = pick_lists.by_lot(tasks)
    assert (fetch.quantity, fetch.packs, len(fetch.orders)) == (600, (("gói 200 g", 3),), 2)
    assert (lot.take.quantity, sorted(one.quantity for one in lot.orders)) == (600, [200, 400])


def test_loose_goods_are_weighed_and_packs_are_not(session: Session) -> None:
    stand = make_stand(session)
    honey = make_product(session, stand.seller_id, on_hand=3_000, name="Mật ong")
    jar = make_listing(
        session, product_id=honey, price_vnd=PRICE_VND, pack_size=1_000, mode="at_least"
    )
    code = make_order(session, stand, stand.line(), PlaceLine(jar, 1, PRICE_VND))
    pay(session, stand.till, code, 2 * PRICE_VND)
    orders.secure(session, code)
    things = board.task(session, stand.seller_id, code).things
    assert [(thing.name == "Mật ong", thing.weighs) for thing in things] == [
        (False, False),
        (True, True),
    ]


def statements_of_board(session: Session, seller: str) -> int:
    seen: list[str] = []
    session.flush()

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    board.board(session, seller)
    event.remove(bind, "before_cursor_execute", note)
    return len(seen)


def test_the_board_asks_as_many_questions_for_five_orders_as_for_one(session: Session) -> None:
    stand = make_stand(session)
    paid_order(session, stand)
    few = statements_of_board(session, stand.seller_id)
    for _ in range(4):
        paid_order(session, stand)
    assert len(board.board(session, stand.seller_id).tasks) == 5
    assert statements_of_board(session, stand.seller_id) <= few


def test_a_day_later_nothing_is_done_today(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session)
    pack(session, stand, paid_order(session, stand))
    assert board.board(session, stand.seller_id).done_today == 1
    time_at.advance(DAY_MS)
    assert board.board(session, stand.seller_id).done_today == 0


def test_what_is_expected_today_comes_first_and_later_days_last(
    session: Session, time_at: FixedClock
) -> None:
    assert clock.in_vietnam(time_at.at_ms).hour < 23
    stand = make_stand(session)
    way = session.scalars(select(DeliveryWay.id).where(DeliveryWay.seller_id == stand.seller_id))
    way_id = way.first() or ""
    later, whenever, today = (paid_order(session, stand) for _ in range(3))
    for code, hours in ((later, 72), (today, 1)):
        starts = clock.now_ms() + hours * 3_600_000
        slot = DeliverySlot(
            seller_id=stand.seller_id,
            way_id=way_id,
            starts_ms=starts,
            ends_ms=starts + 1,
            cutoff_ms=starts,
            capacity=5,
        )
        session.add(slot)
        session.flush()
        session.get_one(Order, code).slot_id = slot.id
    session.flush()
    tasks = board.board(session, stand.seller_id).tasks
    assert [task.order.code for task in tasks] == [today, whenever, later]
    assert tasks[1].slot is None
