"""A stand with orders that change, for tests of what becomes of goods and money."""

from sqlalchemy.orm import Session

from catalog import stock
from core import clock, fsck
from payments import payments
from payments.payments import PaymentFacts
from shop.ordering import balance, changes, fulfilment
from shop.ordering.changes import Delivered, Shortened
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.orders import PlaceLine
from tests.factories.catalog import make_listing, make_product
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, Stand, make_order, make_stand, order, paid_order

WHO = "p:packer"
WHY = "chè ướt"


class Desk:
    """A stand, with honey beside the tea, and one who changes orders."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.stand: Stand = make_stand(session)
        honey = make_product(session, self.stand.seller_id, on_hand=1_000, name="Mật ong")
        self.honey = make_listing(session, product_id=honey, price_vnd=PRICE_VND)

    def paid(self, packs: int = 3) -> str:
        return paid_order(self.session, self.stand, packs)

    def placed(self, packs: int = 3, honey: int = 0) -> str:
        more = (PlaceLine(self.honey, honey, PRICE_VND),) if honey else ()
        return make_order(self.session, self.stand, self.stand.line(packs), *more)

    def short(self, code: str, packs: int, reason: str = WHY) -> Shortened:
        line = self.facts(code).lines[0].id
        return changes.shorten(self.session, code, Delivered(line, packs, WHO, reason))

    def facts(self, code: str) -> OrderFacts:
        return order(self.session, code)

    def money(self, code: str) -> PaymentFacts:
        self.session.flush()
        return payments.facts(self.session, reference_of(code))

    def on_top(self, code: str) -> PaymentFacts:
        asked = balance.owed(self.session, code)
        assert asked is not None
        return asked

    def pay_on_top(self, code: str) -> None:
        asked = self.on_top(code)
        pay(self.session, self.stand.till, asked.code, asked.due_vnd)
        balance.came(self.session, f"topup:{asked.code}")

    def packed(self, code: str) -> str:
        fulfilment.start_packing(self.session, code, WHO)
        stock.bind_holder(self.session, reference_of(code), clock.today())
        fulfilment.finish_packing(self.session, code, WHO)
        return code

    def problems(self) -> list[str]:
        self.session.flush()
        return [one for verdict in fsck.run_all(self.session) for one in verdict.problems]
