"""Every đồng of the bank's lines gets a place, whatever the order (promises P3 and P7)."""

import itertools
import json
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import outbox
from core.outbox import OutboxRow
from payments import payments
from payments.bank import accounts
from payments.bank.accounts import NewAccount
from payments.events import PaymentDuplicate, PaymentPartPaid, PaymentSettled
from payments.models import BankLine, MatchedPart, Receipt
from payments.payments import PaymentFacts
from tests.factories.payments import (
    Till,
    Transfer,
    make_till,
    open_payment,
    pay,
    sepay_body,
    tell,
)

ASKED = 130_000


def facts(session: Session, code: str) -> PaymentFacts:
    return payments.facts(session, f"order:{code}")


def suspense(session: Session, till: Till) -> dict[str, int]:
    """How many đồng stand in each account of the seller."""
    query = select(MatchedPart.account, func.sum(MatchedPart.amount_vnd))
    rows = session.execute(
        query.where(MatchedPart.seller_id == till.seller_id).group_by(MatchedPart.account)
    )
    return {account: int(total) for account, total in rows}


@pytest.mark.parametrize(
    ("sums", "expires", "state", "due_vnd", "accounts_vnd"),
    [
        ([130_000], False, "settled", 0, {"payment": 130_000}),
        ([60_000], False, "part_paid", 70_000, {"payment": 60_000}),
        ([60_000, 70_000], False, "settled", 0, {"payment": 130_000}),
        ([150_000], False, "settled", 0, {"payment": 130_000, "surplus": 20_000}),
        ([130_000] * 2, False, "settled", 0, {"payment": 130_000, "duplicate": 130_000}),
        ([130_000], True, "settled", 0, {"payment": 130_000}),
        ([60_000], True, "expired", 70_000, {"refund_due": 60_000}),
    ],
    ids=["exact", "less", "topped up", "more", "twice", "late", "late and less"],
)
def test_the_table_of_findings(
    session: Session, sums: list[int], expires: bool, state: str, due_vnd: int, accounts_vnd: object
) -> None:
    till = make_till(session)
    code = open_payment(session, till, ASKED)
    if expires:
        payments.expire(session, f"order:{code}")
    for amount_vnd in sums:
        pay(session, till, code, amount_vnd)
    now = facts(session, code)
    assert (now.state, now.due_vnd, suspense(session, till)) == (state, due_vnd, accounts_vnd)


@pytest.mark.parametrize("text", ["tien che", "CP3EHMXTQH", "CP2222222X"])
def test_money_that_names_no_payment_waits_in_suspense(session: Session, text: str) -> None:
    till = make_till(session)
    tell(session, till, sepay_body(till, Transfer(text, 50_000)))
    assert suspense(session, till) == {"unknown_code": 50_000}


def test_another_sellers_code_is_as_unknown_as_any(session: Session) -> None:
    ours, theirs = make_till(session), make_till(session)
    code = open_payment(session, theirs, ASKED)
    pay(session, ours, code, ASKED)
    assert suspense(session, ours) == {"unknown_code": ASKED}
    assert facts(session, code).state == "expected"


def test_money_that_goes_out_never_pays_an_order(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till, ASKED)
    tell(session, till, sepay_body(till, Transfer(code, ASKED, direction="out")))
    assert suspense(session, till) == {"outgoing": ASKED}
    assert facts(session, code).state == "expected"


def test_the_right_code_on_another_account_of_the_seller_pays_and_is_flagged(
    session: Session,
) -> None:
    till = make_till(session)
    code = open_payment(session, till, ASKED)
    accounts.add(session, NewAccount(till.seller_id, "999999", "2020", "Other", "HTX"))
    body = sepay_body(till, Transfer(code, ASKED), accountNumber="2020")
    tell(session, till, body)
    assert facts(session, code).state == "settled"
    assert session.scalars(select(MatchedPart.note)).one() == "other_account"


def test_the_same_movement_told_twice_counts_once(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till, ASKED)
    for _ in range(3):
        tell(session, till, sepay_body(till, Transfer(code, 60_000, reference="FT77")))
    assert facts(session, code).paid_vnd == 60_000
    assert session.scalar(select(func.count()).select_from(BankLine)) == 1


