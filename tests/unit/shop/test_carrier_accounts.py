"""Accounts at carriers: tokens sealed and forgotten, other sellers unknown, and what fsck finds."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import NotFound
from shop.carriers import booking, connections
from shop.carriers.carrier_errors import BadToken, NotConnected
from shop.carriers.models import CarrierConnection, CarrierParcel
from shop.shipments import shipments
from tests.factories.carriers import GHTK, booked, problems, sent, speak, spoken_to
from tests.factories.identity import make_seller
from tests.factories.shop import make_stand
from tests.support.fake_carrier import TOKEN, FakeCarrier


@pytest.fixture
def carrier() -> Iterator[FakeCarrier]:
    with spoken_to() as fake:
        yield fake


def test_a_token_is_sealed_never_shown_and_forgotten(
    session: Session, carrier: FakeCarrier
) -> None:
    seller = make_seller(session)
    for wrong in ("short", "with a space in it", "chữ-có-dấu-đây", "x" * 201):
        with pytest.raises(BadToken):
            connections.connect(session, seller, GHTK, (wrong, ""), "p:owner")
    with pytest.raises(NotFound):
        connections.connect(session, seller, "nobody", (TOKEN, ""), "p:owner")
    connections.connect(session, seller, GHTK, (TOKEN, ""), "p:owner")
    row = session.scalars(select(CarrierConnection)).one()
    assert TOKEN not in row.token
    assert TOKEN not in repr(connections.account(session, seller, GHTK))
    assert connections.account(session, seller, GHTK).token == TOKEN
    connections.disconnect(session, seller, GHTK)
    assert (row.token, connections.of_seller(session, seller)) == ("", {})
    with pytest.raises(NotConnected):
        connections.account(session, seller, GHTK)


def test_another_token_is_told_to_somebody(session: Session, carrier: FakeCarrier) -> None:
    stand = make_stand(session)
    code = sent(session, stand)
    connections.connect(session, stand.seller_id, GHTK, ("not-the-token", ""), "p:owner")
    booking.book(session, stand.seller_id, GHTK, [shipments.for_order(session, code).label_code])
    assert speak(session, code).trouble == "401"


def test_another_sellers_parcel_is_as_unknown_as_any(
    session: Session, carrier: FakeCarrier
) -> None:
    code, _ = booked(session, make_stand(session))
    other = make_seller(session)
    connections.connect(session, other, GHTK, (TOKEN, ""), "p:owner")
    label = shipments.for_order(session, code).label_code
    for act in (
        lambda: booking.book(session, other, GHTK, [label]),
        lambda: booking.cancel(session, other, label),
    ):
        with pytest.raises(NotFound):
            act()


def test_fsck_finds_orders_that_do_not_follow_and_parcels_nobody_asks_after(
    session: Session, carrier: FakeCarrier
) -> None:
    booked(session, make_stand(session))
    session.execute(update(CarrierParcel).values(state="delivered", ask_ms=None))
    assert any("carriers.orders_follow" in one for one in problems(session))
    session.execute(update(CarrierParcel).values(state="moving"))
    assert any("carriers.parcels_are_followed" in one for one in problems(session))
    session.execute(update(CarrierConnection).values(token="not sealed"))
    assert any("carriers.tokens_open" in one for one in problems(session))
