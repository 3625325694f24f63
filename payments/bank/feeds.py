"""Feed connections: one seller's account at one provider that tells what the bank saw.

Refuses to hand its secrets to anything but the check of a signature and the making of one. A secret is
changed without a gap: the one before is believed for two days more, while the provider repeats old notices.
"""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, vault
from core.errors import NotFound
from core.ids import new_id
from payments.bank.accounts import AccountFacts
from payments.errors import NoSecret
from payments.models import FeedConnection
from payments.providers import capabilities

OLD_KEPT_MS = 2 * 24 * 60 * 60 * 1000
"""How long a replaced secret is believed; no provider repeats a notice for longer than a day."""


@dataclass(frozen=True)
class FeedFacts:
    """A connection; `secrets` are what the provider may sign with now, the newest first, in clear."""

    id: str
    seller_id: str
    account_id: str
    provider: str
    secrets: tuple[str, ...] = field(repr=False)

    @property
    def secret(self) -> str:
        """The newest one."""
        return self.secrets[0]


def connect(session: Session, account: AccountFacts, provider: str, secret: str) -> str:
    """Connect an account to a provider and return the feed's id; `secret` is stored sealed.

    Precondition: `provider` is a name in `payments.providers.BY_NAME`.

    Raises:
        NoSecret: `secret` is empty.
    """
    can = capabilities.OF[provider]
    row = FeedConnection(
        id=new_id(),
        seller_id=account.seller_id,
        account_id=account.id,
        provider=provider,
        secret=vault.seal(_given(secret)),
        created_ms=clock.now_ms(),
        can_in=can.incoming,
        can_out=can.outgoing,
        can_balance=can.balance,
    )
    session.add(row)
    session.flush()
    return row.id


def rotate(session: Session, feed_id: str, secret: str) -> None:
    """Sign with `secret` from now on; the one before stays valid for `OLD_KEPT_MS`, any older one ends.

    The same secret again changes nothing, so that the one before it keeps its time.

    Raises:
        NotFound: there is no such connection.
        NoSecret: `secret` is empty.
    """
    row = session.get(FeedConnection, feed_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound()
    is_ours = vault.can_unseal(row.secret)  # not where SECRET_KEY was changed: then this mends it
    if is_ours and vault.unseal(row.secret) == _given(secret):
        return
    row.old_secret = row.secret if is_ours else None
    row.old_until_ms = clock.now_ms() + OLD_KEPT_MS
    row.secret = vault.seal(_given(secret))
    session.flush()


def facts(session: Session, provider: str, feed_id: str) -> FeedFacts:
    """The connection `feed_id` at `provider`.

    Raises:
        NotFound: there is no such connection.
    """
    row = session.get(FeedConnection, feed_id)
    if row is None or row.provider != provider:
        raise NotFound()
    return _facts(row)


def of_account(session: Session, account_id: str, provider: str) -> FeedFacts:
    """The first connection of an account at a provider.

    Raises:
        NotFound: that provider does not watch that account.
    """
    query = (
        select(FeedConnection)
        .where(FeedConnection.account_id == account_id, FeedConnection.provider == provider)
        .order_by(FeedConnection.created_ms, FeedConnection.id)
        .limit(1)
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound()
    return _facts(row)


def _given(secret: str) -> str:
    if not secret:
        raise NoSecret()
    return secret


def _facts(row: FeedConnection) -> FeedFacts:
    secrets = [vault.unseal(row.secret)]
    if row.old_secret and row.old_until_ms is not None and clock.now_ms() < row.old_until_ms:
        secrets.append(vault.unseal(row.old_secret))
    return FeedFacts(row.id, row.seller_id, row.account_id, row.provider, tuple(secrets))
