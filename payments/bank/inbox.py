"""Stored notices are read here, off the webhook's path: bank lines, each once, then their money placed.

Refuses to lose a notice it cannot use: the body stays, marked unreadable, with the reason.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.errors import DomainError
from core.ids import new_id
from payments import providers, settle
from payments.bank import accounts
from payments.events import WebhookStored
from payments.models import BankLine, FeedConnection, WebhookBody
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
        _take_in(session, stored.seller_id, account_id, movement)


def _account_of(session: Session, feed: FeedConnection, movement: BankMovement) -> str:
    """The seller's account the movement was on; the feed's own if it goes by that number."""
    found = accounts.find_by_numbers(session, feed.seller_id, movement.account_numbers)
    ids = [account.id for account in found]
    if not ids:
        raise _NotOurAccount()
    return feed.account_id if feed.account_id in ids else ids[0]


def _take_in(session: Session, seller_id: str, account_id: str, movement: BankMovement) -> None:
    """Add the line and place its money, unless this movement is known already."""
    line_id = new_id()
    values: dict[str, object] = {
        "id": line_id,
        "seller_id": seller_id,
        "account_id": account_id,
        "reference": _own_reference(session, account_id, movement),
        "direction": _direction(movement),
        "amount_vnd": movement.amount_vnd,
        "content": movement.content,
        "at_ms": movement.at_ms,
        "received_ms": clock.now_ms(),
    }
    if insert_new(session, BankLine, values):
        settle.place(session, session.get_one(BankLine, line_id))


def _own_reference(session: Session, account_id: str, movement: BankMovement) -> str:
    """The bank's reference, or the provider's id where the bank gave one reference to two movements.

    The same movement told twice has one sum and one direction; another sum is other money.
    """
    query = select(BankLine.amount_vnd, BankLine.direction).where(
        BankLine.account_id == account_id, BankLine.reference == movement.reference
    )
    known = session.execute(query).one_or_none()
    if known is None or tuple(known) == (movement.amount_vnd, _direction(movement)):
        return movement.reference
    return movement.key


def _direction(movement: BankMovement) -> str:
    return "in" if movement.incoming else "out"
