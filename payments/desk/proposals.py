"""Which payments a waiting line may mean: by the codes in its text, by its payer's earlier texts, by its sum.

Proposes only; a person decides. Refuses to weigh: what is ticked beforehand is a rule (`desk_rules.default`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.codes import find_order_codes, slip_candidates
from payments import frozen
from payments.desk import desk_rules, open_payments
from payments.desk.desk_rules import DAY_MS, HOUR_MS, Guess, Share, Why
from payments.desk.open_payments import OpenPayment
from payments.models import BankLine, MatchedPart, Payment
from payments.states import OPEN

_REMEMBERED_MS = 180 * DAY_MS
_LOOKED_THROUGH = 300


@dataclass(frozen=True)
class Proposal:
    """A payment that may be meant, and why; `ticked` where it is the only one and owes the very sum."""

    payment: OpenPayment
    why: Why
    ticked: bool


@dataclass(frozen=True)
class Proposals:
    """What a line may mean, best reasons first; `split` is a ready division over the payments it names."""

    fitting: tuple[Proposal, ...]
    split: tuple[Share, ...]


def for_line(session: Session, seller_id: str, line: BankLine) -> Proposals:
    """What an incoming line of the seller may mean; nothing for an outgoing one."""
    if line.direction == "out":
        return Proposals((), ())
    guesses = desk_rules.ranked(_guesses(session, line))
    found = open_payments.by_ids(session, seller_id, [one.payment_id for one in guesses])
    ticked = desk_rules.default(line.amount_vnd, guesses)
    fitting = tuple(
        Proposal(found[one.payment_id], one.why, one.payment_id == ticked)
        for one in guesses
        if one.payment_id in found
    )
    return Proposals(fitting, desk_rules.split(line.amount_vnd, guesses))


def _guesses(session: Session, line: BankLine) -> list[Guess]:
    """By the codes of its text; only where that says nothing, by its payer and its sum."""
    return list(_by_codes(session, line)) or [
        *_same_payer(session, line),
        *_by_sum(session, line),
    ]


def _by_codes(session: Session, line: BankLine) -> Iterator[Guess]:
    for why, codes in (
        (Why.NAMED, find_order_codes(line.content)),
        (Why.SLIP, slip_candidates(line.content)),
    ):
        named = open_payments.owing(line.seller_id).where(Payment.code.in_(codes))
        rows = {row.code: row for row in session.scalars(named)}
        yield from (_guess(rows[code], why) for code in codes if code in rows)


def _by_sum(session: Session, line: BankLine) -> Iterator[Guess]:
    within = open_payments.owing(line.seller_id).where(
        Payment.state.in_([*OPEN]),
        Payment.amount_vnd - Payment.paid_vnd == line.amount_vnd,
        Payment.created_ms.between(line.at_ms - HOUR_MS, line.at_ms),
    )
    for row in session.scalars(within.order_by(Payment.created_ms, Payment.id)):
        yield _guess(row, Why.SUM)


def _same_payer(session: Session, line: BankLine) -> Iterator[Guess]:
    """Payments of the buyer for whom an earlier line with the same words stands, that owe the very sum."""
    words = desk_rules.payer_words(line.content)
    if not words:
        return
    earlier = (
        select(BankLine.content, Payment.frozen)
        .join(MatchedPart, MatchedPart.bank_line_id == BankLine.id)
        .join(Payment, Payment.id == MatchedPart.payment_id)
        .where(BankLine.seller_id == line.seller_id, BankLine.id != line.id)
        .where(BankLine.at_ms.between(line.at_ms - _REMEMBERED_MS, line.at_ms))
        .where(MatchedPart.account == "payment")
        .order_by(BankLine.at_ms.desc())
        .limit(_LOOKED_THROUGH)
    )
    buyers = {
        _buyer(stored)
        for content, stored in session.execute(earlier)
        if desk_rules.payer_words(content) == words
    }
    owing = open_payments.owing(line.seller_id).where(
        Payment.amount_vnd - Payment.paid_vnd == line.amount_vnd
    )
    for row in session.scalars(owing.where(Payment.state.in_([*OPEN]))) if buyers else ():
        if _buyer(row.frozen) in buyers:
            yield _guess(row, Why.PAYER)


def _buyer(stored: str) -> tuple[str, str]:
    asked = frozen.loads(stored)
    return asked.buyer_name, asked.buyer_phone_masked


def _guess(row: Payment, why: Why) -> Guess:
    return Guess(row.id, row.amount_vnd - row.paid_vnd, why)
