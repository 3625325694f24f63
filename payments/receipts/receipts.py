"""Receipts: signed, numbered proofs that money came, one per settled payment.

A seller's numbers have no gaps because the number is taken under the lock of the seller's series row
in the transaction that settles the payment. Everything a receipt says is frozen when it is issued.
It attests money, not goods and not tax.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.errors import NotFound
from core.identity import sellers
from core.ids import new_id
from core.money import vnd_in_words
from payments import frozen
from payments.bank import accounts
from payments.frozen import FrozenLine
from payments.models import Payment, Receipt, ReceiptSeries
from payments.receipts import keys, standing
from payments.receipts.codec import (
    FIRST_IN_SERIES,
    ReceiptFields,
    ReceiptLine,
    encode,
    lines_digest,
    receipt_hash,
)
from payments.receipts.standing import Standing

BY_TRANSFER, IN_CASH, BY_CARD = "bank_transfer", "cash", "card"
MIXED, CARD_MIXED, ATTESTED = "mixed", "card_mixed", "attested"


@dataclass(frozen=True)
class Proof:
    """What the bank said: its references of the lines that filled the sum, and when that was (ms).

    `in_cash` where (a part of) the sum was cash, which somebody attested; `card_references` are the card
    provider's of what was charged. `attested` where (some of) the bank's lines are only a person's word,
    then named by the last four of their reference.
    """

    bank_references: tuple[str, ...]
    paid_ms: int
    in_cash: bool = False
    card_references: tuple[str, ...] = ()
    attested: bool = False

    @property
    def method(self) -> str:
        ways = {
            BY_TRANSFER: bool(self.bank_references),
            IN_CASH: self.in_cash,
            BY_CARD: bool(self.card_references),
        }
        used = [way for way, is_used in ways.items() if is_used]
        if len(used) > 1:
            return CARD_MIXED if self.card_references else MIXED
        return ATTESTED if self.attested else used[0]


@dataclass(frozen=True)
class ReceiptFacts:
    """Everything a receipt says, as it was when it was issued. Times in UTC ms, sums in đồng."""

    number: int
    code: str
    seller_id: str
    seller_name: str
    seller_address: str
    seller_phone: str
    seller_tax_id: str
    buyer_name: str
    buyer_phone_masked: str
    lines: tuple[FrozenLine, ...]
    fee_vnd: int
    fee_label: str
    total_vnd: int
    total_words: str
    method: str
    bank_name: str
    account_masked: str
    bank_references: tuple[str, ...]
    paid_ms: int
    issued_ms: int
    demo: bool
    discount_vnd: int = 0
    discount_label: str = ""
    card_references: tuple[str, ...] = ()


@dataclass(frozen=True)
class Issued:
    """A receipt, its token, and what is known of its payment since."""

    id: str
    facts: ReceiptFacts
    token: str
    payment_state: str
    refund_due: bool
    standing: Standing


def issue(session: Session, payment: Payment, proof: Proof) -> str:
    """Issue the receipt of a payment that settles in this transaction; returns the receipt's id.

    Takes the next number of the seller's series. Precondition: the payment's row is locked and has
    no receipt yet (the database refuses a second).
    """
    series = _locked_series(session, payment.seller_id)
    facts = _facts_of(session, payment, proof, series.last_number + 1)
    token = _token(facts, series.last_hash)
    receipt = Receipt(
        id=new_id(),
        seller_id=payment.seller_id,
        number=facts.number,
        payment_id=payment.id,
        token=token,
        frozen=json.dumps(asdict(facts), ensure_ascii=False),
        issued_ms=facts.issued_ms,
    )
    session.add(receipt)
    series.last_number, series.last_hash = facts.number, receipt_hash(token)
    session.flush()
    return receipt.id


def get(session: Session, receipt_id: str) -> Issued:
    """The receipt `receipt_id`.

    Raises:
        NotFound: there is no such receipt.
    """
    query = select(Receipt, Payment).join(Payment, Payment.id == Receipt.payment_id)
    found = session.execute(query.where(Receipt.id == receipt_id)).one_or_none()
    if found is None:
        raise NotFound()
    receipt, payment = found
    return Issued(
        id=receipt.id,
        facts=read_facts(receipt.frozen),
        token=receipt.token,
        payment_state=payment.state,
        refund_due=payment.refund_reason is not None,
        standing=standing.of_rows(session, receipt, payment),
    )


def id_of(session: Session, payment_id: str) -> str | None:
    """The id of the payment's receipt, or None while it has none."""
    return session.scalars(select(Receipt.id).where(Receipt.payment_id == payment_id)).one_or_none()


