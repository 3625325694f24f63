"""Stored notices are read here, off the webhook's path: bank lines, each once, then their money placed.

Refuses to lose a notice it cannot use: the body stays, marked unreadable, with the reason.
"""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core import clock, outbox
from core.errors import DomainError
from payments import providers
from payments.bank import accounts, intake
from payments.bank.intake import Said
from payments.bank.models import LineTelling
from payments.bank.same_line import FEED
from payments.events import DayBegan, WebhookStored
from payments.models import FeedConnection, WebhookBody
from payments.providers.base import BankMovement


class _NotOurAccount(DomainError):
    """The notice speaks of an account that is not the seller's."""

    code = "not_our_account"


def read_stored(session: Session, event: WebhookStored) -> None:
    """Read a stored notice and place its money; a second call finds nothing left to do."""
    stored = session.get_one(
        WebhookBody, event.webhook_id, with_for_update=True, populate_existing=True
    )
    if stored.state != "stored":
        return
    feed = session.get_one(FeedConnection, stored.feed_id)
    try:
        movements = providers.BY_NAME[feed.provider].read(stored.body)
        placed = [(_account_of(session, feed, movement), movement) for movement in movements]
    except DomainError as error:
        stored.state, stored.problem = "unreadable", str(error)[:200]
        return
    stored.state = "read"
    for account_id, movement in placed:
        _take_in(session, feed, account_id, movement)


def _account_of(session: Session, feed: FeedConnection, movement: BankMovement) -> str:
    """The seller's account the movement was on; the feed's own if it goes by that number."""
    found = accounts.find_by_numbers(session, feed.seller_id, movement.account_numbers)
    ids = [account.books_id for account in found]
    if not ids:
        raise _NotOurAccount()
    return feed.account_id if feed.account_id in ids else ids[0]


def _take_in(session: Session, feed: FeedConnection, account_id: str, told: BankMovement) -> None:
    """Hear the movement of this feed; told before, it is nothing new."""
    said = Said(
        road=f"{FEED}:{feed.id}",
        source=feed.id,
        key=_own_key(session, feed, told),
        incoming=told.incoming,
        amount_vnd=told.amount_vnd,
        content=told.content,
        reference="" if told.reference == told.key else told.reference,
        at_ms=told.at_ms,
        balance_vnd=told.balance_vnd,
        place=clock.now_ms(),
    )
    of_day = (LineTelling.account_id == account_id) & (LineTelling.day == said.day)
    if not session.scalar(select(exists().where(of_day))):
        outbox.publish(session, DayBegan(account_id, said.day))
    intake.take_in(session, account_id, [said])


def _own_key(session: Session, feed: FeedConnection, told: BankMovement) -> str:
    """The bank's reference, or the provider's id where the bank gave one reference to two movements.

    The same movement told twice has one sum and one direction; another sum is other money.
    """
    query = select(LineTelling.amount_vnd, LineTelling.direction).where(
        LineTelling.road == f"{FEED}:{feed.id}", LineTelling.key == told.reference
    )
    known = session.execute(query).first()
    if known is None or tuple(known) == (told.amount_vnd, "in" if told.incoming else "out"):
        return told.reference
    return told.key
