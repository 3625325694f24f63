"""What came on top of an order, and what its buyer may do with it: the ways with their sums.

Also credit: what a buyer keeps with a seller, and an order of theirs it may pay. Refuses whoever is not the
buyer: `login` is asked, never the link. Which đồng may be moved is for `payments.surplus` to judge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity.logins import Login
from payments.surplus import choices, credits, moving
from payments.surplus.choices import ChoiceFacts
from payments.surplus.credits import CreditFacts
from payments.surplus.moving import Chosen, Keeper
from payments.surplus.surplus_errors import AsksNothing, NoCredit, NothingOnTop
from shop.buying import asked_now
from shop.buying.pay_states import ASKING
from shop.models import Order
from shop.ordering import order_facts
from shop.ordering.balance import TOPUP
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.refunds import money_back
from shop.states import PACKED, PACKING, PLACED, SECURED

_ASK_IN = (PLACED, SECURED, PACKING, PACKED)
_MOST_ORDERS = 20


@dataclass(frozen=True)
class OpenOrder:
    """An order of the same buyer and seller that asks for `due_vnd`; `reference` is the payment's."""

    code: str
    reference: str
    due_vnd: int


@dataclass(frozen=True)
class OnTop:
    """What may be moved of what came on top of an order, and where to; what was chosen before.

    `kept_vnd` of it is credit that was not used yet.
    """

    free_vnd: int = 0
    orders: tuple[OpenOrder, ...] = ()
    chosen: tuple[ChoiceFacts, ...] = ()
    kept_vnd: int = 0

    @property
    def wants_back(self) -> bool:
        """Whether the buyer's last word was that they want it back."""
        return bool(self.free_vnd and self.chosen) and self.chosen[-1].kind == moving.REFUND

    @property
    def has_gone(self) -> tuple[ChoiceFacts, ...]:
        """What went somewhere, the oldest first."""
        return tuple(one for one in self.chosen if one.kind != moving.REFUND)


def of_order(session: Session, order: OrderFacts, login: Login | None) -> OnTop:
    """What came on top of `order` and where it may go; other orders are told to the buyer alone."""
    references = money_back.references_of(session, order.code)
    free_vnd = sum(moving.free_vnd(session, one) for one in references)
    mine = login is not None and order.belongs_to(login)
    kept = credits.of_holder(session, order.seller_id, order.person_id)
    return OnTop(
        free_vnd,
        _open_orders(session, order, login) if free_vnd and mine and login else (),
        choices.of_references(session, references),
        sum(one.left_vnd for one in kept if one.reference in references) if mine else 0,
    )


def ask_back(session: Session, order: OrderFacts, login: Login) -> None:
    """Note that the buyer wants it back. Raises NothingOnTop."""
    for one in _parts(session, order, login):
        moving.ask_back(session, one)


def put_on(session: Session, order: OrderFacts, other_code: str, login: Login) -> None:
    """Pay with it what another order of the buyer asks for, as far as it goes.

    Raises NothingOnTop; AsksNothing: no such order of theirs asks for money.
    """
    found = [one for one in _open_orders(session, order, login) if one.code == other_code]
    if not found:
        raise AsksNothing()
    left_vnd = found[0].due_vnd
    for one in _parts(session, order, login):
        if left_vnd:
            left_vnd -= moving.put_on(session, one, found[0].reference)


def keep(session: Session, order: OrderFacts, login: Login) -> None:
    """Keep it as credit of the order's buyer. Raises NothingOnTop."""
    for one in _parts(session, order, login):
        moving.keep(session, one, Keeper(order.person_id, order.device_id))


def want_back(session: Session, order: OrderFacts, login: Login) -> None:
    """What was kept of this order, and not used, is owed back again. Raises NoCredit."""
    references = money_back.references_of(session, order.code)
    mine = _mine(session, order.seller_id, login)
    ids = [one.id for one in mine if one.reference in references]
    credits.want_back(session, order.seller_id, ids, login.actor)


def credit_vnd(session: Session, seller_id: str, login: Login | None) -> int:
    """What whoever is signed in keeps with a seller."""
    return sum(one.left_vnd for one in _mine(session, seller_id, login)) if login else 0


def use_credit(session: Session, order: OrderFacts, login: Login) -> int:
    """Pay with the buyer's credit what `order` asks for now; returns the đồng.

    Raises NoCredit: there is none. AsksNothing: the order asks for no money.
    """
    asked = _asked(session, order)
    if asked is None:
        raise AsksNothing()
    ids = [one.id for one in _mine(session, order.seller_id, login)]
    if not ids:
        raise NoCredit()
    return credits.spend(session, order.seller_id, ids, asked.reference, login.actor)


def _mine(session: Session, seller_id: str, login: Login | None) -> Sequence[CreditFacts]:
    if login is None or login.person_id is None:
        return ()
    kept = credits.of_holder(session, seller_id, login.person_id)
    return [one for one in kept if login.owns(one.holder, one.device)]


def _parts(session: Session, order: OrderFacts, login: Login) -> tuple[Chosen, ...]:
    """What is free of each of the order's payments. Raises NothingOnTop where nothing is."""
    found = []
    for reference in money_back.references_of(session, order.code):
        free_vnd = moving.free_vnd(session, reference)
        if free_vnd:
            found.append(Chosen(order.seller_id, reference, free_vnd, login.actor))
    if not found:
        raise NothingOnTop(0)
    return tuple(found)


def _open_orders(session: Session, order: OrderFacts, login: Login) -> tuple[OpenOrder, ...]:
    """Orders of this buyer at this seller that ask for money now, the oldest first."""
    query = (
        select(Order)
        .where(Order.person_id == order.person_id, Order.seller_id == order.seller_id)
        .where(Order.state.in_(_ASK_IN))
        .order_by(Order.placed_ms, Order.code)
        .limit(_MOST_ORDERS)
    )
    facts = order_facts.facts_of_rows(session, session.scalars(query).all())
    found = (_asked(session, one) for one in facts if one.belongs_to(login))
    return tuple(one for one in found if one is not None)


def _asked(session: Session, order: OrderFacts) -> OpenOrder | None:
    """What `order` asks for now; a deposit's rest counts too, for it is the same payment."""
    now = asked_now.of_order(session, order)
    if now.state not in ASKING or now.asked.qr_payload is None:
        return None
    if now.asked.code != order.code:
        return OpenOrder(order.code, TOPUP + now.asked.code, now.asked.due_vnd)
    due_vnd = now.payment.amount_vnd - now.payment.paid_vnd
    return OpenOrder(order.code, reference_of(order.code), due_vnd)
