"""The members' book on real orders: the scenarios of issue 6, to the đồng, and nothing left when undone."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.lots import returns, runs
from catalog.lots.returns import Verdict
from catalog.lots.runs import RunInput, RunOutput
from catalog.models import Lot
from catalog.stock import Word
from core import clock, fsck
from core.clock import FixedClock
from payments import payments
from payments.payouts import book
from payments.payouts.errors import AlreadyReversed
from shop import orders
from shop.members_book import booking, reading, terms
from shop.members_book.errors import NotFromThePast, RateTooHigh
from shop.members_book.terms import NewPrice
from shop.ordering import fulfilment
from shop.ordering.order_facts import reference_of
from tests.factories.catalog import make_listing, make_product, stock_id_of
from tests.factories.lots import ACTOR, make_lot
from tests.factories.members_book import BOSS, Pool, bring_back, make_pool, owed, sell
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, Stand, make_order, pack, paid_order

WEEK_MS = 7 * 86_400_000


@pytest.fixture
def pool(session: Session) -> Pool:
    return make_pool(session)


def clean(session: Session) -> bool:
    session.flush()
    return not [one for verdict in fsck.run_all(session) for one in verdict.problems]


def look_at_returned(session: Session, pool: Pool) -> None:
    query = select(Lot).where(Lot.product_id == pool.stand.product_id, Lot.origin == "return")
    lot = session.scalars(query.where(Lot.state == "quarantine")).one()
    stock_id = stock_id_of(session, pool.stand.product_id)
    returns.grade(session, pool.seller_id, lot.id, Verdict(stock_id, 200, 0), ACTOR)


def test_a_pool_sold_over_weeks_with_a_return_is_shared_as_the_table_says(
    session: Session, pool: Pool, time_at: FixedClock
) -> None:
    first = sell(session, pool, 1)
    assert pool.owed(session) == (39_000, 26_000)
    sell(session, pool, 2)
    assert pool.owed(session) == (117_000, 78_000)
    time_at.advance(WEEK_MS)
    bring_back(session, first)
    assert pool.owed(session) == (78_000, 52_000)
    look_at_returned(session, pool)
    time_at.advance(WEEK_MS)
    sell(session, pool, 1)
    sell(session, pool, 2)
    assert pool.owed(session) == (195_000, 130_000)
    assert clean(session)


def test_leaf_of_two_through_a_run_is_owed_to_the_dong(session: Session, pool: Pool) -> None:
    leaf = make_product(session, pool.seller_id, name="Chè búp tươi")
    tea = make_product(session, pool.seller_id, name="Chè khô")
    inputs = [
        RunInput(make_lot(session, pool.seller_id, leaf, much, member_id=member), much)
        for member, much in ((pool.a, 60_000), (pool.b, 40_000))
    ]
    outputs = [RunOutput(tea, 12_000, "Đinh"), RunOutput(tea, 8_000, "Móc câu")]
    runs.process(session, pool.seller_id, inputs, outputs, ACTOR)
    listing = make_listing(session, product_id=tea, price_vnd=PRICE_VND + 1)
    stand = Stand(pool.stand.till, tea, listing)
    line = orders.PlaceLine(listing, 1, PRICE_VND + 1)
    code = make_order(session, stand, line)
    pay(session, stand.till, code, PRICE_VND + 1)
    orders.secure(session, code)
    fulfilment.hand_over(session, pack(session, code), ACTOR)
    booking.settle_order(session, code)
    assert pool.owed(session) == (39_001, 26_000)  # 39 000,6 and 26 000,4
    assert clean(session)


def test_nothing_is_earned_before_the_goods_left_and_it_waits_meanwhile(
    session: Session, pool: Pool
) -> None:
    code = pack(session, paid_order(session, pool.stand, 1))
    booking.settle_order(session, code)
    assert pool.owed(session) == (0, 0)
    assert reading.of_member(session, pool.seller_id, pool.a).sums.waiting_vnd == 39_000


def test_cash_on_delivery_is_earned_when_it_came(session: Session, pool: Pool) -> None:
    code = make_order(session, pool.stand, pool.stand.line(1))
    orders.secure_by(session, code, "cod", ACTOR)
    fulfilment.hand_over(session, pack(session, code), ACTOR)
    booking.settle_order(session, code)
    assert pool.owed(session) == (0, 0)
    pay(session, pool.stand.till, code, PRICE_VND)
    booking.settle_order(session, code)
    assert pool.owed(session) == (39_000, 26_000)


def test_a_part_that_goes_back_makes_every_share_smaller(session: Session, pool: Pool) -> None:
    code = sell(session, pool, 1)
    payments.mark_part_refund_due(session, reference_of(code), 15_000)
    booking.settle_order(session, code)
    assert pool.owed(session) == (30_000, 20_000)


def test_worked_out_twice_nothing_is_written_twice(session: Session, pool: Pool) -> None:
    code = sell(session, pool, 1)
    booking.settle_order(session, code)
    booking.settle_all(session, pool.seller_id)
    mine = reading.of_member(session, pool.seller_id, pool.a)
    assert [entry.amount_vnd for entry in mine.entries] == [39_000]


def test_deductions_are_taken_and_given_back_with_the_sale(session: Session, pool: Pool) -> None:
    terms.set_rate(session, pool.seller_id, "packing", 500, BOSS)
    terms.set_rate(session, pool.seller_id, "fund", 200, BOSS)
    code = sell(session, pool, 1)
    assert pool.owed(session) == (39_000 - 1_950 - 780, 26_000 - 1_300 - 520)
    terms.set_rate(session, pool.seller_id, "packing", 900, BOSS)
    bring_back(session, code)
    assert pool.owed(session) == (0, 0)
    assert clean(session)


def test_a_regraded_part_is_owed_by_its_new_grade(session: Session) -> None:
    pool = make_pool(session)
    product = make_product(session, pool.seller_id, name="Chè hai loại")
    for grade, price in (("1", 300_000), ("2", 100_000)):
        new = NewPrice(product, grade, price)
        terms.set_price(session, pool.seller_id, new, 0, BOSS)
    lots = [
        make_lot(session, pool.seller_id, product, 500, member_id=member, grade="1")
        for member in (pool.a, pool.b)
    ]
    worse = runs.regrade(session, pool.seller_id, RunInput(lots[1], 500), "2", Word(ACTOR)).outputs[
        0
    ]
    inputs = [RunInput(lots[0], 500), RunInput(worse, 500)]
    runs.merge(session, pool.seller_id, inputs, ACTOR)
    listing = make_listing(session, product_id=product, price_vnd=PRICE_VND)
    sell(session, Pool(Stand(pool.stand.till, product, listing), pool.a, pool.b), 1)
    assert pool.owed(session) == (48_750, 16_250)


def test_leaf_bought_at_intake_is_owed_at_once_and_its_sale_is_the_cooperatives(
    session: Session,
) -> None:
    pool = make_pool(session, terms.BOUGHT_AT_INTAKE)
    booking.settle_intakes(session, pool.seller_id)
    assert reading.of_member(session, pool.seller_id, pool.a).unpriced == 1
    new = NewPrice(pool.stand.product_id, "", 27_333)
    terms.set_price(session, pool.seller_id, new, clock.now_ms(), BOSS)
    booking.settle_intakes(session, pool.seller_id)
    booking.settle_intakes(session, pool.seller_id)
    assert pool.owed(session) == (16_400, 10_933)
    sell(session, pool, 2)
    assert pool.owed(session) == (16_400, 10_933)


def test_advances_are_taken_off_once_and_undone_by_a_reversal(session: Session, pool: Pool) -> None:
    said = book.Recorded(booking.payee_of(pool.a), "advance", 20_000, "ứng phân", clock.now_ms())
    entry = book.record(session, pool.seller_id, said, BOSS)
    assert owed(session, pool.seller_id, pool.a) == -20_000
    book.reverse(session, pool.seller_id, entry, BOSS, "ghi nhầm người")
    assert owed(session, pool.seller_id, pool.a) == 0
    with pytest.raises(AlreadyReversed):
        book.reverse(session, pool.seller_id, entry, BOSS, "lần nữa")
    assert clean(session)


def test_a_statement_leads_from_sum_to_sum(
    session: Session, pool: Pool, time_at: FixedClock
) -> None:
    sell(session, pool, 1)
    time_at.advance(WEEK_MS)
    start = clock.now_ms()
    sell(session, pool, 2)
    told = reading.statement(session, pool.seller_id, pool.a, start, start + WEEK_MS)
    assert (told.before_vnd, told.after_vnd, len(told.entries)) == (39_000, 117_000, 1)


def test_rules_cannot_reach_back_once_there_are_any(session: Session, pool: Pool) -> None:
    with pytest.raises(NotFromThePast):
        terms.set_mode(session, pool.seller_id, terms.BOUGHT_AT_INTAKE, clock.now_ms() - 1, BOSS)


def test_deductions_of_more_than_the_whole_are_refused(session: Session, pool: Pool) -> None:
    terms.set_rate(session, pool.seller_id, "packing", 6_000, BOSS)
    with pytest.raises(RateTooHigh):
        terms.set_rate(session, pool.seller_id, "fund", 4_001, BOSS)


def test_the_order_of_sales_does_not_matter(session: Session, pool: Pool) -> None:
    codes = [pack(session, paid_order(session, pool.stand, packs)) for packs in (1, 2, 1)]
    for code in (codes[2], codes[0], codes[1]):
        fulfilment.hand_over(session, code, ACTOR)
    for code in codes[::-1]:
        booking.settle_order(session, code)
    assert pool.owed(session) == (156_000, 104_000)


def test_a_share_that_no_fact_bears_is_found(session: Session, pool: Pool) -> None:
    code = sell(session, pool, 1)
    wrong = book.Standing(
        pool.seller_id, booking.payee_of(pool.a), reference_of(code), "sale", 39_001
    )
    book.bring_to(session, wrong, BOSS)
    assert not clean(session)


def test_the_ledgers_journal_calls_members_by_name(session: Session, pool: Pool) -> None:
    payees = {booking.payee_of(pool.a), "a-payment"}
    named = booking.names_of(session, pool.seller_id, payees)
    assert named == {booking.payee_of(pool.a): "Hoàng Thị Mai"}
