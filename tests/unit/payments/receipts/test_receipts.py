"""Receipts: numbered without gaps, chained, signed, and true to what was frozen."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from payments import payments
from payments.models import Receipt
from payments.receipts import keys, receipts
from payments.receipts.codec import (
    FIRST_IN_SERIES,
    Verdict,
    decode,
    lines_digest,
    receipt_hash,
    verify,
)
from payments.receipts.receipts import Issued
from tests.factories.payments import Till, make_till, open_payment, pay


def issued(session: Session, till: Till, amount_vnd: int = 130_000, fee_vnd: int = 0) -> Issued:
    code = open_payment(session, till, amount_vnd, fee_vnd)
    pay(session, till, code, amount_vnd)
    receipt_id = payments.facts_by_code(session, code).receipt_id
    assert receipt_id is not None
    return receipts.get(session, receipt_id)


def test_a_receipt_says_who_paid_whom_for_what(session: Session) -> None:
    facts = issued(session, make_till(session), 155_000, fee_vnd=25_000).facts
    assert (facts.seller_name, facts.buyer_phone_masked) == ("HTX Chè Tân Cương", "09•• ••• 678")
    assert (facts.lines[0].amount_vnd, facts.fee_vnd, facts.total_vnd) == (130_000, 25_000, 155_000)
    assert facts.total_words == "Một trăm năm mươi lăm nghìn đồng"
    assert facts.paid_ms == 1_795_608_300_000


def test_the_banks_references_of_all_paying_lines_stand_on_it(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    for amount_vnd in (30_000, 100_000):
        pay(session, till, code, amount_vnd)
    receipt = session.scalars(select(Receipt)).one()
    assert len(receipts.read_facts(receipt.frozen).bank_references) == 2


def test_the_account_is_shown_by_its_last_four_digits(session: Session) -> None:
    till = make_till(session)
    assert issued(session, till).facts.account_masked == f"•••• {till.number[-4:]}"


def test_numbers_run_without_gaps_for_each_seller(session: Session) -> None:
    ours, theirs = make_till(session), make_till(session)
    numbers = [issued(session, till).facts.number for till in (ours, theirs, ours, ours)]
    assert numbers == [1, 1, 2, 3]


def test_each_receipt_carries_the_hash_of_the_one_before(session: Session) -> None:
    till = make_till(session)
    first, second = issued(session, till).token, issued(session, till).token
    assert decode(first)[0].previous_hash == FIRST_IN_SERIES
    assert decode(second)[0].previous_hash == receipt_hash(first)


def test_p10_the_token_verifies_and_says_what_the_receipt_says(session: Session) -> None:
    receipt = issued(session, make_till(session), 155_000, fee_vnd=25_000)
    checked = verify(receipt.token, keys.public_keys())
    assert checked.verdict is Verdict.VALID
    assert checked.fields is not None
    assert (checked.fields.total_vnd, checked.fields.order_code) == (155_000, receipt.facts.code)
    assert checked.fields.lines_digest == lines_digest(receipts.signed_lines(receipt.facts))


def test_a_refund_due_shows_beside_the_receipt(session: Session) -> None:
    receipt = issued(session, make_till(session))
    payments.mark_refund_due(session, f"order:{receipt.facts.code}", "cancelled")
    assert receipts.get(session, receipt.id).refund_due


def test_an_unknown_receipt_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        receipts.get(session, "nosuchreceipt")
