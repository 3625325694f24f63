"""What the shop does when it hears of money, stock and logins."""

from sqlalchemy.orm import Session

from catalog.events import HoldsExpired
from core.clock import FixedClock
from core.identity.events import ActorChanged
from payments.events import PaymentSettled
from shop import orders, reactions
from shop.buying import cart
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, make_order, make_stand, order


def test_a_settled_payment_serves_its_order(session: Session) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    pay(session, stand.till, code, PRICE_VND)
    reactions.payment_settled(session, PaymentSettled(orders.reference_of(code), "p1"))
    assert order(session, code).state == "secured"


def test_holds_that_ran_out_end_their_order_at_once(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    time_at.advance(15 * 60_000)
    reactions.holds_expired(session, HoldsExpired(orders.reference_of(code)))
    assert order(session, code).state == "expired"


def test_what_is_no_order_is_none_of_the_shops_business(session: Session) -> None:
    reactions.payment_settled(session, PaymentSettled("deposit:1", "p1"))
    reactions.holds_expired(session, HoldsExpired("claim:1"))


def test_a_device_that_proved_its_number_keeps_its_cart(session: Session) -> None:
    cart.add(session, "d:1", make_stand(session).listing_id, 2)
    reactions.actor_changed(session, ActorChanged("d:1", "p:1"))
    assert (cart.count(session, "d:1"), cart.count(session, "p:1")) == (0, 1)
