"""Receipts declared void: once, for ever, by somebody with a reason; and what became of a receipt since."""

import pytest
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from payments import payments
from payments.receipts import chain, receipts, register, standing, voids
from payments.receipts.codec import receipt_hash
from payments.receipts.receipts import Issued
from payments.receipts.voids import AlreadyVoid, Declaration
from tests.factories.payments import Till, make_till, settled_receipt
from tests.factories.refunds import bank_sends, begin, paid

BY = Declaration("p:keeper", "phát nhầm cho đơn khác")


@pytest.fixture
def till(session: Session) -> Till:
    return make_till(session)


@pytest.fixture
def issued(session: Session, till: Till) -> Issued:
    return receipts.get(session, settled_receipt(session, till))


def mark_of(receipt: Issued) -> str:
    return receipt_hash(receipt.token).hex()


def test_a_void_receipt_says_since_when_by_whom_and_why(session: Session, issued: Issued) -> None:
    voids.declare(session, issued.facts.seller_id, 1, BY)
    void = voids.of_receipt(session, issued.id)
    assert void is not None
    assert (void.number, void.at_ms, void.actor) == (1, clock.now_ms(), "p:keeper")
    assert void.reason == "phát nhầm cho đơn khác"


def test_a_void_is_declared_once(session: Session, issued: Issued) -> None:
    voids.declare(session, issued.facts.seller_id, 1, BY)
    with pytest.raises(AlreadyVoid):
        voids.declare(session, issued.facts.seller_id, 1, Declaration("p:other", "lần nữa"))
    assert [void.actor for void in voids.everywhere(session)] == ["p:keeper"]


def test_another_sellers_receipt_is_not_found(session: Session, issued: Issued) -> None:
    with pytest.raises(NotFound):
        voids.declare(session, make_till(session).seller_id, 1, BY)
    assert voids.everywhere(session) == ()


def test_the_chain_of_a_seller_with_a_void_receipt_is_whole(
    session: Session, till: Till, issued: Issued
) -> None:
    settled_receipt(session, till)
    voids.declare(session, till.seller_id, 1, BY)
    assert chain.chain_of(session, till.seller_id).problems == ()


def test_the_standing_is_told_by_the_tokens_hash_alone(session: Session, issued: Issued) -> None:
    seller_id = issued.facts.seller_id
    assert standing.of_token(session, seller_id, 1, mark_of(issued)).void_ms is None
    voids.declare(session, seller_id, 1, BY)
    assert standing.of_token(session, seller_id, 1, mark_of(issued)).void_ms == clock.now_ms()
    for number, mark in ((1, "0" * 64), (1, "é"), (2, mark_of(issued))):
        with pytest.raises(NotFound):
            standing.of_token(session, seller_id, number, mark)


def test_the_desk_finds_a_receipt_by_its_number_and_by_its_code(
    session: Session, till: Till, issued: Issued
) -> None:
    settled_receipt(session, till)
    voids.declare(session, till.seller_id, 1, BY)
    every = register.entries(session, till.seller_id)
    assert [(one.facts.number, one.void is not None) for one in every] == [(2, False), (1, True)]
    for wanted in (" 1 ", "#1", issued.facts.code.lower()):
        assert [one.id for one in register.entries(session, till.seller_id, wanted)] == [issued.id]
    assert register.entries(session, till.seller_id, "chè") == ()


def test_what_the_bank_saw_go_back_is_told_and_what_is_only_owed_is_not(
    session: Session, till: Till
) -> None:
    reference = paid(session, till, back_vnd=18_000)
    receipt_id = payments.facts(session, reference).receipt_id
    assert receipt_id is not None
    refund = begin(session, till, reference, 18_000)
    assert receipts.get(session, receipt_id).standing.refunded_vnd == 0
    bank_sends(session, till, refund.code, 18_000)
    assert receipts.get(session, receipt_id).standing.refunded_vnd == 18_000
