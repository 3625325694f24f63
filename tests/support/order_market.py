"""A stand with orders for the state machine: what is remembered of each, and what must be true of all."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog import checks as stock_checks
from catalog import stock
from catalog.lots import opening, returns
from catalog.lots.returns import Verdict
from catalog.models import Lot
from core import clock
from core.outbox import OutboxRow
from payments import checks as money_checks
from payments import payments
from payments.models import MatchedPart, Payment
from shop import checks, orders
from shop.models import OrderTopup
from shop.ordering import balance
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.orders import PlaceLine
from tests.factories.catalog import make_listing, make_product, stock_id_of
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, Stand, make_stand

PACK_G = 200
CHECKS = (
    checks.sums_are_the_sums_of_lines,
    checks.lines_are_packs_times_price,
    checks.each_line_has_its_hold,
    checks.stock_follows_the_order,
    checks.secured_means_settled,
    checks.sums_on_top_follow_the_order,
    checks.changes_belong_to_their_lines,
    checks.money_is_answered,
    stock_checks.columns_are_the_sums_of_movements,
    stock_checks.held_is_granted_and_kept,
    stock_checks.allocated_is_what_paid_orders_have,
    stock_checks.on_hand_is_what_available_lots_hold,
    stock_checks.what_lies_is_the_sum_of_movements,
    stock_checks.bindings_fit_their_holds,
    money_checks.lines_equal_their_parts,
    money_checks.cash_equals_its_parts,
    money_checks.paid_equals_parts,
    money_checks.settled_has_receipt,
)
KEPT = ("secured", "packing", "packed")
GONE = ("handed_over", "delivered", "closed")
NOTHING = ("expired", "cancelled", "refused", "returned")


@dataclass
class Remembered:
    """What the model knows of one order: its state, its packs of tea and honey, when its time is over."""

    state: str
    packs: list[int]
    pay_by_ms: int
    by: str = ""
    delivered_ms: int = 0

    @property
    def all_packs(self) -> int:
        return sum(self.packs)


@dataclass
class OrderMarket:
    """One stand with tea and honey; what came in of each, and the money that came, are counted on fingers."""

    session: Session
    packs: int
    orders: dict[str, Remembered] = field(default_factory=dict)
    news: list[str] = field(default_factory=list)
    came_vnd: int = 0

    def __post_init__(self) -> None:
        self.stand: Stand = make_stand(self.session, self.packs)
        honey = make_product(self.session, self.stand.seller_id, on_hand=4 * PACK_G, name="Mật ong")
        self.honey = make_listing(self.session, product_id=honey, price_vnd=PRICE_VND)
        self.products = (self.stand.product_id, honey)
        self.brought = [self.packs, 4]

    def lines(self, packs: list[int]) -> tuple[PlaceLine, ...]:
        listings = (self.stand.listing_id, self.honey)
        pairs = zip(listings, packs, strict=True)
        return tuple(PlaceLine(id_, n, PRICE_VND) for id_, n in pairs if n)

    def left(self) -> list[int]:
        """Packs of each product nobody was promised."""
        levels = stock.levels(self.session, self.products)
        return [levels[id_].available // PACK_G for id_ in self.products]

    def facts(self, code: str) -> OrderFacts:
        self.session.flush()
        return orders.facts(self.session, code)

    def fits(self, code: str) -> bool:
        """Whether the goods of an order are its own still, or can be had again."""
        one = self.orders[code]
        if one.state == "placed" and clock.now_ms() < one.pay_by_ms:
            return True
        return all(want <= left for want, left in zip(one.packs, self.left(), strict=True))

    def receive(self, which: int, packs: int) -> None:
        seller, product = self.stand.seller_id, self.products[which]
        opening.bring_in(self.session, seller, product, packs * PACK_G, "harvest")
        self.brought[which] += packs

    def transfer(self, code: str, reference: str, vnd: int) -> None:
        """The bank tells of money; that it came is news for later."""
        pay(self.session, self.stand.till, code, vnd)
        self.came_vnd += vnd
        self.news.append(reference)

    def waiting_lots(self) -> list[Lot]:
        """Lots that came back and that nobody has looked at."""
        query = select(Lot).where(Lot.origin == "return", Lot.state == "quarantine")
        lots = self.session.scalars(query.order_by(Lot.id)).all()
        return [lot for lot in lots if lot.product_id in self.products and self.lies(lot)]

    def lies(self, lot: Lot) -> int:
        return sum(quantity for _, quantity in stock.lying(self.session, lot.id))

    def grade_all(self) -> None:
        for lot in self.waiting_lots():
            verdict = Verdict(stock_id_of(self.session, lot.product_id), self.lies(lot), 0)
            returns.grade(self.session, self.stand.seller_id, lot.id, verdict, "p:packer")

    def problems(self) -> Iterator[str]:
        """What the product's own checks find wrong; while news is under way, only what never may be."""
        self.session.flush()
        if not self.news:
            self.session.execute(delete(OutboxRow))
        for check in CHECKS:
            yield from check(self.session)

    def goods(self, states: tuple[str, ...]) -> list[int]:
        """Packs of each product in the orders of these states."""
        packs = [one.packs for one in self.orders.values() if one.state in states]
        return [sum(column) for column in zip([0, 0], *packs, strict=True)]

    def stands(self) -> list[int]:
        """Packs of each product there are: on hand, waiting for a look, out of the house."""
        levels = stock.levels(self.session, self.products)
        waiting: Counter[str] = Counter()
        for lot in self.waiting_lots():
            waiting[lot.product_id] += self.lies(lot)
        out = self.goods(GONE)
        return [
            (levels[id_].on_hand + waiting[id_]) // PACK_G + out[number]
            for number, id_ in enumerate(self.products)
        ]

    def placed_money(self) -> int:
        """Where all the đồng that came stand, summed."""
        query = select(MatchedPart.amount_vnd).where(MatchedPart.seller_id == self.stand.seller_id)
        return sum(self.session.scalars(query))

    def kept_vnd(self, code: str) -> int:
        """Đồng the seller keeps of what came for an order and its sums on top."""
        tops = self.session.scalars(select(OrderTopup.code).where(OrderTopup.order_code == code))
        references = [reference_of(code), *(f"topup:{top}" for top in tops)]
        query = (
            select(MatchedPart.amount_vnd)
            .join(Payment, Payment.id == MatchedPart.payment_id)
            .where(Payment.reference.in_(references), MatchedPart.account == "payment")
        )
        return sum(self.session.scalars(query))

    def due_vnd(self, code: str) -> int:
        """Đồng the seller should keep of an order by now."""
        if self.orders[code].state in NOTHING:
            return 0
        order, paid = self.facts(code), payments.facts(self.session, reference_of(code))
        if paid.settled_ms is None:
            return paid.paid_vnd
        on_top = balance.owed(self.session, code)
        return order.amount_vnd - (on_top.amount_vnd - on_top.paid_vnd if on_top else 0)
