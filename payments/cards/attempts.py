"""Tries to charge a card for a payment: a row before Stripe hears of it, moved by what Stripe says.

A payment has one live attempt at most (the database says so too), and the key under which Stripe is asked is
the attempt's own id, so that asking twice, in two windows or after a silence, charges once (promise P6).
Refuses the network (`asking`), and to believe anything but an answer of Stripe's.
"""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.identity import sellers
from core.ids import new_id
from core.outbox import publish
from payments import settle
from payments.cards import card_accounts, card_lines
from payments.cards.card_errors import CardUnderWay, NothingToCharge
from payments.cards.card_events import CardDue
from payments.cards.card_provider import Ids, NewAttempt, Seen
from payments.cards.card_states import (
    ASKED,
    ATTEMPT,
    ENDED,
    FAILED,
    LIVE,
    MOST_TRIES,
    OPEN,
    UNKNOWN,
    pause_ms,
)
from payments.cards.models import CardAttempt
from payments.models import Payment
from payments.states import OPEN as ASKING

LASTS_MS = 32 * 60_000
"""How long a buyer has on Stripe's page; it takes no less than half an hour."""
LEASE_MS = 2 * 60_000
"""How long an answer may take before Stripe is asked anew."""
_LOOK_AGAIN_MS = 30_000
_AT_ONCE = 20
SILENT, NOT_CONNECTED, NOT_OURS, DECLINED = "silent", "not_connected", "not_ours", "declined:"


@dataclass(frozen=True)
class Wanted:
    """A sum to be charged for a payment, by CHECKOUT or INTENT; the browser then goes to `back_url`."""

    payment_id: str
    kind: str
    amount_vnd: int
    back_url: str


@dataclass(frozen=True)
class Question:
    """What to ask Stripe about an attempt, in clear for that moment. `off`: it is to be called off.

    `asked_ms` marks the moment it was taken, so that news that came meanwhile are not lost.
    """

    attempt: NewAttempt
    ids: Ids
    key: str | None = field(repr=False)
    off: bool
    is_over: bool
    ask_ms: int | None


@dataclass(frozen=True)
class Answer:
    """What came of a question: what was `seen`, or a `trouble`; `final` is a no, `over`: too late to ask."""

    ask_ms: int | None
    seen: Seen | None = None
    trouble: str = ""
    final: bool = False
    over: bool = False
    retry_ms: int = 0


def begin(session: Session, wanted: Wanted) -> str:
    """Have a live attempt for a payment and return its id: the one there is, or a new one.

    Effect: nobody is asked yet; whoever began it asks (`asking`), else the timer does.

    Raises:
        CardsOff: the seller takes no cards.
        NothingToCharge: so much is not owed.
        CardUnderWay: a live one has another sum or way, or its time is over.
    """
    payment = settle.locked(session, wanted.payment_id)
    account = card_accounts.require(session, payment.seller_id)
    due_vnd = payment.amount_vnd - payment.paid_vnd
    if payment.state not in ASKING or not 0 < wanted.amount_vnd <= due_vnd:
        raise NothingToCharge()
    now, live = clock.now_ms(), _live(session, payment.id)
    if live is not None:
        is_same = (live.kind, live.amount_vnd) == (wanted.kind, wanted.amount_vnd)
        if not is_same or live.off_ms is not None or now > live.until_ms:
            raise CardUnderWay()
        return live.id
    row = CardAttempt(
        id=new_id(),
        seller_id=payment.seller_id,
        account_id=account.id,
        payment_id=payment.id,
        kind=wanted.kind,
        amount_vnd=wanted.amount_vnd,
        back_url=wanted.back_url,
        created_ms=now,
        until_ms=now + LASTS_MS,
        ask_ms=now + LEASE_MS,
    )
    session.add(row)
    session.flush()
    return row.id


def give_up(session: Session, payment_id: str) -> str | None:
    """Have the live attempt of a payment called off; its id for whoever asks at once, None without one."""
    payment = settle.locked(session, payment_id)
    live = _live(session, payment.id)
    if live is None:
        return None
    live.off_ms = live.ask_ms = clock.now_ms()
    session.flush()
    return live.id


def came_back(session: Session, payment_id: str) -> None:
    """The browser is back from Stripe's page, which proves nothing: ask soon how the attempt stands."""
    payment = settle.locked(session, payment_id)
    live = _live(session, payment.id)
    if live is not None and live.returned_ms is None:
        live.returned_ms = live.ask_ms = clock.now_ms()


def ask_soon(session: Session, attempt_id: str) -> None:
    """Something was told of an attempt: the timer asks at its next round, once however much was told."""
    row = _locked(session, attempt_id)
    row.ask_ms, row.tries = clock.now_ms(), 0


def ask_due(session: Session) -> None:
    """Have Stripe asked about what is due, the longest waiting first; what nobody owes is called off."""
    now = clock.now_ms()
    _call_off_unowed(session, now)
    query = (
        select(CardAttempt.id)
        .where(CardAttempt.ask_ms <= now)
        .order_by(CardAttempt.ask_ms, CardAttempt.id)
        .limit(_AT_ONCE)
    )
    for attempt_id in session.scalars(query).all():
        row = _locked(session, attempt_id)
        if row.ask_ms is not None and row.ask_ms <= now:
            row.ask_ms = now + LEASE_MS
            publish(session, CardDue(attempt_id))


