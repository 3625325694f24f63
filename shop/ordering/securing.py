"""Money came for an order, or a word as good: its goods are allocated, or the money is owed back.

The payment is a fact and is never undone here: only the taking of goods is tried, in a savepoint. What
cannot be served stays expired (or cancelled) with a refund due, which buyer and seller both see. Where no
money has come yet (paid on delivery) goods that are gone refuse the step instead.
"""

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import market_prices, stock
from catalog.errors import HoldGone
from catalog.market_prices import SoldLine
from core import clock
from core.errors import OutOfStock
from core.identity import people
from core.outbox import publish
from core.states import BadTransition
from payments import cash, payments
from payments.cash import Cash
from shop.delivery import slots
from shop.delivery.slots import SlotFull
from shop.errors import DepositMissing, NotWeighedYet
from shop.events import LateMoneyOwed, OrderLapsed, OrderSecured
from shop.fees import freezing
from shop.models import Order, OrderLine
from shop.ordering import balance, history, weights
from shop.ordering.order_facts import reference_of
from shop.reliability import noting, standing
from shop.reliability.errors import DoorRefusedBefore
from shop.states import BROUGHT_BACK, CANCELLED, EXPIRED, ORDER, OUT, PLACED, SECURED

PAID, DEPOSIT, COD, ATTESTED = "paid", "deposit", "cod", "attested"
"""How an order is secured: its money came to the bank, as much as its seller asks beforehand did, it is
paid on delivery, or somebody of the seller took cash for it."""

AT_THE_DOOR = (COD, DEPOSIT)
"""Those of which money may still be due when the goods come."""


def secure(session: Session, code: str) -> None:
    """Serve the order whose whole sum has come; doing it again does nothing more.

    Effect: placed or expired, its goods are allocated (taken again if they had gone back) and
    `OrderSecured` is published; if they are gone, or the order was cancelled, a refund is due and
    `LateMoneyOwed` is published. One that waits for the scales goes on waiting, and is paid back if its
    time is over (`weighing_first`). The buyer's number counts as proved by the payment (ADR 0004).
    Precondition: the payment of the order is settled.

    Raises:
        NotFound: there is no such order.
    """
    order = history.locked(session, code)
    if not cash.taken_vnd(session, reference_of(code)):
        people.mark_verified(session, order.person_id, "payment")
    noting.came_after_all(session, order)
    if order.state in (PLACED, EXPIRED) and weights.awaits(session, code):
        _keep_for_the_scales(session, order)
    elif order.state in (PLACED, EXPIRED) and not _goes_back_already(session, order):
        _serve(session, order)
    elif order.state == CANCELLED:
        _owe_late(session, order, "cancelled before the money came")
    elif order.state in BROUGHT_BACK:
        owe_back(session, order, "the goods came back")


def secure_by(session: Session, code: str, how: str, actor: str) -> None:
    """Serve an order on the word of its seller: `cod`, it is paid on delivery; `attested`, `actor` took all
    that is owed in cash; or `deposit`, what was asked beforehand has come.

    Effect: its goods are allocated, it has no time to pay any more; attested, its payment is settled and
    receipted, else it stays open. `OrderSecured` is published. Secured so already, nothing changes.

    Raises:
        BadTransition: it does not wait for money (expired, cash alone serves it). NotFound: no such order.
        NotWeighedYet: it is weighed before money is asked, and was not yet.
        DepositMissing: a deposit is asked, and `left_vnd` of it has not come. AlreadyPaid: nothing is owed.
        DoorRefusedBefore: `cod`, and this buyer did not take a parcel of this seller's.
        OutOfStock, HoldGone: its time was over and the goods went to others. Nothing was changed.
    """
    order = history.locked(session, code)
    if order.state == SECURED and order.secured_by == how:
        return
    if order.state not in (PLACED, EXPIRED) or (order.state == EXPIRED and how != ATTESTED):
        raise BadTransition(ORDER.name, order.state, SECURED)
    if weights.awaits(session, code):
        raise NotWeighedYet()
    reference = reference_of(code)
    paid = payments.facts(session, reference)
    if how != ATTESTED:
        _check_deposit(order, paid.paid_vnd, how)
    if how == COD:
        _check_door(session, order)
    _take_goods(session, reference)
    if how == ATTESTED:
        cash.attest(session, reference, Cash(paid.due_vnd, cash.STALL, actor))
        order.refund_due = False
    _secured(session, order, how, actor)


def _check_deposit(order: Order, paid_vnd: int, how: str) -> None:
    left_vnd = order.deposit_vnd - paid_vnd
    if left_vnd > 0 or (how == DEPOSIT and not order.deposit_vnd):
        raise DepositMissing(left_vnd)


def _check_door(session: Session, order: Order) -> None:
    if not standing.terms_for(session, order.seller_id, order.person_id).at_the_door:
        raise DoorRefusedBefore()


def take_cash(session: Session, code: str, actor: str) -> None:
    """`actor` took in cash all that is owed for an order now: its sum, one on top, what is paid on delivery.

    Effect: before it is secured, as `secure_by` with `attested`; later its payment is settled and receipted.

    Raises:
        AlreadyPaid: nothing is owed. OutOfStock, HoldGone: as `secure_by`. NotFound: no such order.
        BadTransition: it ended without goods, or they came back.
    """
    order = history.locked(session, code)
    if order.state in (PLACED, EXPIRED):
        secure_by(session, code, ATTESTED, actor)
        return
    if order.state == CANCELLED or order.state in BROUGHT_BACK:
        raise BadTransition(ORDER.name, order.state, "paid")
    kind = cash.COD if order.state in OUT else cash.STALL
    if on_top := balance.owed(session, code):
        balance.attest(session, on_top.code, Cash(on_top.due_vnd, kind, actor))
        return
    due_vnd = payments.facts(session, reference_of(code)).due_vnd
    cash.attest(session, reference_of(code), Cash(due_vnd, kind, actor))


