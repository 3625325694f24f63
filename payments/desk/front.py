"""What the money front page tells: today's money, what waits for a person and since when, what is heard.

Refuses to judge: sums are those of the bank's lines, of cards and of attested cash, as they are placed now.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from payments.bank import accounts, attested
from payments.bank.accounts import AccountFacts
from payments.bank.models import LineTelling
from payments.cards.models import CardLine
from payments.errors import NoReceivingAccount
from payments.ledger import takings
from payments.models import (
    BankAccount,
    BankLine,
    CashLine,
    FeedConnection,
    MatchedPart,
    WebhookBody,
)
from payments.states import Account

WAITING = (
    Account.UNKNOWN_CODE,
    Account.SURPLUS,
    Account.DUPLICATE,
    Account.REFUND_DUE,
    Account.OUTGOING,
)
"""Accounts whose đồng wait for somebody; in the order in which they are told."""
SEVERAL = "several_codes"


@dataclass(frozen=True)
class Today:
    """Đồng that came since midnight in Vietnam: told by the bank (in so many lines), attested as cash.

    `seen_vnd`: what people saw in the bank's app and no feed or statement told of yet. `card_vnd`: what cards
    brought; it is at Stripe until it is paid out, and is no new money when the bank tells of that.
    """

    bank_vnd: int
    lines: int
    cash_vnd: int
    seen_vnd: int = 0
    card_vnd: int = 0

    @property
    def came_vnd(self) -> int:
        """All of it."""
        return self.bank_vnd + self.cash_vnd + self.seen_vnd + self.card_vnd


@dataclass(frozen=True)
class Waiting:
    """So many parts, in all `amount_vnd` đồng, that wait as `kind`; the oldest since `oldest_ms` (UTC ms).

    `kind` is an account in suspense, or `several_codes` where a line names more than one payment.
    """

    kind: str
    parts: int
    amount_vnd: int
    oldest_ms: int


@dataclass(frozen=True)
class Heard:
    """A connection of an account: at which provider, and when its last notice came (UTC ms), if any did."""

    feed_id: str
    provider: str
    last_ms: int | None


@dataclass(frozen=True)
class Watched:
    """An account of the seller, whether buyers pay to it now, and who tells what the bank saw there."""

    account: AccountFacts
    receives: bool
    feeds: tuple[Heard, ...]


def today(session: Session, seller_id: str) -> Today:
    """What came since midnight in Vietnam, by the bank's own time, or Stripe's."""
    since_ms = clock.midnight_ms(clock.today())
    bank = select(func.coalesce(func.sum(BankLine.amount_vnd), 0), func.count()).where(
        BankLine.seller_id == seller_id, BankLine.direction == "in", BankLine.at_ms >= since_ms
    )
    by_hand = attested.only_seen().with_only_columns(LineTelling.line_id)
    told = bank.where(BankLine.id.not_in(attested.taken_back_lines()), BankLine.id.not_in(by_hand))
    cash_vnd, card_vnd = (
        session.scalar(
            select(func.coalesce(func.sum(table.amount_vnd), 0)).where(
                table.seller_id == seller_id, table.at_ms >= since_ms
            )
        )
        for table in (CashLine, CardLine)
    )
    by_hand_vnd = takings.sum_vnd(session, seller_id, since_ms, clock.now_ms() + 1)
    bank_vnd, lines = session.execute(told).one()
    seen_vnd, _ = session.execute(bank.where(BankLine.id.in_(by_hand))).one()
    return Today(
        int(bank_vnd), lines, int(cash_vnd or 0) + by_hand_vnd, int(seen_vnd), int(card_vnd or 0)
    )


def waiting(session: Session, seller_id: str) -> tuple[Waiting, ...]:
    """What waits for a person, each kind once, as `WAITING` has them; several codes after no code."""
    query = (
        select(
            MatchedPart.account,
            (MatchedPart.note == SEVERAL).label("several"),
            func.count(),
            func.sum(MatchedPart.amount_vnd),
            func.min(MatchedPart.at_ms),
        )
        .where(MatchedPart.seller_id == seller_id, MatchedPart.account.in_([*WAITING]))
        .group_by(
            MatchedPart.account, "several"
        )  # by name: PostgreSQL takes two binds for two things
    )
    found = {(row[0], bool(row[1])): row[2:] for row in session.execute(query)}
    return tuple(
        Waiting(SEVERAL if several else kind.value, parts, int(vnd), oldest_ms)
        for kind in WAITING
        for several in (False, True)
        for parts, vnd, oldest_ms in [found.get((kind, several), (0, 0, 0))]
        if parts
    )


def watched(session: Session, seller_id: str) -> tuple[Watched, ...]:
    """The seller's accounts, the receiving one first, each with its connections."""
    heard = _heard(session, seller_id)
    receiving = _receiving(session, seller_id)
    query = (
        select(BankAccount.id)
        .where(BankAccount.seller_id == seller_id)
        .order_by(BankAccount.created_ms, BankAccount.id)
    )
    found = [
        Watched(one, one.id == receiving, heard.get(one.books_id, ()))
        for one in (accounts.facts(session, id_) for id_ in session.scalars(query))
    ]
    return tuple(sorted(found, key=lambda one: not one.receives))


def _receiving(session: Session, seller_id: str) -> str | None:
    try:
        return accounts.receiving(session, seller_id).id
    except NoReceivingAccount:
        return None


def _heard(session: Session, seller_id: str) -> dict[str, tuple[Heard, ...]]:
    last = (
        select(func.max(WebhookBody.received_ms))
        .where(WebhookBody.feed_id == FeedConnection.id)
        .scalar_subquery()
    )
    query = (
        select(FeedConnection, last)
        .where(FeedConnection.seller_id == seller_id)
        .order_by(FeedConnection.created_ms, FeedConnection.id)
    )
    found: dict[str, tuple[Heard, ...]] = {}
    for row, last_ms in session.execute(query):
        heard = Heard(row.id, row.provider, last_ms)
        found[row.account_id] = (*found.get(row.account_id, ()), heard)
    return found
