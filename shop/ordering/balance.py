"""What an order comes to now, made true of its money: asked for, asked for on top, or owed back.

Not yet paid, its one payment asks for the new sum under the same code. Paid, its receipt stands: what is
more becomes a sum on top with a code of its own, what is less goes back in part. Refuses to decide what
lines and delivery cost: they are set before.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.units import pack_label
from core import clock
from core.codes import new_order_code
from core.db import insert_new
from core.money import format_vnd
from core.quantity import format_quantity
from payments import cash, payments
from payments.cash import Cash
from payments.errors import AlreadyPaid
from payments.payments import Frozen, FrozenLine, OpenPayment, PaymentFacts
from shop.cases import granted
from shop.models import Order, OrderLine, OrderTopup
from shop.ordering import history
from shop.ordering.order_facts import reference_of
from shop.vouchers import spending

ASKED, PAID, DROPPED = "asked", "paid", "dropped"
TOPUP = "topup:"
"""How the reference of a sum on top begins; its own code follows."""
_ON_TOP = "Trả thêm cho đơn"
"""How a receipt names a sum on top; frozen there, in Vietnamese like the rest of the slip."""


@dataclass(frozen=True)
class _Topup:
    row: OrderTopup
    payment: PaymentFacts


def settle_up(session: Session, order: Order, fee_label: str | None = None) -> None:
    """Have the money follow what `order` (locked by the caller) says its goods, fee and discount are.

    Effect: `amount_vnd` is their sum; the payment asks for it, or a sum on top for what is missing, or
    `cut_refund_vnd` of what was paid is owed back. `fee_label` renames the delivery on receipts to come.
    """
    order.discount_vnd = min(spending.shrink(session, order), order.goods_vnd + order.fee_vnd)
    order.amount_vnd = order.goods_vnd + order.fee_vnd - order.discount_vnd
    order.deposit_vnd = min(order.deposit_vnd, order.amount_vnd)
    session.flush()
    reference = reference_of(order.code)
    try:
        payments.reask(session, reference, _wanted(session, order, fee_label))
    except AlreadyPaid:
        _even_out(session, order, payments.facts(session, reference))


def owed(session: Session, code: str) -> PaymentFacts | None:
    """The sum on top that is asked for order `code` and has not come; None where nothing is."""
    for one in _topups(session, code):
        if one.row.state == ASKED and one.payment.due_vnd:
            return one.payment
    return None


def attest(session: Session, topup_code: str, money: Cash) -> None:
    """Count cash for a sum on top, named by its own code; raises as `payments.cash.attest`."""
    cash.attest(session, TOPUP + topup_code, money)
    came(session, TOPUP + topup_code)


def came(session: Session, reference: str) -> None:
    """Note that a sum on top came in full; dropped before, it goes back. Other references are not ours."""
    row = session.get(OrderTopup, reference.removeprefix(TOPUP), populate_existing=True)
    if row is None or not reference.startswith(TOPUP):
        return
    order = history.locked(session, row.order_code)
    if row.state == DROPPED:
        payments.mark_refund_due(session, reference, "not asked for any more")
    elif row.state == ASKED:
        row.state = PAID
        history.record(session, order, history.BANK, "the sum on top came")


def give_up(session: Session, code: str, reason: str) -> None:
    """Ask for no sum on top of order `code` any more; what came so goes back."""
    for one in _topups(session, code):
        reference = TOPUP + one.row.code
        payments.expire(session, reference)
        if one.payment.paid_vnd:
            payments.mark_refund_due(session, reference, reason)
        one.row.state = DROPPED


def _even_out(session: Session, order: Order, paid: PaymentFacts) -> None:
    """The order was paid: bring the sums on top, and what goes back, to what it comes to now.

    What is on its way back because the order was smaller once is not there any more.
    """
    topups = _topups(session, order.code)
    came_vnd = paid.amount_vnd + sum(t.payment.amount_vnd for t in topups if not t.payment.due_vnd)
    given_vnd = granted.of_order_vnd(session, order.code)
    gone_vnd = payments.on_its_way_vnd(session, reference_of(order.code), given_vnd)
    missing_vnd = order.amount_vnd - (came_vnd - gone_vnd)
    waiting = [one for one in topups if one.payment.due_vnd]
    order.cut_refund_vnd = gone_vnd + max(0, -missing_vnd)
    back_vnd = min(order.cut_refund_vnd + given_vnd, paid.amount_vnd - paid.granted_vnd)
    payments.mark_part_refund_due(session, reference_of(order.code), back_vnd)
    if missing_vnd > 0:
        _ask_on_top(session, order, missing_vnd, waiting)
    for one in waiting if missing_vnd <= 0 else []:
        payments.expire(session, TOPUP + one.row.code)
        one.row.state = DROPPED


def _ask_on_top(session: Session, order: Order, vnd: int, waiting: Sequence[_Topup]) -> None:
    """Ask for `vnd` on top, by the code that asks already if there is one."""
    frozen = payments.asked_for(session, reference_of(order.code))
    line = FrozenLine(f"{_ON_TOP} {order.code}", "", 1, vnd, vnd)
    wanted = Frozen((line,), 0, "", frozen.buyer_name, frozen.buyer_phone_masked)
    if waiting:
        payments.reask(session, TOPUP + waiting[0].row.code, wanted)
        return
    code = _new_code(session, order)
    payments.open(session, OpenPayment(order.seller_id, TOPUP + code, code, vnd, wanted))


def _new_code(session: Session, order: Order) -> str:
    """A code no order and no sum on top has, taken for this order."""
    while True:
        code = new_order_code(secrets.randbelow)
        values: dict[str, object] = {
            "code": code,
            "order_code": order.code,
            "seller_id": order.seller_id,
            "state": ASKED,
            "at_ms": clock.now_ms(),
        }
        if session.get(Order, code) is None and insert_new(session, OrderTopup, values):
            return code


def _topups(session: Session, code: str) -> list[_Topup]:
    """The sums on top of an order that still count, the oldest first."""
    query = select(OrderTopup).where(OrderTopup.order_code == code, OrderTopup.state != DROPPED)
    rows = session.scalars(query.order_by(OrderTopup.at_ms, OrderTopup.code)).all()
    return [_Topup(row, payments.facts(session, TOPUP + row.code)) for row in rows]


def _wanted(session: Session, order: Order, fee_label: str | None) -> Frozen:
    frozen = payments.asked_for(session, reference_of(order.code))
    query = select(OrderLine).where(OrderLine.order_code == order.code, OrderLine.packs > 0)
    lines = session.scalars(query.order_by(OrderLine.position)).all()
    return replace(
        frozen,
        lines=tuple(_frozen_line(line) for line in lines),
        fee_vnd=order.fee_vnd,
        fee_label=frozen.fee_label if fee_label is None else fee_label,
        discount_vnd=order.discount_vnd,
    )


def _frozen_line(line: OrderLine) -> FrozenLine:
    """The line as a receipt says it; what the scales priced is one thing of that weight."""
    label = pack_label(line.unit_word, line.pack_size, line.base_unit)
    if line.weighed and line.amount_vnd != line.packs * line.unit_price_vnd:
        name = f"{line.name} · {format_vnd(line.unit_price_vnd)}/{label}"
        weight = format_quantity(line.weighed, line.base_unit)
        return FrozenLine(name, weight, 1, line.amount_vnd, line.amount_vnd)
    return FrozenLine(
        name=line.name,
        unit_word=label,
        packs=line.packs,
        unit_price_vnd=line.unit_price_vnd,
        amount_vnd=line.amount_vnd,
    )
