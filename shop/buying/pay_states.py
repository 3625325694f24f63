"""What a buyer is told on the pay page: one word made of an order's state and its payment's.

The two live apart (money is judged by `payments`, goods here), and only this file says how they look
together. Refuses rows and clocks.
"""

from dataclasses import dataclass
from enum import StrEnum

from shop.states import BROUGHT_BACK, CANCELLED, EXPIRED, PLACED


class PayState(StrEnum):
    """What the pay page shows."""

    WAITING = "waiting"
    WEIGHING = "weighing"  # the seller weighs first; no money is asked yet
    DEPOSIT = "deposit"  # a part is asked first; with it the goods are kept
    PART_PAID = "part_paid"
    RECEIVED = "received"  # the money is here, the goods are being allocated
    PAID = "paid"
    TOP_UP = "top_up"  # paid, and a sum on top is asked for (a dearer way, more goods)
    REST = "rest"  # the deposit came, the goods are kept; the rest comes by QR or at the door
    ON_DELIVERY = "on_delivery"  # the goods are kept, the money is paid at the door
    EXPIRED = "expired"
    REFUND_DUE = "refund_due"
    CANCELLED = "cancelled"
    CAME_BACK = "came_back"  # refused or returned, and no money is owed


PLAIN = frozenset({PayState.WAITING, PayState.WEIGHING, PayState.DEPOSIT, PayState.PART_PAID})
"""The states of an order that nobody keeps to yet."""
ASKING = (PLAIN - {PayState.WEIGHING}) | {PayState.TOP_UP, PayState.REST}
"""The states that show a QR."""


_OPEN = frozenset({"expected", "part_paid"})


@dataclass(frozen=True)
class Standing:
    """Where an order and its payment stand; `on_time` while the time to pay is not over.

    `owes`: a sum on top of what was paid is asked for; `deposit_left`: the deposit has not come whole;
    `by_deposit`: it has, and the goods are kept for it. `unweighed`: it is weighed before money is asked.
    """

    order_state: str
    refund_due: bool
    payment_state: str
    on_time: bool
    owes: bool = False
    deposit_left: bool = False
    by_deposit: bool = False
    unweighed: bool = False


def pay_state(now: Standing) -> PayState:
    """What to tell the buyer.

    A refund that is due comes before all else. Money that came in full is never shown as missing, even
    in the moment before the order hears of it; an order past its time shows no QR, though nobody has
    ended it yet. Before the scales have spoken no money is asked, whatever came by itself.
    """
    if now.refund_due:
        return PayState.REFUND_DUE
    if now.order_state == CANCELLED:
        return PayState.CANCELLED
    if now.order_state in BROUGHT_BACK:
        return PayState.CAME_BACK
    if now.order_state == PLACED and now.unweighed and now.on_time:
        return PayState.WEIGHING
    if now.owes:
        return PayState.TOP_UP
    if now.order_state not in (PLACED, EXPIRED):
        return _kept(now)
    if now.payment_state == "settled" and not now.unweighed:
        return PayState.RECEIVED
    if now.order_state == EXPIRED or not now.on_time:
        return PayState.EXPIRED
    if now.deposit_left:
        return PayState.DEPOSIT
    return PayState.PART_PAID if now.payment_state == "part_paid" else PayState.WAITING


def _kept(now: Standing) -> PayState:
    """The word for an order its seller keeps to."""
    if now.payment_state not in _OPEN:
        return PayState.PAID
    return PayState.REST if now.by_deposit else PayState.ON_DELIVERY
