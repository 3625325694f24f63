"""The connections of a seller as its own people see them: heard when, what could not be read, read again.

Refuses to show a secret: it goes in once and never comes out.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock, outbox
from core.db import owned
from core.errors import N_, DomainError
from payments import providers
from payments.bank import accounts, feeds
from payments.bank.accounts import AccountFacts
from payments.events import FeedConnected, WebhookStored
from payments.models import BankAccount, FeedConnection, WebhookBody
from payments.providers.capabilities import Capabilities

_MOST = 20


class FeedKnown(DomainError):
    """That provider watches that account already."""

    code = "feed_known"
    status = 409
    message = N_("Tài khoản này đã nối với bên đó rồi. Muốn đổi khóa thì bấm “Thay khóa” ở dưới.")


class NothingToRead(DomainError):
    """The notice was read meanwhile."""

    code = "nothing_to_read"
    status = 409
    message = N_("Thông báo này đã được đọc rồi.")


@dataclass(frozen=True)
class Watching:
    """A connection: of which account, since when, last heard when (UTC ms or none), how many of each fate.

    `path` is where its provider sends notices, after our own address. `old_until_ms`: until when the secret
    before is believed, none where there is none. `can` is what it tells of; `virtual` is the number of the
    virtual account that buyers must pay to for it to tell, "" where none is forced.
    """

    id: str
    provider: str
    path: str
    account: AccountFacts
    created_ms: int
    last_ms: int | None
    heard: int
    unreadable: int
    old_until_ms: int | None
    can: Capabilities
    virtual: str = ""


@dataclass(frozen=True)
class Unread:
    """A genuine notice that could not be used: when it came and why (a code of ours), with its beginning."""

    id: str
    provider: str
    received_ms: int
    problem: str
    beginning: str


def connect(session: Session, seller_id: str, account_id: str, given: tuple[str, str]) -> str:
    """Have a provider watch an account: `given` = (its name, the secret). The feed's id; all owners are told.

    Raises:
        NotFound: the seller has no such account. FeedKnown: that provider watches it already.
        NoSecret: the secret is empty.
    """
    provider, secret = given
    account = owned(session, BankAccount, account_id, seller_id)
    session.get_one(BankAccount, account.id, with_for_update=True, populate_existing=True)
    known = select(FeedConnection.id).where(
        FeedConnection.account_id == account_id, FeedConnection.provider == provider
    )
    if session.scalars(known).first() is not None:
        raise FeedKnown()
    feed_id = feeds.connect(session, accounts.facts(session, account_id), provider, secret)
    outbox.publish(session, FeedConnected(seller_id, account_id, feed_id))
    return feed_id


def rotate(session: Session, seller_id: str, feed_id: str, secret: str) -> None:
    """Take a new secret for a connection of the seller (`feeds.rotate`); raises NotFound, NoSecret."""
    owned(session, FeedConnection, feed_id, seller_id)
    feeds.rotate(session, feed_id, secret)


def of_seller(session: Session, seller_id: str) -> tuple[Watching, ...]:
    """The seller's connections, the oldest first."""
    told = (
        select(
            WebhookBody.feed_id,
            func.max(WebhookBody.received_ms).label("last"),
            func.count().label("heard"),
            func.count().filter(WebhookBody.state == "unreadable").label("bad"),
        )
        .where(WebhookBody.seller_id == seller_id)
        .group_by(WebhookBody.feed_id)
        .subquery()
    )
    query = (
        select(FeedConnection, told.c.last, told.c.heard, told.c.bad)
        .outerjoin(told, told.c.feed_id == FeedConnection.id)
        .where(FeedConnection.seller_id == seller_id)
        .order_by(FeedConnection.created_ms, FeedConnection.id)
    )
    return tuple(_watching(session, *row) for row in session.execute(query))


def unread(session: Session, seller_id: str) -> tuple[Unread, ...]:
    """Notices of the seller that could not be used, the newest first; some twenty."""
    query = (
        select(WebhookBody, FeedConnection.provider)
        .join(FeedConnection, FeedConnection.id == WebhookBody.feed_id)
        .where(WebhookBody.seller_id == seller_id, WebhookBody.state == "unreadable")
        .order_by(WebhookBody.received_ms.desc(), WebhookBody.id)
        .limit(_MOST)
    )
    return tuple(
        Unread(
            row.id, provider, row.received_ms, row.problem, row.body[:200].decode(errors="replace")
        )
        for row, provider in session.execute(query)
    )


def read_again(session: Session, seller_id: str, webhook_id: str) -> None:
    """Let the inbox read a notice once more: its account may have been added since.

    Raises:
        NotFound: the seller has no such notice. NothingToRead: it was read.
    """
    owned(session, WebhookBody, webhook_id, seller_id)
    row = session.get_one(WebhookBody, webhook_id, with_for_update=True, populate_existing=True)
    if row.state != "unreadable":
        raise NothingToRead()
    row.state, row.problem = "stored", ""
    session.flush()
    outbox.publish(session, WebhookStored(webhook_id))


def names() -> Collection[str]:
    """The providers an account can be connected to."""
    return sorted(providers.BY_NAME)


def _watching(
    session: Session, row: FeedConnection, last_ms: int | None, heard: int | None, bad: int | None
) -> Watching:
    until_ms = row.old_until_ms if row.old_secret else None
    return Watching(
        row.id,
        row.provider,
        f"/webhooks/{row.provider}/{row.id}",
        accounts.facts(session, row.account_id),
        row.created_ms,
        last_ms,
        heard or 0,
        bad or 0,
        until_ms if until_ms is not None and until_ms > clock.now_ms() else None,
        Capabilities(row.can_in, row.can_out, row.can_balance),
        row.virtual_number,
    )