def question(session: Session, attempt_id: str) -> Question:
    """What to ask about an attempt as it stands; only reads. Raises NotFound."""
    row = session.get(CardAttempt, attempt_id)
    if row is None:
        raise NotFound()
    payment = session.get_one(Payment, row.payment_id)
    attempt = NewAttempt(
        id=row.id,
        kind=row.kind,
        code=payment.code,
        seller_name=sellers.facts(session, row.seller_id).name,
        amount_vnd=row.amount_vnd,
        back_url=row.back_url,
        until_ms=row.until_ms,
    )
    return Question(
        attempt,
        Ids(row.session_id or "", row.intent_id or ""),
        card_accounts.key_of(session, row.account_id),
        off=row.off_ms is not None or clock.now_ms() > row.until_ms,
        is_over=clock.now_ms() > row.until_ms,
        ask_ms=row.ask_ms,
    )


def told(session: Session, attempt_id: str, answer: Answer) -> None:
    """Let an attempt, its money and its refunds become what Stripe said; said again, nothing changes.

    A silence moves nothing but the time of the next question, later each time and `MOST_TRIES` times at most:
    after that a person or a notice has it asked anew.
    """
    known = session.get_one(CardAttempt, attempt_id)
    payment = settle.locked(session, known.payment_id)
    row = _locked(session, attempt_id)
    if row.ask_ms == answer.ask_ms:
        row.ask_ms = None  # nothing was told meanwhile
    if answer.seen is None:
        _unanswered(row, answer)
    elif answer.seen.attempt_id != row.id:
        row.trouble = NOT_OURS
    else:
        _take_in(session, payment, row, answer.seen)
    session.flush()


def locked_of_confirm(session: Session, attempt_id: str) -> tuple[str, str]:
    """Note that a card is about to be tried on an intent; the intent's id, and the key of this very try.

    Raises NotFound; CardUnderWay where Stripe has not given the intent yet.
    """
    row = _locked(session, attempt_id)
    if row.state != OPEN or row.intent_id is None:
        raise CardUnderWay()
    row.confirms += 1
    row.ask_ms = clock.now_ms() + LEASE_MS
    return row.intent_id, f"{row.id}-{row.confirms}"


def _take_in(session: Session, payment: Payment, row: CardAttempt, seen: Seen) -> None:
    row.session_id, row.intent_id = seen.ids.session_id or None, seen.ids.intent_id or None
    row.url = seen.url or row.url
    row.trouble, row.tries = seen.decline, 0
    if row.state != seen.state and ATTEMPT.allows(row.state, seen.state):
        row.state = seen.state
    if row.state == OPEN and row.ask_ms is None:
        now = clock.now_ms()
        row.ask_ms = now + min(LASTS_MS, max(_LOOK_AGAIN_MS, (now - row.created_ms) // 2))
    if seen.charge is not None:
        card_lines.take_in(session, payment, row, seen)


def _unanswered(row: CardAttempt, answer: Answer) -> None:
    if row.state in (ASKED, UNKNOWN) and (answer.final or answer.over):
        # Nobody was given a page to pay on, so nothing was charged and nothing will be.
        row.state = ATTEMPT.move(row.state, FAILED if answer.final else ENDED)
        row.trouble = answer.trouble
        return
    if row.state == ASKED:
        row.state = ATTEMPT.move(row.state, UNKNOWN)
    row.trouble = answer.trouble
    row.tries += 1
    if row.ask_ms is None and row.tries < MOST_TRIES:
        row.ask_ms = clock.now_ms() + max(pause_ms(row.tries), answer.retry_ms)


def _call_off_unowed(session: Session, now: int) -> None:
    """Mark live attempts whose payment asks for no money, or for less, to be called off."""
    query = (
        select(CardAttempt)
        .join(Payment, Payment.id == CardAttempt.payment_id)
        .where(CardAttempt.state.in_(LIVE), CardAttempt.off_ms.is_(None))
        .where(
            Payment.state.not_in(ASKING)
            | (Payment.amount_vnd - Payment.paid_vnd < CardAttempt.amount_vnd)
        )
        .limit(_AT_ONCE)
    )
    for row in session.scalars(query.with_for_update(of=CardAttempt)):
        row.off_ms = row.ask_ms = now
    session.flush()


def _live(session: Session, payment_id: str) -> CardAttempt | None:
    """The live attempt of a payment; precondition: the payment's row is locked."""
    query = select(CardAttempt).where(
        CardAttempt.payment_id == payment_id, CardAttempt.state.in_(LIVE)
    )
    return session.scalars(query.with_for_update()).one_or_none()


def _locked(session: Session, attempt_id: str) -> CardAttempt:
    return session.get_one(CardAttempt, attempt_id, with_for_update=True, populate_existing=True)
