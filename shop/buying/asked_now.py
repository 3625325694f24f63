"""What is asked of a buyer for one order at this moment: a deposit, all of it, the rest, a sum on top.

The same for the pay page and the public API. Refuses to decide sums: order and payment have them.
"""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from core import clock
from payments import payments
from payments.payments import PaymentFacts
from shop.buying.pay_states import PayState, Standing, pay_state
from shop.ordering import balance
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.ordering.securing import DEPOSIT


@dataclass(frozen=True)
class AskedNow:
    """What the buyer is told, what is asked (`due_vnd` and its QR), and how the order's payment stands."""

    state: PayState
    asked: PaymentFacts
    payment: PaymentFacts


def of_order(session: Session, order: OrderFacts) -> AskedNow:
    """What is asked for `order` now; while its deposit is missing, `asked` is for that.

    Before it is weighed, where that comes before any money, nothing is asked.
    """
    payment = payments.facts(session, reference_of(order.code))
    on_top = balance.owed(session, order.code)
    left_vnd = order.deposit_vnd - payment.paid_vnd
    now = Standing(
        order.state,
        order.refund_due,
        payment.state,
        on_time=clock.now_ms() < order.pay_by_ms,
        owes=on_top is not None,
        deposit_left=left_vnd > 0,
        by_deposit=order.secured_by == DEPOSIT,
        unweighed=order.unweighed,
    )
    state = pay_state(now)
    if state is PayState.DEPOSIT:
        return AskedNow(state, _first(session, order, payment, left_vnd), payment)
    if state is PayState.WEIGHING:
        return AskedNow(state, replace(payment, due_vnd=0, qr_payload=None), payment)
    return AskedNow(state, on_top if on_top and state is PayState.TOP_UP else payment, payment)


def _first(
    session: Session, order: OrderFacts, payment: PaymentFacts, left_vnd: int
) -> PaymentFacts:
    """The payment as it asks for what is missing of the deposit; the rest comes under the same code."""
    picture = payments.qr_for(session, reference_of(order.code), left_vnd)
    return replace(payment, due_vnd=left_vnd, qr_payload=picture)
