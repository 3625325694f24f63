"""What Stripe pays out to a seller's bank: asked after, taken to pieces, out of the card's clearing account.

A notice only says which payout to ask about; each account is asked by the clock too, so that a lost notice
loses nothing. A payout in đồng is emptied by the bank's own line (`card_payout`); one in other money arrives
where no feed of ours listens, so Stripe's word is the last there is. Refuses to book one whose pieces are not
all known, and to make one that failed come back unbooked.
"""

from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.ids import new_id
from core.outbox import publish
from payments import placing
from payments.cards import attempts, card_accounts, moves
from payments.cards.attempts import LEASE_MS
from payments.cards.card_events import CardPayoutDue, CardPayoutsDue
from payments.cards.card_lines import OTHER_CURRENCY
from payments.cards.card_provider import Move, PayoutSeen
from payments.cards.card_states import MOST_TRIES, PAYOUT_OVER, PAYOUT_RANK, pause_ms
from payments.cards.card_sums import REFUND, VND
from payments.cards.models import (
    CardAccount,
    CardAttempt,
    CardLine,
    CardMove,
    CardPayout,
    CardRefund,
)
from payments.cards.moves import Where
from payments.ledger import chart
from payments.ledger.entries import Entry, Line
from payments.ledger.posting import post

SINCE_MS = 40 * 24 * 60 * 60_000
"""How far back an account's payouts are asked for each time."""
EVERY_MS = 6 * 60 * 60_000
_AT_ONCE = 20
_PIECES_AGAIN_MS = 60_000
_PAID = "paid"
_NO_MONEY = (attempts.NOT_OURS, OTHER_CURRENCY)
"""Troubles of attempts whose charge counts for nothing here."""


@dataclass(frozen=True)
class PayoutQuestion:
    """What to ask Stripe about: one payout of an account, or ("") all since `since_ms`; the key in clear."""

    account_id: str
    payout_id: str
    key: str | None = field(repr=False)
    since_ms: int = 0
    ask_ms: int | None = None


@dataclass(frozen=True)
class PayoutAnswer:
    """What came of it; None: Stripe was silent, or said no."""

    ask_ms: int | None = None
    seen: PayoutSeen | None = None


def heard(session: Session, account_id: str, provider_id: str) -> None:
    """Something was told of a payout: ask about it at the next round."""
    account = session.get_one(CardAccount, account_id)
    values: dict[str, object] = {
        "id": new_id(),
        "seller_id": account.seller_id,
        "account_id": account.id,
        "provider_id": provider_id,
        "state": "asked",
        "currency": "",
        "amount": 0,
        "is_automatic": True,
        "arrives_ms": clock.now_ms(),
        "tries": 0,
        "ask_ms": clock.now_ms(),
    }
    if insert_new(session, CardPayout, values):
        return
    query = select(CardPayout).where(
        CardPayout.account_id == account_id, CardPayout.provider_id == provider_id
    )
    row = session.scalars(query.with_for_update()).one()
    row.ask_ms, row.tries = clock.now_ms(), 0


def ask_due(session: Session) -> None:
    """Have Stripe asked about payouts that are due, and each account for its newest ones."""
    now = clock.now_ms()
    due = select(CardPayout).where(CardPayout.ask_ms <= now).order_by(CardPayout.ask_ms)
    for row in session.scalars(due.limit(_AT_ONCE).with_for_update()):
        row.ask_ms = now + LEASE_MS
        publish(session, CardPayoutDue(row.id))
    accounts = select(CardAccount).where(func.coalesce(CardAccount.payouts_ms, 0) <= now)
    for account in session.scalars(accounts.limit(_AT_ONCE).with_for_update()):
        account.payouts_ms = now + EVERY_MS
        publish(session, CardPayoutsDue(account.id))


def question(session: Session, payout_id: str) -> PayoutQuestion:
    """What to ask about a payout; only reads."""
    row = session.get_one(CardPayout, payout_id)
    key = card_accounts.key_of(session, row.account_id)
    return PayoutQuestion(row.account_id, row.provider_id, key, ask_ms=row.ask_ms)


def question_of_account(session: Session, account_id: str) -> PayoutQuestion:
    """What to ask about an account's payouts; only reads."""
    key = card_accounts.key_of(session, account_id)
    return PayoutQuestion(account_id, "", key, clock.now_ms() - SINCE_MS)


def found(session: Session, account_id: str, seen: tuple[PayoutSeen, ...]) -> None:
    """Have each payout asked about that is new, or stands otherwise than we know."""
    query = select(CardPayout.provider_id, CardPayout.state).where(
        CardPayout.account_id == account_id, CardPayout.provider_id.in_([one.id for one in seen])
    )
    known = {row[0]: row[1] for row in session.execute(query)}
    for one in seen:
        if known.get(one.id) != one.state:
            heard(session, account_id, one.id)


