"""Money given back to the card that paid: asked for in a write, done by Stripe after, never more than came.

The sum still to be given back is taken under the lock of the charge's row and kept in it, so two askers at
once cannot give back more than the card brought (the database refuses it too). Refuses the network.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.ids import new_id
from core.money import check_vnd, format_vnd
from core.outbox import publish
from payments import settle
from payments.cards import attempts, card_accounts, card_lines
from payments.cards.attempts import LEASE_MS
from payments.cards.card_errors import RefundTooMuch
from payments.cards.card_events import CardRefundDue
from payments.cards.card_lines import PART
from payments.cards.card_provider import RefundSeen
from payments.cards.card_states import (
    ASKED,
    FAILED,
    MOST_TRIES,
    PENDING,
    REFUND,
    SUCCEEDED,
    UNKNOWN,
    pause_ms,
)
from payments.cards.models import CardLine, CardRefund
from payments.models import Payment

_AT_ONCE = 20
_PENDING_AGAIN_MS = 3_600_000


@dataclass(frozen=True)
class RefundFacts:
    """A refund as its asker knows it: its đồng, and a state of `card_states` (`asked` … `failed`)."""

    key: str
    amount_vnd: int
    state: str
    trouble: str


@dataclass(frozen=True)
class RefundQuestion:
    """What to ask Stripe about a refund, the key in clear for that moment."""

    refund_id: str
    intent_id: str
    amount_vnd: int
    key: str | None = field(repr=False)
    ask_ms: int | None


@dataclass(frozen=True)
class RefundAnswer:
    """What came of it: what was `seen`, or a `trouble`; `final` is a no that stays one."""

    ask_ms: int | None
    seen: RefundSeen | None = None
    trouble: str = ""
    final: bool = False
    retry_ms: int = 0


def left_vnd(session: Session, reference: str) -> int:
    """The đồng that may still be given back to cards of what they brought for `reference`; 0 if none did."""
    return sum(line.amount_vnd - line.back_vnd for line in _lines(session, reference))


def ask(session: Session, reference: str, amount_vnd: int, key: str) -> None:
    """Give `amount_vnd` back to the cards that paid for `reference`, the newest charge first.

    `key` is the asker's own, at most 60 characters without `#`; the same again is the same refund. How it
    ends is told by `CardRefundEnded` (once for each charge it is taken of) and `facts`.

    Raises:
        NotFound: no payment was opened for the reference. BadAmount: it is nothing.
        RefundTooMuch: cards brought less, or it goes back already.
    """
    payment = settle.locked_of(session, reference)
    if _of_key(session, payment.seller_id, key):
        return
    lines = list(_lines(session, reference))
    room_vnd = sum(line.amount_vnd - line.back_vnd for line in lines)
    rest_vnd = check_vnd(amount_vnd, least=1)
    if rest_vnd > room_vnd:
        raise RefundTooMuch(room_vnd, format_vnd(room_vnd))
    for line in lines:
        part_vnd = min(rest_vnd, line.amount_vnd - line.back_vnd)
        if part_vnd:
            _ask_of(session, line, part_vnd, f"{key}{PART}{line.id}")
            rest_vnd -= part_vnd


def facts(session: Session, seller_id: str, key: str) -> RefundFacts:
    """How the refund asked for under `key` stands; of several charges, the worst counts. Raises NotFound."""
    rows = _of_key(session, seller_id, key)
    if not rows:
        raise NotFound()
    worst = (FAILED, UNKNOWN, ASKED, PENDING, SUCCEEDED)
    row = min(rows, key=lambda one: worst.index(one.state))
    return RefundFacts(key, sum(one.amount_vnd for one in rows), row.state, row.trouble)


def parts(session: Session, seller_id: str, key: str) -> tuple[RefundFacts, ...]:
    """The refund asked for under `key`, charge by charge."""
    rows = _of_key(session, seller_id, key)
    return tuple(RefundFacts(row.key, row.amount_vnd, row.state, row.trouble) for row in rows)


def ask_due(session: Session) -> None:
    """Have Stripe asked about refunds that are due, the longest waiting first."""
    now = clock.now_ms()
    query = (
        select(CardRefund)
        .where(CardRefund.ask_ms <= now)
        .order_by(CardRefund.ask_ms, CardRefund.id)
        .limit(_AT_ONCE)
    )
    for row in session.scalars(query.with_for_update()):
        row.ask_ms = now + LEASE_MS
        publish(session, CardRefundDue(row.id))


def question(session: Session, refund_id: str) -> RefundQuestion:
    """What to ask about a refund; only reads."""
    row = session.get_one(CardRefund, refund_id)
    line = session.get_one(CardLine, row.line_id)
    key = card_accounts.key_of(session, line.account_id)
    return RefundQuestion(row.id, line.reference, row.amount_vnd, key, row.ask_ms)


def told(session: Session, refund_id: str, answer: RefundAnswer) -> None:
    """Let a refund become what Stripe said; said again, nothing changes."""
    known = session.get_one(CardRefund, refund_id)
    line = session.get_one(CardLine, known.line_id)
    payment = settle.locked(session, line.payment_id)
    line = _locked(session, line.id)
    row = session.get_one(CardRefund, refund_id, with_for_update=True, populate_existing=True)
    if row.ask_ms == answer.ask_ms:
        row.ask_ms = None
    if answer.seen is not None:
        row.tries = 0
        card_lines.take_refund(session, payment.reference, line, answer.seen)
        if row.state == PENDING and row.ask_ms is None:
            row.ask_ms = clock.now_ms() + _PENDING_AGAIN_MS
    elif answer.final and REFUND.allows(row.state, FAILED) and row.provider_id is None:
        _refused(session, payment, line, row, answer.trouble)
    else:
        _silent(row, answer)
    session.flush()


def ask_again(session: Session, refund_id: str) -> None:
    """Something was told of a refund: ask Stripe at the next round."""
    row = session.get_one(CardRefund, refund_id, with_for_update=True, populate_existing=True)
    row.ask_ms, row.tries = clock.now_ms(), 0


def _ask_of(session: Session, line: CardLine, amount_vnd: int, key: str) -> None:
    now = clock.now_ms()
    row = CardRefund(
        id=new_id(),
        seller_id=line.seller_id,
        line_id=line.id,
        key=key,
        amount_vnd=amount_vnd,
        created_ms=now,
        ask_ms=now + LEASE_MS,
    )
    session.add(row)
    line.back_vnd += amount_vnd
    session.flush()
    publish(session, CardRefundDue(row.id))


def _refused(session: Session, payment: Payment, line: CardLine, row: CardRefund, why: str) -> None:
    """Stripe gives nothing back: the sum is free again, and the charge is looked at whole."""
    row.state, row.trouble, row.ended_ms = REFUND.move(row.state, FAILED), why, clock.now_ms()
    session.flush()
    line.back_vnd = min(line.amount_vnd, card_lines.going_back_vnd(session, line.id))
    publish(session, card_lines.ended(row, payment.reference))
    attempts.ask_soon(session, line.attempt_id)


def _silent(row: CardRefund, answer: RefundAnswer) -> None:
    if row.state == ASKED:
        row.state = REFUND.move(row.state, UNKNOWN)
    row.trouble = answer.trouble
    row.tries += 1
    if row.ask_ms is None and row.tries < MOST_TRIES:
        row.ask_ms = clock.now_ms() + max(pause_ms(row.tries), answer.retry_ms)


def _lines(session: Session, reference: str) -> Sequence[CardLine]:
    """What cards brought for `reference`, the newest charge first."""
    query = (
        select(CardLine)
        .join(Payment, Payment.id == CardLine.payment_id)
        .where(Payment.reference == reference)
        .order_by(CardLine.at_ms.desc(), CardLine.id)
    )
    return session.scalars(query).all()


def _of_key(session: Session, seller_id: str, key: str) -> Sequence[CardRefund]:
    query = select(CardRefund).where(
        CardRefund.seller_id == seller_id, CardRefund.key.startswith(key + PART, autoescape=True)
    )
    return session.scalars(query).all()


def _locked(session: Session, line_id: str) -> CardLine:
    return session.get_one(CardLine, line_id, with_for_update=True, populate_existing=True)
