"""Feed connections: one seller's account at one provider that tells what the bank saw.

Refuses to hand its secret to anything but the check of a signature and the making of one.
"""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.ids import new_id
from payments import vault
from payments.accounts import AccountFacts
from payments.models import FeedConnection


@dataclass(frozen=True)
class FeedFacts:
    """A connection; `secret` is what the provider signs with, in clear, for this moment only."""

    id: str
    seller_id: str
    account_id: str
    provider: str
    secret: str = field(repr=False)


def connect(session: Session, account: AccountFacts, provider: str, secret: str) -> str:
    """Connect an account to a provider and return the feed's id; `secret` is stored sealed.

    Precondition: `provider` is a name in `payments.providers.BY_NAME`.
    """
    row = FeedConnection(
        id=new_id(),
        seller_id=account.seller_id,
        account_id=account.id,
        provider=provider,
        secret=vault.seal(secret),
        created_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    return row.id


def facts(session: Session, provider: str, feed_id: str) -> FeedFacts:
    """The connection `feed_id` at `provider`.

    Raises:
        NotFound: there is no such connection.
    """
    row = session.get(FeedConnection, feed_id)
    if row is None or row.provider != provider:
        raise NotFound()
    return _facts(row)


def of_account(session: Session, account_id: str) -> FeedFacts:
    """The first connection of an account.

    Raises:
        NotFound: no provider watches that account.
    """
    query = (
        select(FeedConnection)
        .where(FeedConnection.account_id == account_id)
        .order_by(FeedConnection.created_ms, FeedConnection.id)
        .limit(1)
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound()
    return _facts(row)


def _facts(row: FeedConnection) -> FeedFacts:
    return FeedFacts(row.id, row.seller_id, row.account_id, row.provider, vault.unseal(row.secret))
