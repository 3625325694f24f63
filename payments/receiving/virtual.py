"""Virtual accounts: a number some banks want paid to, or else their feed tells nothing.

One is a number more of an account that is known: what comes to it stands on that account's statement and in
its books. To have buyers pay to it changes where money goes, so it is asked for like any such change: another
owner's yes or a day, and all owners told (`changes`). Refuses a number that stands here as something else.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db import owned
from payments.bank import accounts
from payments.models import BankAccount, FeedConnection
from payments.receiving import changes
from payments.receiving.changes import Given


def force(
    session: Session, seller_id: str, feed_id: str, typed: tuple[str, str], actor: str
) -> str:
    """Ask that buyers pay to a virtual account of the feed's account; returns the id of that change.

    `typed` is its number, twice. Orders keep the account they were placed with.

    Raises:
        NotFound: the seller has no such feed. ReceivesAlready: buyers pay to it now.
        BadRequest, NumberDiffers, AccountKnown: as `changes.add`.
    """
    feed = owned(session, FeedConnection, feed_id, seller_id)
    real = accounts.facts(session, feed.account_id)
    number, again = typed
    given = Given(seller_id, real.bin, number, again, real.holder_name, real.holder_name)
    account_id = _known(session, real.id, number) or _add(session, given, real)
    feed.virtual_number = session.get_one(BankAccount, account_id).number
    session.flush()
    return changes.ask(session, account_id, given, actor)


def _known(session: Session, real_id: str, number: str) -> str | None:
    query = select(BankAccount.id).where(
        BankAccount.virtual_of == real_id, BankAccount.number == "".join(number.split())
    )
    return session.scalars(query).one_or_none()


def _add(session: Session, given: Given, real: accounts.AccountFacts) -> str:
    account_id = changes.add(session, given, real.bank_name)
    session.get_one(BankAccount, account_id).virtual_of = real.id
    session.flush()
    return account_id
