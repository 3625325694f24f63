"""A short harvest makes orders smaller: what each is told, asked for and owed."""

import pytest
from sqlalchemy.orm import Session

from catalog import forecasts, stock
from catalog.lots import opening
from core import fsck
from core.clock import FixedClock
from payments import payments
from payments.receipts import receipts
from shop import orders
from shop.ordering import cuts
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.orders import PlaceLine
from tests.factories.catalog import make_listing, make_product
from tests.factories.offers import make_forecast
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, Stand, make_order, make_stand, order


class Orchard:
    """A stand that sells up to ten packs ahead, and honey from its store."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.stand: Stand = make_stand(session, packs=0)
        self.forecast = make_forecast(session, self.stand.seller_id, 2_000, self.stand.listing_id)
        honey = make_product(session, self.stand.seller_id, on_hand=2_000, name="Mật ong")
        self.honey = make_listing(session, product_id=honey, price_vnd=PRICE_VND)

    def order(self, packs: int, honey: int = 0) -> str:
        more = (PlaceLine(self.honey, honey, PRICE_VND),) if honey else ()
        return make_order(self.session, self.stand, self.stand.line(packs), *more)

    def paid(self, packs: int, honey: int = 0) -> str:
        code = self.order(packs, honey)
        pay(self.session, self.stand.till, code, (packs + honey) * PRICE_VND)
        orders.secure(self.session, code)
        return code

    def comes(self, packs: int, *codes: str) -> None:
        """So many packs come, and these orders hear of it."""
        seller, product = self.stand.seller_id, self.stand.product_id
        if packs:
            opening.bring_in(self.session, seller, product, packs * 200, "the harvest")
        forecasts.settle(self.session, seller, self.forecast, packs * 200, "p:keeper")
        for code in codes:
            cuts.apply(self.session, code, self.forecast)

    def facts(self, code: str) -> OrderFacts:
        return order(self.session, code)

    def money(self, code: str) -> payments.PaymentFacts:
        self.session.flush()
        return payments.facts(self.session, reference_of(code))

    def problems(self) -> list[str]:
        """What fsck finds but what it excuses while the news is under way."""
        self.session.flush()
        return [one for verdict in fsck.run_all(self.session) for one in verdict.problems]


@pytest.fixture
def orchard(session: Session) -> Orchard:
    return Orchard(session)


def test_an_unpaid_order_asks_for_the_smaller_sum(orchard: Orchard) -> None:
    code = orchard.order(4)
    orchard.comes(3, code)
    told = orchard.facts(code)
    assert (told.lines[0].packs, told.lines[0].cut_packs, told.cut_vnd) == (3, 1, PRICE_VND)
    assert (told.amount_vnd, orchard.money(code).due_vnd) == (3 * PRICE_VND, 3 * PRICE_VND)
    pay(orchard.session, orchard.stand.till, code, 3 * PRICE_VND)
    orders.secure(orchard.session, code)
    assert orchard.facts(code).state == "secured"
    assert orchard.stand.level(orchard.session) == stock.Level(600, 600, 0, 0, 0)


def test_a_paid_order_is_owed_the_difference_and_its_receipt_stands(orchard: Orchard) -> None:
    code = orchard.paid(4)
    before = orchard.money(code).receipt_id
    orchard.comes(3, code)
    told, money = orchard.facts(code), orchard.money(code)
    assert (told.state, told.cut_refund_vnd, told.refund_due) == ("secured", PRICE_VND, False)
    assert (money.state, money.paid_vnd, money.refund_vnd) == ("settled", 4 * PRICE_VND, PRICE_VND)
    assert money.receipt_id == before
    assert before is not None
    assert receipts.get(orchard.session, before).facts.total_vnd == 4 * PRICE_VND
    assert orchard.problems() == []


def test_hearing_of_it_twice_changes_nothing_more(orchard: Orchard) -> None:
    paid, unpaid = orchard.paid(3), orchard.order(3)
    orchard.comes(4, paid, unpaid, paid, unpaid)
    assert [orchard.facts(code).cut_vnd for code in (paid, unpaid)] == [PRICE_VND, PRICE_VND]
    assert orchard.facts(paid).cut_refund_vnd == PRICE_VND
    assert orchard.problems() == []


def test_lines_that_came_from_the_store_are_left_alone(orchard: Orchard) -> None:
    code = orchard.order(2, honey=3)
    orchard.comes(0, code)
    told = orchard.facts(code)
    assert [(line.packs, line.cut_packs) for line in told.lines] == [(0, 2), (3, 0)]
    assert (told.state, orchard.money(code).due_vnd) == ("placed", 3 * PRICE_VND)


@pytest.mark.parametrize("settled", [True, False])
def test_an_order_of_which_nothing_is_left_ends(orchard: Orchard, *, settled: bool) -> None:
    code = orchard.paid(2) if settled else orchard.order(2)
    orchard.comes(0, code)
    told = orchard.facts(code)
    assert (told.state, told.refund_due, told.cut_vnd) == ("cancelled", settled, 2 * PRICE_VND)
    assert orchard.money(code).refund_due == settled
    assert orchard.problems() == []


def test_money_that_comes_before_the_news_is_owed_back_in_part(orchard: Orchard) -> None:
    code = orchard.order(4)
    orchard.comes(3)
    pay(orchard.session, orchard.stand.till, code, 4 * PRICE_VND)
    orders.secure(orchard.session, code)
    cuts.apply(orchard.session, code, orchard.forecast)
    told = orchard.facts(code)
    assert (told.state, told.cut_refund_vnd) == ("secured", PRICE_VND)


def test_money_for_nothing_that_comes_before_the_news_is_all_owed_back(orchard: Orchard) -> None:
    code = orchard.order(2)
    orchard.comes(0)
    pay(orchard.session, orchard.stand.till, code, 2 * PRICE_VND)
    orders.secure(orchard.session, code)
    cuts.apply(orchard.session, code, orchard.forecast)
    assert (orchard.facts(code).state, orchard.facts(code).refund_due) == ("expired", True)


def test_what_came_in_part_fills_the_smaller_sum(orchard: Orchard) -> None:
    code = orchard.order(4)
    pay(orchard.session, orchard.stand.till, code, 3 * PRICE_VND)
    orchard.comes(3, code)
    assert orchard.money(code).state == "settled"


def test_after_the_harvest_a_late_payer_is_owed_all(orchard: Orchard, time_at: FixedClock) -> None:
    code = orchard.order(2)
    time_at.advance(15 * 60_000)
    orders.expire_due(orchard.session)
    orchard.comes(10)
    pay(orchard.session, orchard.stand.till, code, 2 * PRICE_VND)
    orders.secure(orchard.session, code)
    assert (orchard.facts(code).state, orchard.facts(code).refund_due) == ("expired", True)


def test_nobody_is_told_anything_when_enough_comes(orchard: Orchard) -> None:
    code = orchard.order(4)
    orchard.comes(4, code)
    assert (orchard.facts(code).cut_vnd, orchard.facts(code).amount_vnd) == (0, 4 * PRICE_VND)
