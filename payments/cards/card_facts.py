"""What pages say of cards: whether one may be used for a payment, how a try stands, what a seller's brought.

Only reads. Refuses secrets and provider's objects.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.cards import card_accounts
from payments.cards.attempts import DECLINED
from payments.cards.card_errors import (
    CardDeclined,
    CardSilentNow,
    CardsOff,
    CardSumRefused,
    NothingToCharge,
)
from payments.cards.card_states import FAILED, LIVE, OPEN
from payments.cards.models import CardAttempt, CardLine
from payments.models import Payment

_LATELY = 50


@dataclass(frozen=True)
class CardOffer:
    """`offered`: the seller takes cards. `waits`: the browser is back and Stripe has not told how it ended.

    `trouble` is why a card was refused on a page that is open still ("" if none was).
    """

    offered: bool
    waits: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class CardRow:
    """One try as its seller reads it: what was asked and came, went back, is disputed (UTC ms, đồng)."""

    id: str
    code: str
    amount_vnd: int
    state: str
    trouble: str
    created_ms: int
    intent_id: str
    came_vnd: int
    back_vnd: int
    dispute_state: str
    dispute_vnd: int
    dispute_due_ms: int | None

    @property
    def is_stuck(self) -> bool:
        """Whether it is worth asking Stripe by hand."""
        return self.state in LIVE and bool(self.trouble)


def offer(session: Session, seller_id: str, payment_id: str) -> CardOffer:
    """What the pay page says of cards."""
    account = card_accounts.of_seller(session, seller_id)
    query = select(CardAttempt).where(
        CardAttempt.payment_id == payment_id, CardAttempt.state.in_(LIVE)
    )
    live = session.scalars(query).one_or_none()
    offered = account is not None and account.off_ms is None
    if live is None:
        return CardOffer(offered)
    declined = live.trouble if live.state == OPEN and live.trouble != "silent" else ""
    return CardOffer(offered, live.returned_ms is not None and not declined, declined)


def page_of(session: Session, attempt_id: str) -> str:
    """The address at Stripe where the buyer pays.

    Raises:
        CardDeclined, CardSumRefused: Stripe says no. CardsOff: it does not know the seller's key any more.
        CardSilentNow: it did not answer. NothingToCharge: the attempt is over.
    """
    row = session.get_one(CardAttempt, attempt_id)
    if row.state == OPEN and row.url:
        return row.url
    if row.state == FAILED:
        raise _refusal(row.trouble)
    raise CardSilentNow() if row.state in LIVE else NothingToCharge()


@dataclass(frozen=True)
class Standing:
    """How a try stands: a state of `card_states`, its đồng, why the card tried last was refused ("": not)."""

    state: str
    amount_vnd: int
    declined: str


def standing(session: Session, attempt_id: str, *, told: bool) -> Standing:
    """How an attempt stands after Stripe was asked; `told`: it answered.

    Raises:
        CardDeclined, CardSumRefused, CardsOff: Stripe says no. CardSilentNow: it did not answer.
    """
    row = session.get_one(CardAttempt, attempt_id)
    if row.state == FAILED:
        raise _refusal(row.trouble)
    if row.state in LIVE and not told:
        raise CardSilentNow()
    return Standing(row.state, row.amount_vnd, row.trouble if row.state == OPEN else "")


def newest(session: Session, payment_id: str) -> str | None:
    """The try of a payment that was begun last."""
    query = select(CardAttempt.id).where(CardAttempt.payment_id == payment_id)
    newest_first = query.order_by(CardAttempt.created_ms.desc(), CardAttempt.id.desc())
    return session.scalars(newest_first.limit(1)).first()


def live_page(session: Session, payment_id: str) -> str:
    """The address where the buyer pays now, "" where there is none."""
    query = select(CardAttempt.url).where(
        CardAttempt.payment_id == payment_id, CardAttempt.state == OPEN
    )
    return session.scalars(query).one_or_none() or ""


def lately(session: Session, seller_id: str) -> tuple[CardRow, ...]:
    """The seller's newest tries, some fifty."""
    query = (
        select(CardAttempt, Payment.code, CardLine)
        .join(Payment, Payment.id == CardAttempt.payment_id)
        .outerjoin(CardLine, CardLine.attempt_id == CardAttempt.id)
        .where(CardAttempt.seller_id == seller_id)
        .order_by(CardAttempt.created_ms.desc(), CardAttempt.id)
        .limit(_LATELY)
    )
    return tuple(_row(attempt, code, line) for attempt, code, line in session.execute(query))


def _row(attempt: CardAttempt, code: str, line: CardLine | None) -> CardRow:
    return CardRow(
        attempt.id,
        code,
        attempt.amount_vnd,
        attempt.state,
        attempt.trouble,
        attempt.created_ms,
        attempt.intent_id or "",
        came_vnd=line.amount_vnd if line else 0,
        back_vnd=line.back_vnd if line else 0,
        dispute_state=line.dispute_state if line else "",
        dispute_vnd=line.dispute_vnd if line else 0,
        dispute_due_ms=line.dispute_due_ms if line else None,
    )


def _refusal(trouble: str) -> CardDeclined | CardSumRefused | CardsOff:
    if trouble.startswith(DECLINED):
        return CardDeclined(trouble.removeprefix(DECLINED))
    return CardSumRefused() if trouble.startswith("amount_") else CardsOff()
