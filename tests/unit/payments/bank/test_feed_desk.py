"""Owners connect feeds themselves: the secret goes in once, notices are heard, unread ones are read again."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import NotFound
from payments.bank import feed_desk, feeds, inbox
from payments.bank.accounts import NewAccount, add
from payments.bank.feed_desk import FeedKnown, NothingToRead
from payments.errors import NoSecret
from payments.events import FeedConnected, WebhookStored
from payments.models import BankLine, WebhookBody
from shop.notices import account_news
from shop.notices.models import Notice
from tests.factories.identity import make_login
from tests.factories.payments import Transfer, make_till, open_payment, pay, sepay_body, tell


def test_a_provider_is_connected_once_with_its_secret(session: Session) -> None:
    till = make_till(session)
    feed = feed_desk.connect(session, till.seller_id, till.account_id, ("casso", "a secret"))
    assert feeds.facts(session, "casso", feed).secret == "a secret"
    with pytest.raises(FeedKnown):
        feed_desk.connect(session, till.seller_id, till.account_id, ("casso", "another"))
    with pytest.raises(NoSecret):
        feed_desk.connect(session, till.seller_id, till.account_id, ("payos", ""))


def test_nobody_connects_or_reads_for_another_seller(session: Session) -> None:
    till, other = make_till(session), make_till(session)
    webhook = tell(session, till, b"{}")
    with pytest.raises(NotFound):
        feed_desk.connect(session, other.seller_id, till.account_id, ("casso", "a secret"))
    with pytest.raises(NotFound):
        feed_desk.rotate(session, other.seller_id, till.feed_id, "a secret")
    with pytest.raises(NotFound):
        feed_desk.read_again(session, other.seller_id, webhook)


def test_the_page_knows_when_a_feed_was_heard_and_until_when_its_old_secret_is_good(
    session: Session, time_at: FixedClock
) -> None:
    till = make_till(session)
    (before,) = feed_desk.of_seller(session, till.seller_id)
    assert (before.last_ms, before.heard, before.old_until_ms) == (None, 0, None)
    pay(session, till, open_payment(session, till), 130_000)
    feed_desk.rotate(session, till.seller_id, till.feed_id, "a new secret")
    (after,) = feed_desk.of_seller(session, till.seller_id)
    assert (after.last_ms, after.heard) == (time_at.at_ms, 1)
    assert after.old_until_ms == time_at.at_ms + feeds.OLD_KEPT_MS
    time_at.advance(feeds.OLD_KEPT_MS)
    assert feed_desk.of_seller(session, till.seller_id)[0].old_until_ms is None


def test_what_could_not_be_read_is_read_again_once_its_account_is_known(session: Session) -> None:
    till = make_till(session)
    body = sepay_body(till, Transfer("tien che", 50_000), accountNumber="777788889999")
    webhook = tell(session, till, body)
    (unread,) = feed_desk.unread(session, till.seller_id)
    assert unread.problem.startswith("not_our_account")
    add(session, NewAccount(till.seller_id, "999999", "777788889999", "Demo Bank", "HTX"))
    feed_desk.read_again(session, till.seller_id, webhook)
    inbox.read_stored(session, WebhookStored(webhook))
    assert session.scalars(select(BankLine.amount_vnd)).all() == [50_000]
    assert session.get_one(WebhookBody, webhook).state == "read"
    with pytest.raises(NothingToRead):
        feed_desk.read_again(session, till.seller_id, webhook)


def test_all_owners_hear_that_an_account_was_connected(session: Session) -> None:
    till = make_till(session)
    make_login(session, roles={till.seller_id: "owner"})
    for _ in range(2):
        event = FeedConnected(till.seller_id, till.account_id, till.feed_id)
        account_news.feed_connected(session, event)
    (facts,) = session.scalars(select(Notice.facts)).all()
    assert till.number not in facts