def test_one_reference_with_two_sums_is_two_movements(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till, ASKED)
    for amount_vnd in (60_000, 70_000):
        tell(session, till, sepay_body(till, Transfer(code, amount_vnd, reference="FT77")))
    assert facts(session, code).state == "settled"


def hear_settled(_session: Session, _event: PaymentSettled) -> None:
    """Stand for a package above."""


def hear_part(_session: Session, _event: PaymentPartPaid) -> None:
    """Stand for a package above."""


def hear_duplicate(_session: Session, _event: PaymentDuplicate) -> None:
    """Stand for a package above."""


@pytest.fixture
def told(session: Session, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The names of the events told so far, in order."""
    monkeypatch.setattr(outbox, "_subscriptions", {})
    outbox.subscribe(PaymentSettled, hear_settled)
    outbox.subscribe(PaymentPartPaid, hear_part)
    outbox.subscribe(PaymentDuplicate, hear_duplicate)
    return lambda: list(session.scalars(select(OutboxRow.event).order_by(OutboxRow.id)))


def test_each_new_fact_is_told_once(session: Session, told: Callable[[], list[str]]) -> None:
    till = make_till(session)
    code = open_payment(session, till, ASKED)
    for amount_vnd in (60_000, 70_000, 20_000):
        body = sepay_body(till, Transfer(code, amount_vnd))
        tell(session, till, body)
        tell(session, till, body)
    assert told() == ["PaymentPartPaid", "PaymentSettled", "PaymentDuplicate"]


def test_late_money_is_told_like_any(session: Session, told: Callable[[], list[str]]) -> None:
    till = make_till(session)
    code = open_payment(session, till, ASKED)
    payments.expire(session, f"order:{code}")
    pay(session, till, code, ASKED)
    assert told() == ["PaymentSettled"]


def test_how_much_came_twice_is_told(session: Session, told: Callable[[], list[str]]) -> None:
    till = make_till(session)
    code = open_payment(session, till, ASKED)
    for amount_vnd in (ASKED, 40_000, 50_000):
        pay(session, till, code, amount_vnd)
    told()
    payloads = session.scalars(
        select(OutboxRow.payload).where(OutboxRow.event == "PaymentDuplicate")
    )
    assert [json.loads(row)["amount_vnd"] for row in payloads] == [40_000, 50_000]


Step = Callable[[Session, Till, str], None]


def sum_of(amount_vnd: int, minute: int) -> Step:
    """The bank tells of one certain movement, booked in that minute."""

    def step(session: Session, till: Till, code: str) -> None:
        at = f"2026-11-25 19:{minute:02d}:00"
        transfer = Transfer(code, amount_vnd, f"FT{minute}-{code}", at)
        tell(session, till, sepay_body(till, transfer))

    return step


def expires(session: Session, _till: Till, code: str) -> None:
    payments.expire(session, f"order:{code}")


SETS = {
    "part, whole": [sum_of(60_000, 1), sum_of(130_000, 2)],
    "two halves, again, expiry": [sum_of(60_000, 1), sum_of(70_000, 2), sum_of(60_000, 1), expires],
    "more, twice": [sum_of(150_000, 1), sum_of(130_000, 2), sum_of(10_000, 3)],
    "too little, expiry": [sum_of(60_000, 1), sum_of(60_000, 1), expires, sum_of(20_000, 2)],
}


@pytest.mark.parametrize("steps", SETS.values(), ids=SETS)
def test_p3_every_order_of_the_same_facts_ends_alike(session: Session, steps: list[Step]) -> None:
    ends = set()
    for order in itertools.permutations(steps):
        till = make_till(session)
        code = open_payment(session, till, ASKED)
        for step in (*order, *order):
            step(session, till, code)
        now = facts(session, code)
        ends.add(
            (now.state, now.paid_vnd, now.surplus_vnd, *sorted(suspense(session, till).items()))
        )
    assert len(ends) == 1


def test_a_settled_payment_has_one_receipt_whatever_comes_after(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till, ASKED)
    for amount_vnd in (130_000, 130_000, 5_000):
        pay(session, till, code, amount_vnd)
    assert session.scalar(select(func.count()).select_from(Receipt)) == 1