def deposit_came(session: Session, code: str) -> None:
    """Serve the order if what came for it is the deposit asked; else, and done again, nothing changes.

    Goods that went to others by then leave it as it is: its end gives the money back.
    """
    order = history.locked(session, code)
    paid_vnd = payments.facts(session, reference_of(code)).paid_vnd
    noting.came_after_all(session, order)
    if order.state != PLACED or not 0 < order.deposit_vnd <= paid_vnd:
        return
    if weights.awaits(session, code):
        return
    with suppress(OutOfStock, HoldGone):
        secure_by(session, code, DEPOSIT, history.BANK)


def return_money(session: Session, order: Order, reason: str) -> None:
    """No money is asked for `order` (locked by the caller) any more, and what came goes back."""
    reference = reference_of(order.code)
    payments.expire(session, reference)
    balance.give_up(session, order.code, reason)
    paid = payments.facts(session, reference)
    if paid.settled_ms is not None:
        owe_back(session, order, reason)
    elif paid.paid_vnd and not order.refund_due:
        order.refund_due = True  # payments holds a part that came for an expired sum as owed back
        history.record(session, order, history.TIME, "refund due: paid in part")


def owe_back(session: Session, order: Order, reason: str) -> None:
    """Note that all that was paid for `order` (locked by the caller) goes back to the buyer.

    Payments is told each time: the order may know of a refund of a part already.
    """
    payments.mark_refund_due(session, reference_of(order.code), reason)
    if not order.refund_due:
        order.refund_due = True
        history.record(session, order, history.BANK, f"refund due: {reason}")


def _goes_back_already(session: Session, order: Order) -> bool:
    return order.refund_due and payments.facts(session, reference_of(order.code)).refund_due


def _keep_for_the_scales(session: Session, order: Order) -> None:
    """Money before the scales spoke waits for them; where nobody weighed in time it goes back."""
    if order.state == EXPIRED:
        _owe_late(session, order, "nobody weighed it in time")


def _serve(session: Session, order: Order) -> None:
    try:
        _take_goods(session, reference_of(order.code))
    except (OutOfStock, HoldGone):
        _give_up(session, order)
        return
    order.refund_due = False
    _secured(session, order, PAID, history.BANK)


def _secured(session: Session, order: Order, how: str, actor: str) -> None:
    """The one way into `secured`: stamped, its fee frozen, counted for the board of prices, told."""
    if order.state == EXPIRED:
        _take_place_again(session, order)
    order.state = ORDER.move(order.state, SECURED)
    order.secured_by = how
    order.secured_ms = clock.now_ms()
    order.ended_ms = None
    history.record(session, order, actor)
    freezing.freeze(session, order)
    market_prices.note_sales(session, _sold_lines(session, order.code))
    publish(session, OrderSecured(code=order.code, source=order.source, seller_id=order.seller_id))


def _take_place_again(session: Session, order: Order) -> None:
    """An order whose money came late takes its slot again; a full one is the seller's to settle by phone."""
    if order.slot_id is None or order.way_id is None:
        return
    try:
        slots.take(session, order.slot_id, order.way_id)
    except SlotFull:
        order.slot_id = None
        history.record(session, order, history.TIME, "paid late, the slot was full")


def _sold_lines(session: Session, code: str) -> list[SoldLine]:
    """The order's lines as the market's price board counts them: by their own ids, without the buyer."""
    lines = session.scalars(select(OrderLine).where(OrderLine.order_code == code))
    return [
        SoldLine(
            line.id, line.listing_id, line.amount_vnd, line.weighed or line.packs * line.pack_size
        )
        for line in lines
    ]


def _take_goods(session: Session, holder: str) -> None:
    """Allocate what `holder` keeps, or take it again.

    Raises:
        OutOfStock: it went to others. HoldGone: a short harvest left it nothing. Nothing was changed.
    """
    try:
        with session.begin_nested():
            stock.allocate_holder(session, holder)
    except HoldGone:
        with session.begin_nested():
            stock.retake_holder(session, holder)


def _give_up(session: Session, order: Order) -> None:
    """The goods are gone: the order ends without them, and the money is owed back."""
    if order.state == PLACED:
        order.state = ORDER.move(order.state, EXPIRED)
        order.ended_ms = clock.now_ms()
        stock.end_holder(session, reference_of(order.code))
        if order.slot_id is not None:
            slots.leave(session, order.slot_id)
        lapsed = OrderLapsed(code=order.code, source=order.source, seller_id=order.seller_id)
        publish(session, lapsed)
    _owe_late(session, order, "paid late, the goods were gone")


def _owe_late(session: Session, order: Order, reason: str) -> None:
    """Owe back money for an order that had ended, and have its buyer be told, who may have left its page."""
    known = order.refund_due
    owe_back(session, order, reason)
    if not known:
        publish(session, LateMoneyOwed(order.code, order.source, order.seller_id))
