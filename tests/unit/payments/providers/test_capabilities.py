"""What a connection tells of is kept with it, and believed where money that left must be proved."""

import pytest
from sqlalchemy.orm import Session

from payments import providers
from payments.bank import accounts, feed_desk, feeds
from payments.models import FeedConnection
from payments.providers import capabilities
from payments.refunds import owed
from tests.factories.payments import make_till, open_payment


def test_every_provider_says_what_it_tells() -> None:
    assert capabilities.OF.keys() == providers.BY_NAME.keys()
    assert all(can.incoming for can in capabilities.OF.values())


@pytest.mark.parametrize("provider", sorted(capabilities.OF))
def test_money_that_left_is_heard_where_the_provider_tells_of_it(
    session: Session, provider: str
) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    session.delete(session.get_one(FeedConnection, till.feed_id))
    assert not owed.hears_out(session, f"order:{code}")
    feeds.connect(session, accounts.facts(session, till.account_id), provider, "s3")
    (shown,) = feed_desk.of_seller(session, till.seller_id)
    assert shown.can == capabilities.OF[provider]
    assert owed.hears_out(session, f"order:{code}") is capabilities.OF[provider].outgoing
