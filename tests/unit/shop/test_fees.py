"""A fee is frozen when the order is secured and goes back with the goods; the past is never changed."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from core import fsck
from core.clock import FixedClock
from payments.refunds import beginning, proving
from payments.refunds.beginning import Asked
from shop import orders
from shop.cases import handling
from shop.cases.handling import Outcome
from shop.cases.opening import SELLER, Words
from shop.fees import freezing, ruling
from shop.fees.errors import BadFeeRule
from shop.fees.fee_rules import Rate
from shop.fees.models import FeeEntry, OrderFee
from shop.fees.ruling import NewRule
from shop.ordering import changes
from shop.orders import Cancellation
from tests.factories.cases import make_case
from tests.factories.shop import Stand, make_stand, paid_order

BY = "operator"


@pytest.fixture(autouse=True)
def at(time_at: FixedClock) -> FixedClock:
    return time_at


@pytest.fixture
def stand(session: Session) -> Stand:
    return make_stand(session, packs=20)


def two_percent(session: Session, **more: object) -> str:
    new = NewRule("2 %", Rate(200, least_vnd=5_000), **more)  # type: ignore[arg-type]
    return ruling.add(session, new, BY)


def entries(session: Session, code: str) -> list[tuple[str, int]]:
    query = select(FeeEntry).where(FeeEntry.order_code == code).order_by(FeeEntry.number)
    return [(row.kind, row.amount_vnd) for row in session.scalars(query)]


def give_back(session: Session, code: str, vnd: int) -> None:
    case = make_case(session, "order", code)
    handling.settle(session, case, SELLER, Outcome("refund", vnd, Words("p:staff", "hàng dập")))
    freezing.follow(session, code)


def problems(session: Session) -> list[str]:
    session.flush()
    return [one for verdict in fsck.run_all(session) for one in verdict.problems]


def test_without_a_rule_an_order_has_no_fee(session: Session, stand: Stand) -> None:
    code = paid_order(session, stand)
    assert session.get(OrderFee, code) is None


def test_a_fee_is_frozen_whatever_the_operator_does_later(session: Session, stand: Stand) -> None:
    rule = two_percent(session)
    code = paid_order(session, stand, packs=2)
    ruling.end(session, rule)
    ruling.add(session, NewRule("10 %", Rate(1_000)), BY)
    freezing.follow(session, code)
    assert entries(session, code) == [("fee", 5_000)]
    assert problems(session) == []


def test_a_fee_goes_back_in_parts_with_the_money(session: Session, stand: Stand) -> None:
    two_percent(session)
    code = paid_order(session, stand, packs=2)
    give_back(session, code, 40_000)
    freezing.follow(session, code)
    give_back(session, code, 65_000)
    assert entries(session, code) == [("fee", 5_000), ("reversal", 1_538), ("reversal", 2_500)]
    assert problems(session) == []


def test_a_fee_follows_what_went_back_and_not_what_was_only_begun(
    session: Session, stand: Stand
) -> None:
    two_percent(session)
    code = paid_order(session, stand, packs=2)
    gift = beginning.begin(session, Asked(stand.seller_id, f"order:{code}", 65_000, "quà", BY))
    freezing.follow(session, code)
    beginning.drop(session, stand.seller_id, gift, BY)
    freezing.follow(session, code)
    assert entries(session, code) == [("fee", 5_000)]


def test_a_refund_the_bank_sends_back_brings_its_fee_again(session: Session, stand: Stand) -> None:
    two_percent(session)
    code = paid_order(session, stand, packs=2)
    gift = beginning.begin(session, Asked(stand.seller_id, f"order:{code}", 65_000, "quà", BY))
    payment, row = proving.locked(session, gift)
    proving.prove(session, payment, row, None)
    freezing.follow(session, code)
    row.state = "returned"
    session.flush()
    freezing.follow(session, code)
    assert entries(session, code) == [("fee", 5_000), ("reversal", 2_500), ("again", 2_500)]


def test_a_cancelled_order_costs_nothing(session: Session, stand: Stand) -> None:
    two_percent(session)
    code = paid_order(session, stand)
    orders.cancel(session, code, Cancellation("p:buyer", by_buyer=True))
    for _ in range(2):
        freezing.follow(session, code)
    assert entries(session, code) == [("fee", 5_000), ("reversal", 5_000)]


def test_a_line_taken_out_takes_its_part_of_the_fee(session: Session, stand: Stand) -> None:
    two_percent(session)
    code = paid_order(session, stand, packs=2)
    line = orders.facts(session, code).lines[0]
    missing = changes.Delivered(line.id, 1, "p:staff", "thiếu hàng")
    changes.shorten(session, code, missing)
    freezing.follow(session, code)
    assert entries(session, code) == [("fee", 5_000), ("reversal", 2_500)]


def test_a_rule_for_another_seller_takes_nothing_here(session: Session, stand: Stand) -> None:
    two_percent(session, seller_id=make_stand(session).seller_id)
    assert entries(session, paid_order(session, stand)) == []


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("title", NewRule(" ", Rate(100), 9**18)),
        ("percent", NewRule("x", Rate(10_001), 9**18)),
        ("most", NewRule("x", Rate(1, least_vnd=2, most_vnd=1), 9**18)),
        ("channel", NewRule("x", Rate(1), 9**18, channel="tv")),
        ("kind", NewRule("x", Rate(1), 9**18, kind="oto")),
        ("from", NewRule("x", Rate(1), 1)),
        ("until", NewRule("x", Rate(1), 9**18, 9**18)),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(session: Session, field: str, bad: NewRule) -> None:
    with pytest.raises(BadFeeRule) as refused:
        ruling.add(session, bad, BY)
    assert refused.value.data["field"] == field


def test_fsck_finds_a_fee_that_is_not_its_rules_and_a_reversal_too_many(
    session: Session, stand: Stand
) -> None:
    two_percent(session)
    paid_order(session, stand)
    session.execute(text("UPDATE order_fee_parts SET fee_vnd = 4000"))
    session.execute(
        text(
            "INSERT INTO fee_entries SELECT 'x', order_code, 2, seller_id, 'reversal', 5001, at_ms, NULL"
            " FROM fee_entries"
        )
    )
    found = {verdict.name for verdict in fsck.run_all(session) if verdict.problems}
    assert found == {"fees.each_is_what_its_rule_says", "fees.no_more_goes_back_than_was_taken"}
