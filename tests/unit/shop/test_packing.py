"""A box is closed as it was packed, all of it or nothing; who comes late is told what to do."""

from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.errors import LotsMissing
from catalog.lots import opening, states
from catalog.models import Lot
from core.errors import NotFound
from shop import orders
from shop.models import OrderLine
from shop.ordering import changes, fulfilment
from shop.packing import board, packing, scales
from shop.packing.errors import (
    AlreadyPacked,
    LotNotServing,
    NothingInside,
    NotToPack,
    OrderChanged,
    TooHeavy,
    TooLight,
)
from shop.packing.models import PackedPart
from shop.packing.packing import BoxDone, LineDone, PartDone
from tests.factories.identity import make_login, make_seller
from tests.factories.shop import PRICE_VND, Stand, make_order, make_stand, order, paid_order

PACKER = "p:packer"


@dataclass
class Table:
    """A packing table with ten packs on the shelf and one paid order of two."""

    session: Session
    packs: int = 10
    wanted: int = 2
    stand: Stand = field(init=False)
    code: str = field(init=False)

    def __post_init__(self) -> None:
        self.stand = make_stand(self.session, self.packs)
        self.code = paid_order(self.session, self.stand, self.wanted)

    @property
    def seller(self) -> str:
        return self.stand.seller_id

    def box(self, packs: int | None = None, weighed: int = 0, lot: str = "") -> BoxDone:
        """All of the order's one line, or so many packs of it."""
        query = select(OrderLine.id, OrderLine.packs).where(OrderLine.order_code == self.code)
        ((line_id, asked),) = self.session.execute(query).all()
        part = PartDone(0, lot, weighed)
        return BoxDone(self.code, (LineDone(line_id, asked if packs is None else packs, (part,)),))

    def pack(self, box: BoxDone | None = None) -> packing.Packed:
        return packing.pack(self.session, self.seller, box or self.box(), PACKER)

    def state(self) -> str:
        return order(self.session, self.code).state

    def lot(self) -> str:
        query = select(Lot.id).where(Lot.product_id == self.stand.product_id)
        return self.session.scalars(query.order_by(Lot.code)).all()[-1]

    def another_lot(self, quantity: int) -> str:
        opening.bring_in(self.session, self.seller, self.stand.product_id, quantity, "hái thêm")
        return self.lot()

    def leaves(self) -> None:
        fulfilment.hand_over(self.session, self.code, PACKER)
        scales.give_away(self.session, self.code)
        self.session.flush()


@pytest.fixture
def table(session: Session) -> Table:
    return Table(session)


def test_a_packed_order_has_its_lots_and_a_label(table: Table) -> None:
    label = table.pack().label_code
    assert table.state() == "packed"
    assert label.startswith("KH")
    (bound,) = stock.bound_to(table.session, orders.reference_of(table.code))
    assert (bound.lot_id, bound.quantity) == (table.lot(), 400)


def test_the_board_loses_what_is_packed_and_counts_it(table: Table) -> None:
    before = board.board(table.session, table.seller)
    assert [task.order.code for task in before.tasks] == [table.code]
    table.pack()
    after = board.board(table.session, table.seller)
    assert (after.tasks, [one.code for one in after.closed]) == ((), [table.code])
    assert (before.done_today, after.done_today, after.all_today) == (0, 1, 1)


def test_the_board_is_the_sellers_own(table: Table) -> None:
    elsewhere = make_seller(table.session)
    assert board.board(table.session, elsewhere).tasks == ()
    with pytest.raises(NotFound):
        board.task(table.session, elsewhere, table.code)
    with pytest.raises(NotFound):
        packing.pack(table.session, elsewhere, table.box(), PACKER)


def test_what_is_not_paid_is_not_to_be_packed(session: Session) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    assert board.board(session, stand.seller_id).tasks == ()
    with pytest.raises(NotToPack):
        packing.begin(session, stand.seller_id, code, PACKER)


def test_who_packs_it_is_seen_by_the_others(table: Table) -> None:
    login = make_login(table.session)[1]
    packing.begin(table.session, table.seller, table.code, login.actor)
    (task,) = board.board(table.session, table.seller).tasks
    assert (task.order.state, task.packer) == ("packing", login.name)
    packing.put_aside(table.session, table.seller, table.code, login.actor)
    assert table.state() == "secured"


def test_the_second_packer_is_told_who_was_quicker(table: Table) -> None:
    login = make_login(table.session)[1]
    packing.pack(table.session, table.seller, table.box(), login.actor)
    with pytest.raises(AlreadyPacked) as told:
        table.pack()
    assert told.value.data["by"] == login.name


