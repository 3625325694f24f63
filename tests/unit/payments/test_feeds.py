"""Feeds and their sealed secrets."""

import pytest
from cryptography.fernet import InvalidToken
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from payments import accounts, feeds, vault
from payments.accounts import NewAccount
from payments.models import FeedConnection
from tests.factories.payments import SECRET, make_till


def test_the_secret_is_not_in_the_database_in_clear(session: Session) -> None:
    till = make_till(session)
    assert SECRET not in session.scalars(select(FeedConnection.secret)).one()
    assert feeds.facts(session, "sepay", till.feed_id).secret == SECRET


def test_the_secret_is_not_in_what_is_logged(session: Session) -> None:
    till = make_till(session)
    assert SECRET not in repr(feeds.facts(session, "sepay", till.feed_id))


def test_another_installation_cannot_unseal_it() -> None:
    vault.use("one installation's secret key, long enough")
    sealed = vault.seal(SECRET)
    vault.use("another installation's secret key, as long")
    with pytest.raises(InvalidToken):
        vault.unseal(sealed)


@pytest.mark.parametrize("provider", ["casso", ""])
def test_a_feed_is_found_at_its_own_provider_only(session: Session, provider: str) -> None:
    till = make_till(session)
    with pytest.raises(NotFound):
        feeds.facts(session, provider, till.feed_id)


def test_an_account_knows_its_feed(session: Session) -> None:
    till = make_till(session)
    assert feeds.of_account(session, till.account_id).id == till.feed_id


def test_an_account_nobody_watches_has_no_feed(session: Session) -> None:
    till = make_till(session)
    other = accounts.add(session, NewAccount(till.seller_id, "999999", "77", "Demo", "HTX"))
    with pytest.raises(NotFound):
        feeds.of_account(session, other)