def told(session: Session, payout_id: str, answer: PayoutAnswer) -> None:
    """Let a payout and its moves become what Stripe said; said again, nothing changes."""
    row = session.get_one(CardPayout, payout_id, with_for_update=True, populate_existing=True)
    if row.ask_ms == answer.ask_ms:
        row.ask_ms = None
    seen = answer.seen
    if seen is None:
        _silent(row)
        return
    row.currency, row.amount, row.is_automatic = seen.currency, seen.amount, seen.is_automatic
    row.arrives_ms = seen.arrives_ms
    if PAYOUT_RANK.get(seen.state, 0) >= PAYOUT_RANK[row.state] and row.state not in PAYOUT_OVER:
        row.state = seen.state
    ready = [_ready(session, row.account_id, move) for move in seen.moves]
    if all(known for known, _ in ready):
        for move, (_, line_id) in zip(seen.moves, ready, strict=True):
            moves.take(session, Where(row.seller_id, row.account_id, line_id, row.id), move)
        row.tries, row.worth_vnd = 0, _worth_vnd(session, row)
        _book(session, row)
        _see_at_bank(session, row)
    else:
        row.tries += 1
        _later(row, _PIECES_AGAIN_MS)
    session.flush()


def _ready(session: Session, account_id: str, move: Move) -> tuple[bool, str | None]:
    """Whether we know what a move is about, and the charge's line; else its attempt is asked after first."""
    line, attempt_id = _behind(session, account_id, move)
    known = line is not None or not attempt_id
    if line is not None and move.kind == REFUND:
        query = select(CardRefund.id).where(
            CardRefund.line_id == line.id, CardRefund.provider_id == move.refund_id
        )
        known = session.scalars(query).first() is not None
    if not known:
        attempts.ask_soon(session, attempt_id)
    return known, line.id if line else None


def _behind(session: Session, account_id: str, move: Move) -> tuple[CardLine | None, str]:
    """What a charge brought here and the attempt it was of; (None, "") where it is none of ours."""
    ours = CardAttempt.id == move.own_id
    if move.intent_id:
        ours = ours | (CardAttempt.intent_id == move.intent_id)
    query = (
        select(CardLine, CardAttempt.id)
        .select_from(CardAttempt)
        .outerjoin(CardLine, CardLine.attempt_id == CardAttempt.id)
        .where(CardAttempt.account_id == account_id, ours)
        .where(CardAttempt.trouble.not_in(_NO_MONEY))
    )
    row = session.execute(query.limit(1)).one_or_none()
    return (row[0], row[1]) if row else (None, "")


def _worth_vnd(session: Session, payout: CardPayout) -> int | None:
    """What it takes out of the card's clearing account: its đồng, or what its moves are worth."""
    if payout.currency == VND:
        return payout.amount
    if not payout.is_automatic:
        return None
    query = select(func.coalesce(func.sum(CardMove.worth_vnd), 0))
    return int(session.scalar(query.where(CardMove.payout_id == payout.id)) or 0)


def _book(session: Session, row: CardPayout) -> None:
    """Book a payout in other money, once; one that came back comes back here too."""
    if row.currency == VND or not row.worth_vnd:
        return
    key = f"card-payout:{row.id}"
    lines = (
        Line(chart.CARD_ABROAD, row.worth_vnd),
        Line(chart.CARD_CLEARING, -row.worth_vnd),
    )
    what = f"Cổng thẻ chuyển về tài khoản ngoại tệ, {row.provider_id}"
    if row.state == _PAID or row.state in PAYOUT_OVER:
        post(session, Entry(row.seller_id, key, what, row.arrives_ms, lines))
    if row.state in PAYOUT_OVER:
        back = tuple(Line(one.account, -one.amount_vnd) for one in lines)
        what = f"Ngân hàng không nhận, tiền về lại Stripe, {row.provider_id}"
        post(session, Entry(row.seller_id, f"{key}-back", what, row.arrives_ms, back))


def _see_at_bank(session: Session, row: CardPayout) -> None:
    """Have the bank's line of a payout in đồng looked at again where it was told first."""
    if row.currency == VND and row.state not in PAYOUT_OVER:
        session.flush()
        placing.look_again(session, row.seller_id, {row.amount})


def _silent(row: CardPayout) -> None:
    row.tries += 1
    _later(row, pause_ms(row.tries))


def _later(row: CardPayout, pause: int) -> None:
    if row.ask_ms is None and row.tries < MOST_TRIES:
        row.ask_ms = clock.now_ms() + pause
