"""A seller who takes cards, and the Stripe that is asked."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.factories import cards
from tests.factories.payments import Till, make_till
from tests.support.fake_stripe import FakeStripe


@pytest.fixture
def stripe() -> Iterator[FakeStripe]:
    with cards.sealed(), cards.spoken_to() as fake:
        yield fake


@pytest.fixture
def till(session: Session, stripe: FakeStripe) -> Till:
    """Of a seller who takes cards; `stripe` is asked first, so that secrets are sealed with its key."""
    made = make_till(session)
    cards.connect(session, made.seller_id)
    return made
