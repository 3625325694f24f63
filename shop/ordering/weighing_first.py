"""Weighing before any money is asked: an order that waits for the scales gets its sum and its time to pay.

The order stays `placed` throughout; that something of mode `weigh_then_pay` was on no scales says that it
waits. Refuses to weigh twice: who weighs again does so when the box is packed, and the difference is settled.
Source: docs/adr/0032-priced-by-the-scales.md.
"""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from payments import payments
from shop.errors import NotToWeigh
from shop.ordering import history, securing, weights
from shop.ordering.order_facts import reference_of
from shop.states import PLACED

PAY_WITHIN_MS = 2 * 60 * 60_000
"""How long a buyer has at least, once the sum is known: nobody sits before the page for a day."""


def weigh(session: Session, code: str, told: Mapping[str, int], actor: str) -> None:
    """Set what order `code` costs by the scales, and ask for it; `told` are base units by line.

    Effect: as `weights.weigh`; its buyer has two hours at least, its goods are kept as long. Money that came
    by itself before counts now: the order is served if it is the whole sum, or the deposit asked.

    Raises:
        NotToWeigh: it does not wait for the scales: weighed already, or its time is over.
        NotWeighed, WeighsTooLittle, WeighsTooMuch, TooMuchForOneTransfer: as `weights.weigh`.
        NotFound: there is no such order.
    """
    order = history.locked(session, code)
    is_late = order.pay_by_ms <= clock.now_ms()
    if order.state != PLACED or is_late or not weights.awaits(session, code):
        raise NotToWeigh(code)
    order.pay_by_ms = max(order.pay_by_ms, clock.now_ms() + PAY_WITHIN_MS)
    stock.extend(session, reference_of(code), order.pay_by_ms)
    weights.weigh(session, order, told, actor)
    session.flush()
    if payments.facts(session, reference_of(code)).settled_ms is not None:
        securing.secure(session, code)
    else:
        securing.deposit_came(session, code)