def state_of(session: Session, seller_id: str, number: int) -> str | None:
    """The state of the payment behind a seller's receipt, or None if no such receipt is in the books."""
    query = (
        select(Payment.state)
        .join(Receipt, Receipt.payment_id == Payment.id)
        .where(Receipt.seller_id == seller_id, Receipt.number == number)
    )
    return session.scalars(query).one_or_none()


def read_facts(stored: str) -> ReceiptFacts:
    """The facts of a receipt from the JSON in which they were frozen."""
    fields = json.loads(stored)
    lines = frozen.read_lines(fields["lines"])
    told = {name: tuple(fields.get(name, ())) for name in ("bank_references", "card_references")}
    return ReceiptFacts(**{**fields, **told, "lines": lines})


def signed_lines(facts: ReceiptFacts) -> Sequence[ReceiptLine]:
    """The lines as the token's digest covers them: then delivery, where it costs, then a discount."""
    lines = [
        ReceiptLine(line.name, line.unit_word, line.packs, line.unit_price_vnd, line.amount_vnd)
        for line in facts.lines
    ]
    if facts.fee_vnd:
        lines.append(ReceiptLine(facts.fee_label, "", 1, facts.fee_vnd, facts.fee_vnd))
    if facts.discount_vnd:
        off_vnd = -facts.discount_vnd
        lines.append(ReceiptLine(facts.discount_label, "", 1, off_vnd, off_vnd))
    return lines


def fields_of(facts: ReceiptFacts, key_id: str, previous_hash: bytes) -> ReceiptFields:
    """What the token of these facts says, signed by `key_id` after the receipt of that hash."""
    return ReceiptFields(
        key_id=key_id,
        seller=facts.seller_id,
        number=facts.number,
        order_code=facts.code,
        total_vnd=facts.total_vnd,
        paid_at_ms=facts.paid_ms,
        lines_digest=lines_digest(signed_lines(facts)),
        previous_hash=previous_hash,
    )


def _locked_series(session: Session, seller_id: str) -> ReceiptSeries:
    first = {"seller_id": seller_id, "last_number": 0, "last_hash": FIRST_IN_SERIES}
    insert_new(session, ReceiptSeries, first)
    return session.get_one(ReceiptSeries, seller_id, with_for_update=True, populate_existing=True)


def _facts_of(session: Session, payment: Payment, proof: Proof, number: int) -> ReceiptFacts:
    opened = frozen.loads(payment.frozen)
    seller = sellers.facts(session, payment.seller_id)
    account = accounts.facts(session, payment.account_id)
    return ReceiptFacts(
        number=number,
        code=payment.code,
        seller_id=seller.id,
        seller_name=seller.name,
        seller_address=seller.address,
        seller_phone=seller.phone,
        seller_tax_id=seller.tax_id,
        buyer_name=opened.buyer_name,
        buyer_phone_masked=opened.buyer_phone_masked,
        lines=opened.lines,
        fee_vnd=opened.fee_vnd,
        fee_label=opened.fee_label,
        total_vnd=payment.amount_vnd,
        total_words=vnd_in_words(payment.amount_vnd),
        method=proof.method,
        bank_name=account.bank_name if proof.bank_references else "",
        account_masked=account.masked_number if proof.bank_references else "",
        bank_references=proof.bank_references,
        paid_ms=proof.paid_ms,
        issued_ms=clock.now_ms(),
        demo=seller.demo,
        discount_vnd=opened.discount_vnd,
        discount_label=opened.discount_label,
        card_references=proof.card_references,
    )


def _token(facts: ReceiptFacts, previous_hash: bytes) -> str:
    key_id, private = keys.signing()
    return encode(fields_of(facts, key_id, previous_hash), private.sign)