def test_a_cancelled_order_sends_its_goods_back_to_the_shelf(table: Table) -> None:
    box = table.box()
    changes.call_off(table.session, table.code, PACKER, "khách gọi hủy")
    with pytest.raises(NotToPack):
        table.pack(box)


def test_what_is_short_goes_off_the_order_and_its_money_back(table: Table) -> None:
    table.pack(table.box(packs=1))
    now = order(table.session, table.code)
    assert (now.state, now.lines[0].packs, now.cut_refund_vnd) == ("packed", 1, PRICE_VND)
    assert table.stand.level(table.session).allocated == 200


def test_who_waits_for_what_is_short_keeps_everything(table: Table) -> None:
    changes.wish_if_short(table.session, table.code, "wait", PACKER)
    done = table.pack(table.box(packs=1))
    now = order(table.session, table.code)
    assert done.waits
    assert (now.state, now.lines[0].packs, now.cut_refund_vnd) == ("secured", 2, 0)


def test_an_empty_box_is_not_closed(table: Table) -> None:
    with pytest.raises(NothingInside):
        table.pack(table.box(packs=0))
    assert table.state() == "secured"


def test_a_box_that_is_not_the_orders_any_more_is_refused(table: Table) -> None:
    box = table.box()
    changes.shorten(
        table.session, table.code, changes.Delivered(box.lines[0].line_id, 1, PACKER, "dập")
    )
    with pytest.raises(OrderChanged):
        table.pack(box)
    for lines in ((), box.lines * 2, (replace(box.lines[0], line_id="elsewhere"),)):
        with pytest.raises(OrderChanged):
            table.pack(replace(table.box(), lines=lines))
    with pytest.raises(OrderChanged):
        table.pack(replace(table.box(), lines=(LineDone(box.lines[0].line_id, 1, (PartDone(7),)),)))


def test_the_lot_in_hand_is_the_one_on_the_slip(table: Table) -> None:
    new = table.another_lot(1_000)
    table.pack(table.box(lot=new))
    (bound,) = stock.bound_to(table.session, orders.reference_of(table.code))
    assert bound.lot_id == new


def test_a_lot_that_may_not_be_sold_is_noticed_while_it_is_in_hand(table: Table) -> None:
    table.another_lot(1_000)
    bad = table.lot()
    states.block(table.session, table.seller, bad, PACKER, "ẩm")
    with pytest.raises(LotNotServing):
        table.pack(table.box(lot=bad))


def test_another_sellers_lot_is_none(table: Table) -> None:
    foreign = make_stand(table.session)
    lot = table.session.scalars(select(Lot.id).where(Lot.product_id == foreign.product_id)).one()
    with pytest.raises(NotFound):
        table.pack(table.box(lot=lot))


def test_without_lots_there_is_nothing_to_close(table: Table) -> None:
    states.block(table.session, table.seller, table.lot(), PACKER, "ẩm")
    (task,) = board.board(table.session, table.seller).tasks
    assert task.is_short
    with pytest.raises(LotsMissing):
        table.pack()


def test_less_than_ordered_is_too_light_and_twice_as_much_a_slip(table: Table) -> None:
    with pytest.raises(TooLight):
        table.pack(table.box(weighed=390))
    with pytest.raises(TooHeavy):
        table.pack(table.box(weighed=4_000))


def test_what_is_over_leaves_the_books_with_the_box_and_once(table: Table) -> None:
    table.pack(table.box(weighed=430))
    assert table.stand.level(table.session).on_hand == 2_000
    table.leaves()
    scales.give_away(table.session, table.code)
    level = table.stand.level(table.session)
    assert (level.on_hand, level.allocated) == (2_000 - 430, 0)


def test_what_is_over_is_no_more_than_lies_there(session: Session) -> None:
    table = Table(session, packs=2)
    table.pack(table.box(weighed=430))
    table.leaves()
    assert table.stand.level(session).on_hand == 0


def test_a_box_opened_again_is_packed_anew(table: Table) -> None:
    first = table.pack(table.box(weighed=430))
    packing.open_again(table.session, table.seller, table.code, PACKER, "thiếu quà")
    assert table.state() == "packing"
    again = table.pack(table.box(weighed=400))
    (row,) = table.session.scalars(select(PackedPart)).all()
    assert (again.label_code, row.weighed, row.extra) == (first.label_code, 400, 0)


def test_a_box_that_left_is_not_opened(table: Table) -> None:
    table.pack()
    table.leaves()
    with pytest.raises(NotToPack):
        packing.open_again(table.session, table.seller, table.code, PACKER)
    with pytest.raises(AlreadyPacked):
        table.pack()
