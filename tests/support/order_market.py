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
from catalog.modes import Mode
from core import clock
from core.outbox import OutboxRow
from payments import checks as money_checks
from payments import payments
from payments.models import MatchedPart, Payment
from shop import checks, orders
from shop.cases import case_checks
from shop.delivery import checks as delivery_checks
from shop.delivery import slots, ways
from shop.delivery.slots import NewSlot
from shop.delivery.ways import OWN_RUN, NewWay
from shop.delivery.ways import PICKUP as PICKED_UP
from shop.models import OrderTopup
from shop.ordering import balance
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.orders import DeliveryChoice, PlaceLine, PlaceOrder
from shop.reliability import deposit_settings
from shop.reliability.reliability_rules import NONE, Share
from shop.shipments import checks as parcel_checks
from shop.vouchers import checks as voucher_checks
from shop.vouchers import offering
from shop.vouchers.offering import NewVoucher
from shop.vouchers.rules import SUM, Worth
from tests.factories.catalog import HOUR_MS, make_listing, make_product, stock_id_of
from tests.factories.identity import make_login
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, RUN_VND, Stand, buyer_of, make_stand
from tests.support.order_model import (
    DOOR,
    GONE,
    NOTHING,
    OFFERS,
    PACK_G,
    PICKUP,
    SLOT,
    Book,
    Remembered,
    Wish,
)

ADDRESS = "Số 5, xóm Đồng Lạnh"
YEAR_MS = 365 * 24 * HOUR_MS
CHECKS = (
    checks.sums_are_the_sums_of_lines,
    checks.lines_are_packs_times_price,
    checks.weighed_lines_cost_their_weight,
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
    parcel_checks.one_buyer_one_seller,
    parcel_checks.left_together,
    delivery_checks.slots_hold_their_orders,
    voucher_checks.counts_are_the_uses,
    voucher_checks.discounts_are_the_uses,
    case_checks.ends_agree,
)


@dataclass
class OrderMarket:
    """One stand with tea and honey; what came in of each, and the money that came, are counted on fingers."""

    session: Session
    packs: int
    book: Book = field(default_factory=Book)
    news: list[str] = field(default_factory=list)
    came_vnd: int = 0

    def __post_init__(self) -> None:
        self.stand: Stand = make_stand(self.session, self.packs)
        nothing_first = Share(NONE, 0)  # deposits have tests of their own
        deposit_settings.ask_from_now(self.session, self.stand.seller_id, nothing_first, "p:owner")
        honey = make_product(self.session, self.stand.seller_id, on_hand=4 * PACK_G, name="Mật ong")
        by_scales = {"product_id": honey, "mode": Mode.ESTIMATE_THEN_SETTLE}
        self.honey = make_listing(self.session, price_vnd=PRICE_VND, **by_scales)
        self.products = (self.stand.product_id, honey)
        self.brought = [self.packs * PACK_G, 4 * PACK_G]
        self.ways = make_three_ways(self.session, self.stand.seller_id)
        self.vouchers = give_out_vouchers(self.session, self.stand.seller_id)
        self.buyers = [buyer_of(make_login(self.session)[1]) for _ in range(2)]

    @property
    def orders(self) -> dict[str, Remembered]:
        return self.book.orders

    @property
    def slot(self) -> str:
        """The slot opened last, "" before there is one."""
        return next(reversed(self.book.slots), "")

    def open_slot(self, capacity: int) -> None:
        """A slot tomorrow, for so many orders, that takes orders until an hour before."""
        now, way = clock.now_ms(), self.ways[SLOT]
        starts_ms = now + 24 * HOUR_MS + len(self.book.slots)
        new = NewSlot(starts_ms, starts_ms + HOUR_MS, starts_ms - HOUR_MS, capacity)
        slots.open_slots(self.session, self.stand.seller_id, way, new)
        found = slots.ahead(self.session, self.stand.seller_id)[way]
        slot_id = next(slot.id for slot in found if slot.starts_ms == starts_ms)
        self.book.slots[slot_id] = (capacity, starts_ms - HOUR_MS)

    def choice(self, way: str) -> DeliveryChoice:
        slot = self.slot if way == SLOT else ""
        return DeliveryChoice(self.ways[way], ADDRESS if way == DOOR else "", slot=slot)

    def asked(self, wish: Wish) -> PlaceOrder:
        """What the shop is asked for `wish`."""
        listings = (self.stand.listing_id, self.honey)
        pairs = zip(listings, wish.packs, strict=True)
        lines = tuple(PlaceLine(id_, n, PRICE_VND) for id_, n in pairs if n)
        buyer, choice = self.buyers[wish.buyer], self.choice(wish.way)
        seller = self.stand.seller_id
        return PlaceOrder(seller, buyer, "web", choice, lines, voucher=wish.voucher)

    def may_have(self, wish: Wish) -> bool:
        """Whether there are goods, a seat and a voucher left for `wish`."""
        goods = all(n <= left for n, left in zip(wish.packs, self.left(), strict=True))
        seat = wish.way != SLOT or self.book.has_seat(self.slot)
        return goods and seat and self.book.may_use(wish)

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
        self.brought[which] += packs * PACK_G

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
        """Grams of each product in the orders of these states."""
        grams = [one.grams for one in self.orders.values() if one.state in states]
        return [sum(column) for column in zip([0, 0], *grams, strict=True)]

    def stands(self) -> list[int]:
        """Grams of each product there are: on hand, waiting for a look, out of the house."""
        levels = stock.levels(self.session, self.products)
        waiting: Counter[str] = Counter()
        for lot in self.waiting_lots():
            waiting[lot.product_id] += self.lies(lot)
        out = self.goods(GONE)
        return [
            levels[id_].on_hand + waiting[id_] + out[number]
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
        one, paid = self.orders[code], payments.facts(self.session, reference_of(code))
        if paid.settled_ms is None:
            return paid.paid_vnd - one.given_vnd
        on_top = balance.owed(self.session, code)
        missing_vnd = on_top.amount_vnd - on_top.paid_vnd if on_top else 0
        return max(0, one.amount_vnd - missing_vnd - one.given_vnd)


def make_three_ways(session: Session, seller_id: str) -> dict[str, str]:
    """A gate, an own run at a fee, and a gate with times to come: their ids by the model's names."""
    run = NewWay(OWN_RUN, "Nội thành", fee_vnd=RUN_VND)
    return {
        PICKUP: ways.offer(session, seller_id, NewWay(PICKED_UP, "Cổng chợ")),
        DOOR: ways.offer(session, seller_id, run),
        SLOT: ways.offer(session, seller_id, NewWay(PICKED_UP, "Kho", by_slot=True)),
    }


def give_out_vouchers(session: Session, seller_id: str) -> dict[str, str]:
    """The model's vouchers for real: their ids by their codes."""
    now = clock.now_ms()
    made = {}
    for code, offer in OFFERS.items():
        limits = {"most_uses": offer.most_uses, "budget_vnd": offer.budget_vnd}
        new = NewVoucher(code, Worth(SUM, offer.worth_vnd), now, now + YEAR_MS, **limits)
        made[code] = offering.offer(session, seller_id, new, "p:packer")
    return made
