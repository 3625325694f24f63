"""Feeds and their sealed secrets."""

import pytest
from cryptography.fernet import InvalidToken
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import vault
from core.clock import FixedClock
from core.errors import NotFound
from payments.bank import accounts, feeds
from payments.bank.accounts import NewAccount
from payments.errors import NoSecret
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
    assert feeds.of_account(session, till.account_id, "sepay").id == till.feed_id


def test_an_account_nobody_watches_has_no_feed(session: Session) -> None:
    till = make_till(session)
    other = accounts.add(session, NewAccount(till.seller_id, "999999", "77", "Demo", "HTX"))
    with pytest.raises(NotFound):
        feeds.of_account(session, other, "sepay")


def test_a_new_secret_leaves_the_old_one_valid_for_two_days(
    session: Session, time_at: FixedClock
) -> None:
    till = make_till(session)
    feeds.rotate(session, till.feed_id, "the new one")
    assert feeds.facts(session, "sepay", till.feed_id).secrets == ("the new one", SECRET)
    time_at.advance(feeds.OLD_KEPT_MS)
    assert feeds.facts(session, "sepay", till.feed_id).secrets == ("the new one",)


def test_two_secrets_are_valid_at_most(session: Session) -> None:
    till = make_till(session)
    for secret in ("second", "third", "third"):
        feeds.rotate(session, till.feed_id, secret)
    assert feeds.facts(session, "sepay", till.feed_id).secrets == ("third", "second")


def test_no_feed_is_without_a_secret(session: Session) -> None:
    till = make_till(session)
    with pytest.raises(NoSecret):
        feeds.rotate(session, till.feed_id, "")
    with pytest.raises(NoSecret):
        feeds.connect(session, accounts.facts(session, till.account_id), "casso", "")


def test_a_feed_nobody_has_gets_no_new_secret(session: Session) -> None:
    with pytest.raises(NotFound):
        feeds.rotate(session, "nosuchfeed", "a secret")


def test_a_new_secret_mends_a_feed_that_another_installation_sealed(session: Session) -> None:
    till = make_till(session)
    session.execute(update(FeedConnection).values(secret="sealed elsewhere"))
    feeds.rotate(session, till.feed_id, "the new one")
    assert feeds.facts(session, "sepay", till.feed_id).secrets == ("the new one",)
