"""A recall finds every order with goods of the lot, through pooling and processing, and only those."""

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import facts, runs
from catalog.lots.runs import RunFacts, RunInput, RunOutput
from core import clock
from core.errors import NotFound, OutOfStock
from shop import recall
from shop.ordering.order_facts import reference_of
from shop.recall import Concerned, RecallPage
from tests.factories.catalog import make_product
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, days_ago, make_lot
from tests.factories.shop import Stand, make_order, make_stand, paid_order


class Cooperative:
    """Two harvests of leaf pooled, dried, and pooled again with another tea; one tea lot stays apart."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.stand: Stand = make_stand(session, packs=0)
        self.seller, tea = self.stand.seller_id, self.stand.product_id
        leaf = make_product(session, self.seller, name="Búp chè tươi")
        self.leaf, other_leaf = (make_lot(session, self.seller, leaf, 5_000) for _ in range(2))
        pooled = self._made(
            runs.merge(session, self.seller, self._all(self.leaf, other_leaf), ACTOR)
        )
        output = RunOutput(tea, 2_000)
        dried = self._made(runs.process(session, self.seller, self._all(pooled), [output], ACTOR))
        other_tea = make_lot(session, self.seller, tea, 400)
        self.tea = self._made(runs.merge(session, self.seller, self._all(dried, other_tea), ACTOR))
        self.family = (self.leaf, pooled, dried, self.tea)
        self.apart = make_lot(session, self.seller, tea, 400, harvested_on=days_ago(3))

    def sent(self, packs: int) -> str:
        """A paid order that was handed over; the oldest lot goes first."""
        code = paid_order(self.session, self.stand, packs)
        stock.ship_holder(self.session, reference_of(code), ACTOR)
        return code

    def packed(self, packs: int) -> str:
        """A paid order that is bound to lots and still stands here."""
        code = paid_order(self.session, self.stand, packs)
        assert stock.bind_holder(self.session, reference_of(code), clock.today()) == 0
        return code

    def call_back(self) -> None:
        recall.recall(self.session, self.seller, self.leaf, ACTOR, "ẩm mốc")

    def page(self) -> RecallPage:
        return recall.read(self.session, self.seller, self.leaf)

    def _all(self, *lots: str) -> list[RunInput]:
        known = facts.by_ids(self.session, self.seller, lots)
        return [RunInput(lot, known[lot].quantity) for lot in lots]

    def _made(self, run: RunFacts) -> str:
        (lot,) = run.outputs
        return lot


@pytest.fixture
def coop(session: Session) -> Cooperative:
    return Cooperative(session)


def codes(concerned: tuple[Concerned, ...]) -> set[str]:
    return {one.order.code for one in concerned}


def test_every_order_is_found_through_two_poolings_and_only_those(coop: Cooperative) -> None:
    apart = coop.sent(2)
    first, second, packed = coop.sent(3), coop.sent(1), coop.packed(2)
    unbound = paid_order(coop.session, coop.stand)
    unpaid = make_order(coop.session, coop.stand)
    coop.call_back()
    page = coop.page()
    assert tuple(lot.id for lot in page.family) == coop.family
    assert all(lot.state == "recalled" for lot in page.family)
    assert (codes(page.sent), codes(page.waiting)) == ({first, second}, {packed})
    assert not {apart, unbound, unpaid} & (codes(page.sent) | codes(page.waiting))
    assert [one.quantity for one in page.waiting] == [400]


def test_before_it_the_page_says_the_same_and_stops_nothing(coop: Cooperative) -> None:
    coop.sent(2)
    sent, packed = coop.sent(1), coop.packed(1)
    page = coop.page()
    assert not page.is_done
    assert (codes(page.sent), codes(page.waiting)) == ({sent}, {packed})
    assert coop.stand.level(coop.session).available == 2_000


def test_sales_stop_with_it_and_what_stays_apart_goes_on(coop: Cooperative) -> None:
    coop.call_back()
    assert coop.stand.level(coop.session).available == 400
    make_order(coop.session, coop.stand, coop.stand.line(2))
    with pytest.raises(OutOfStock):
        make_order(coop.session, coop.stand)


def test_recalling_twice_keeps_who_was_waiting(coop: Cooperative) -> None:
    coop.sent(2)
    packed = coop.packed(1)
    coop.call_back()
    coop.call_back()
    assert codes(coop.page().waiting) == {packed}


def test_a_tick_is_kept_and_can_be_taken_back(coop: Cooperative) -> None:
    coop.sent(2)
    code = coop.sent(1)
    coop.call_back()
    recall.tick(coop.session, coop.seller, coop.leaf, code, ACTOR)
    assert (coop.page().told, coop.page().sent[0].told_ms) == (1, clock.now_ms())
    recall.tick(coop.session, coop.seller, coop.leaf, code, ACTOR)
    assert coop.page().told == 0


def test_only_orders_it_concerns_can_be_ticked(coop: Cooperative) -> None:
    apart = coop.sent(2)
    with pytest.raises(NotFound):
        recall.tick(coop.session, coop.seller, coop.leaf, apart, ACTOR)


def test_another_sellers_lot_is_not_found(coop: Cooperative) -> None:
    stranger = make_seller(coop.session)
    for act in (recall.read, lambda *of: recall.recall(*of, ACTOR, "x")):
        with pytest.raises(NotFound):
            act(coop.session, stranger, coop.leaf)


def test_what_a_stall_sold_by_hand_is_said_apart(coop: Cooperative) -> None:
    coop.sent(2)
    row = stock.row_at(coop.session, coop.seller, coop.stand.product_id)
    stock.sell(coop.session, row, 600, "stall:x", stock.Word(ACTOR))
    assert coop.page().by_hand == 600


def test_a_recall_says_which_goods_are_short_for_orders_not_packed_yet(coop: Cooperative) -> None:
    assert coop.page().short == ()
    paid_order(coop.session, coop.stand, 10)
    coop.call_back()
    page = coop.page()
    ((lot, much),) = page.short
    assert (page.waiting, lot.product_id, much) == ((), coop.stand.product_id, 1_600)
