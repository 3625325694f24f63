"""Vouchers: what they take off, who may use them how often, and that they come back when the order ends."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from core import clock, fsck
from core.clock import FixedClock
from core.errors import NotFound
from core.identity.logins import Login
from core.outbox import OutboxRow
from payments import payments
from shop import orders, reactions
from shop.events import OrderLapsed
from shop.ordering import changes
from shop.ordering.changes import Delivered
from shop.orders import Cancellation, PlaceOrder
from shop.vouchers import offering, spending
from shop.vouchers.errors import (
    BadVoucher,
    VoucherCodeTaken,
    VoucherFromMore,
    VoucherNotNow,
    VoucherRefused,
    VoucherUnknown,
    VoucherUsedByYou,
    VoucherUsedUp,
)
from shop.vouchers.models import PROVINCE
from shop.vouchers.offering import NewVoucher, VoucherFacts
from shop.vouchers.rules import LEAST_LEFT_VND, PERCENT, SUM, Worth, code_of, off_vnd
from tests.factories.identity import make_login, make_seller
from tests.factories.payments import pay
from tests.factories.shop import PICK_UP, PRICE_VND, Stand, buyer_of, make_stand, order

DAY_MS = 86_400_000
ACTOR = "p:0000000000000001"


def new_voucher(at_ms: int, worth: Worth | None = None) -> NewVoucher:
    return NewVoucher("TET10", worth or Worth(SUM, 10_000), at_ms, at_ms + DAY_MS)


@pytest.fixture
def stand(session: Session) -> Stand:
    return make_stand(session, packs=20)


def place(session: Session, stand: Stand, code: str = "tết 10", login: Login | None = None) -> str:
    buyer = buyer_of(login or make_login(session)[1])
    wanted = PlaceOrder(stand.seller_id, buyer, "web", PICK_UP, (stand.line(2),), voucher=code)
    placed = orders.place(session, wanted)
    session.flush()
    return placed


def own(session: Session, stand: Stand) -> VoucherFacts:
    session.expire_all()
    return offering.of_seller(session, stand.seller_id)[0]


def wrong(session: Session) -> Iterator[str]:
    session.flush()
    return (verdict.name for verdict in fsck.run_all(session) if verdict.problems)


@pytest.mark.parametrize(
    ("worth", "goods_vnd", "expected"),
    [
        (Worth(SUM, 20_000), 100_000, 20_000),
        (Worth(SUM, 20_000), 15_000, 14_000),
        (Worth(PERCENT, 10), 95_500, 9_550),
        (Worth(PERCENT, 10, most_off_vnd=20_000), 245_000, 20_000),
        (Worth(PERCENT, 100), 50_000, 49_000),
        (Worth(SUM, 5_000), 900, 0),
    ],
)
def test_what_a_voucher_takes_off(worth: Worth, goods_vnd: int, expected: int) -> None:
    assert off_vnd(worth, goods_vnd) == expected


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_something_always_stays_to_be_paid(sum_vnd: int, goods_vnd: int) -> None:
    off = off_vnd(Worth(SUM, sum_vnd), goods_vnd)
    assert 0 <= off <= max(0, goods_vnd - LEAST_LEFT_VND)


def test_codes_are_read_as_people_write_them() -> None:
    assert [code_of(typed) for typed in ("chè tết-10", " TET.10 ", "ab", "x" * 17, "😀😀😀")] == [
        "CHETET10",
        "TET10",
        "",
        "",
        "",
    ]


def test_the_order_the_payment_and_the_receipt_are_smaller(
    session: Session, stand: Stand, time_at: FixedClock
) -> None:
    offering.offer(session, stand.seller_id, new_voucher(clock.now_ms()), ACTOR)
    code = place(session, stand)
    found = order(session, code)
    assert (found.discount_vnd, found.amount_vnd) == (10_000, 2 * PRICE_VND - 10_000)
    pay(session, stand.till, code, found.amount_vnd)
    orders.secure(session, code)
    assert payments.facts(session, orders.reference_of(code)).receipt_id is not None
    assert (own(session, stand).used, own(session, stand).spent_vnd) == (1, 10_000)
    assert list(wrong(session)) == []


def test_each_refusal_says_why_and_counts_nothing(
    session: Session, stand: Stand, time_at: FixedClock
) -> None:
    now, mine = clock.now_ms(), stand.seller_id
    login = make_login(session)[1]
    dear = new_voucher(now, Worth(SUM, 10_000, from_vnd=1_000_000))
    offering.offer(session, mine, replace(dear, code="DEAR"), ACTOR)
    offering.offer(session, mine, replace(new_voucher(now + DAY_MS), code="LATER"), ACTOR)
    offering.offer(session, mine, replace(new_voucher(now), code="ONCE", most_uses=1), ACTOR)
    offering.offer(session, mine, replace(new_voucher(now), code="MINE"), ACTOR)
    place(session, stand, "once")
    place(session, stand, "mine", login)
    cases: dict[str, type[VoucherRefused]] = {
        "NOSUCH": VoucherUnknown,
        "??": VoucherUnknown,
        "DEAR": VoucherFromMore,
        "LATER": VoucherNotNow,
        "ONCE": VoucherUsedUp,
        "MINE": VoucherUsedByYou,
    }
    for code, reason in cases.items():
        with pytest.raises(reason), session.begin_nested():
            place(session, stand, code, login)
    assert sorted(one.used for one in offering.of_seller(session, mine)) == [0, 0, 1, 1]
    assert list(wrong(session)) == []


def test_a_budget_is_never_overspent(session: Session, stand: Stand, time_at: FixedClock) -> None:
    budget = replace(new_voucher(clock.now_ms()), budget_vnd=25_000)
    offering.offer(session, stand.seller_id, budget, ACTOR)
    place(session, stand)
    place(session, stand)
    with pytest.raises(VoucherUsedUp):
        place(session, stand)


def test_an_order_that_ends_gives_its_use_back_once(
    session: Session, stand: Stand, time_at: FixedClock
) -> None:
    once = replace(new_voucher(clock.now_ms()), most_uses=1)
    offering.offer(session, stand.seller_id, once, ACTOR)
    code = place(session, stand)
    orders.cancel(session, code, Cancellation("p:x", by_buyer=True))
    for _ in range(2):
        spending.follow(session, code)
    assert own(session, stand).used == 0
    place(session, stand)
    assert own(session, stand).used == 1
    assert list(wrong(session)) == []


def test_who_pays_late_keeps_the_price_though_the_last_use_went_to_another(
    session: Session, stand: Stand, time_at: FixedClock
) -> None:
    once = replace(new_voucher(clock.now_ms()), most_uses=1)
    offering.offer(session, stand.seller_id, once, ACTOR)
    late = place(session, stand)
    time_at.advance(15 * 60_000)
    orders.expire_due(session)
    spending.follow(session, late)
    place(session, stand)
    pay(session, stand.till, late, order(session, late).amount_vnd)
    orders.secure(session, late)
    spending.follow(session, late)
    assert order(session, late).state == "secured"
    assert (own(session, stand).used, own(session, stand).over_uses) == (2, 1)
    assert list(wrong(session)) == []


def test_another_sellers_code_and_a_stopped_one_count_nowhere(
    session: Session, stand: Stand, time_at: FixedClock
) -> None:
    other = make_stand(session)
    made = offering.offer(session, other.seller_id, new_voucher(clock.now_ms()), ACTOR)
    with pytest.raises(VoucherUnknown):
        place(session, stand)
    with pytest.raises(NotFound):
        offering.stop(session, made, stand.seller_id)
    offering.stop(session, made, other.seller_id)
    with pytest.raises(VoucherUnknown):
        place(session, other)


def test_a_sponsored_voucher_counts_from_the_sellers_consent_on(
    session: Session, stand: Stand, time_at: FixedClock
) -> None:
    new = replace(new_voucher(clock.now_ms()), budget_vnd=1_000_000)
    made = offering.sponsor(session, [stand.seller_id], new, ACTOR)
    with pytest.raises(VoucherUnknown):
        place(session, stand)
    offering.agree(session, stand.seller_id, made, ACTOR)
    place(session, stand)
    (owed,) = offering.owed_to_sellers(session)
    assert (owed.uses, owed.vnd, owed.seller_id) == (1, 10_000, stand.seller_id)
    assert own(session, stand).own_vnd == 10_000
    with pytest.raises(NotFound):
        offering.agree(session, make_seller(session), made, ACTOR)
    with pytest.raises(NotFound):
        offering.stop(session, made, stand.seller_id)
    offering.stop(session, made, PROVINCE)
    assert list(wrong(session)) == []


def test_what_makes_no_voucher_is_refused(
    session: Session, stand: Stand, time_at: FixedClock
) -> None:
    right = new_voucher(clock.now_ms())
    for bad in (
        replace(right, code="a"),
        replace(right, worth=Worth(PERCENT, 101)),
        replace(right, worth=Worth(SUM, 0)),
        replace(right, most_uses=0),
        replace(right, valid_until_ms=right.valid_from_ms),
    ):
        with pytest.raises(BadVoucher):
            offering.offer(session, stand.seller_id, bad, ACTOR)
    with pytest.raises(BadVoucher):
        offering.sponsor(session, [stand.seller_id], right, ACTOR)
    offering.offer(session, stand.seller_id, right, ACTOR)
    with pytest.raises(VoucherCodeTaken):
        offering.offer(session, stand.seller_id, right, ACTOR)


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("UPDATE vouchers SET used = 2", "vouchers.counts_are_the_uses"),
        ("UPDATE vouchers SET spent_vnd = 1", "vouchers.counts_are_the_uses"),
        ("DELETE FROM voucher_uses", "vouchers.discounts_are_the_uses"),
        ("UPDATE voucher_uses SET seller_id = :other", "vouchers.sellers_take_them"),
    ],
)
def test_each_fault_made_by_hand_is_found(
    session: Session, stand: Stand, time_at: FixedClock, fault: str, name: str
) -> None:
    offering.offer(session, stand.seller_id, new_voucher(clock.now_ms()), ACTOR)
    place(session, stand)
    session.execute(text(fault), {"other": make_seller(session)} if ":other" in fault else {})
    assert name in set(wrong(session))


def test_a_smaller_order_keeps_no_more_of_its_discount_than_its_goods(
    session: Session, stand: Stand
) -> None:
    big = new_voucher(clock.now_ms(), Worth(SUM, 100_000))
    offering.offer(session, stand.seller_id, big, ACTOR)
    code = place(session, stand)
    line = order(session, code).lines[0]
    changes.shorten(session, code, Delivered(line.id, 1, ACTOR, "thiếu một gói"))
    found = order(session, code)
    assert (found.discount_vnd, found.amount_vnd) == (PRICE_VND - LEAST_LEFT_VND, LEAST_LEFT_VND)
    assert own(session, stand).spent_vnd == PRICE_VND - LEAST_LEFT_VND
    assert list(wrong(session)) == []


def test_looking_tells_what_would_be_taken_off_and_counts_nothing(
    session: Session, stand: Stand, time_at: FixedClock
) -> None:
    new = replace(new_voucher(clock.now_ms()), most_uses=1)
    offering.offer(session, stand.seller_id, new, ACTOR)
    wish = spending.Wish("tết 10", stand.seller_id, "", 2 * PRICE_VND)
    for _ in range(2):
        assert spending.look(session, wish).amount_vnd == 10_000
    assert own(session, stand).used == 0
    place(session, stand)
    with pytest.raises(VoucherUsedUp):
        spending.look(session, wish)


def test_a_lapsed_order_gives_its_voucher_back_when_told(session: Session, stand: Stand) -> None:
    offering.offer(session, stand.seller_id, new_voucher(clock.now_ms()), ACTOR)
    code = place(session, stand)
    orders.cancel(session, code, Cancellation(ACTOR, by_buyer=True))
    reactions.order_lapsed(session, OrderLapsed(code, "web", stand.seller_id))
    assert own(session, stand).used == 0
    session.flush()
    heard = select(OutboxRow.subscriber).where(OutboxRow.event == "OrderLapsed")
    assert "shop.reactions.order_lapsed" in session.scalars(heard).all()
