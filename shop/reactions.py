"""What the shop does when it hears of money, of stock that ran out, of a login that changed.

Each reaction may run twice and in any order: the services it calls judge by the rows.
"""

from sqlalchemy.orm import Session

from catalog.events import HoldsCut, HoldsExpired
from core import outbox
from core.identity.events import ActorChanged
from payments.events import PaymentPartPaid, PaymentSettled
from shop.buying import cart
from shop.events import OrderHandedOver, OrderLapsed, OrderSecured
from shop.ordering import balance, cuts, ending, securing
from shop.ordering.order_facts import code_in
from shop.packing import scales
from shop.vouchers import spending


def subscribe() -> None:
    """Hear of everything below that concerns an order or a cart."""
    outbox.subscribe(PaymentSettled, payment_settled)
    outbox.subscribe(PaymentPartPaid, payment_part_paid)
    outbox.subscribe(HoldsExpired, holds_expired)
    outbox.subscribe(HoldsCut, holds_cut)
    outbox.subscribe(ActorChanged, actor_changed)
    outbox.subscribe(OrderLapsed, order_lapsed)
    outbox.subscribe(OrderSecured, order_secured)
    outbox.subscribe(OrderHandedOver, order_handed_over)


def payment_settled(session: Session, event: PaymentSettled) -> None:
    code = code_in(event.reference)
    if code is not None:
        securing.secure(session, code)
    else:
        balance.came(session, event.reference)


def payment_part_paid(session: Session, event: PaymentPartPaid) -> None:
    code = code_in(event.reference)
    if code is not None:
        securing.deposit_came(session, code)


def holds_expired(session: Session, event: HoldsExpired) -> None:
    code = code_in(event.holder)
    if code is not None:
        ending.lapse(session, code)


def holds_cut(session: Session, event: HoldsCut) -> None:
    code = code_in(event.holder)
    if code is not None:
        cuts.apply(session, code, event.forecast_id)


def order_lapsed(session: Session, event: OrderLapsed) -> None:
    spending.follow(session, event.code)


def order_secured(session: Session, event: OrderSecured) -> None:
    spending.follow(session, event.code)


def actor_changed(session: Session, event: ActorChanged) -> None:
    cart.move(session, event.old_actor, event.new_actor)


def order_handed_over(session: Session, event: OrderHandedOver) -> None:
    scales.give_away(session, event.code)
