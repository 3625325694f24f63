"""The same show once more, in one tap."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from livestream.models import Pin
from livestream.pins import again, pins
from livestream.pins.pin_errors import NothingToCopy
from livestream.pins.pins import NewPin
from livestream.room import view
from livestream.shows import sessions
from tests.factories.catalog import make_listing
from tests.factories.identity import make_seller
from tests.factories.livestream import make_claim, make_show, pin_row


def pinned(session: Session, session_id: str) -> list[tuple[str, int, int, int]]:
    query = select(Pin).where(Pin.session_id == session_id).order_by(Pin.position)
    return [(p.code, p.packs, p.price_vnd, p.limit_packs) for p in session.scalars(query)]


def test_the_same_goods_come_again_under_the_same_codes(session: Session) -> None:
    show = make_show(session, 3, 8)
    pins.change_price(session, show.id, "A2", 55_000)
    sessions.end(session, show.id)
    new = again.clone(session, show.id)
    assert pinned(session, new.session_id) == [("A1", 3, 60_000, 5), ("A2", 8, 55_000, 5)]
    assert view.facts(session, new.session_id).title == view.facts(session, show.id).title
    assert new.left_out == ()


def test_no_more_comes_again_than_there_is(session: Session) -> None:
    show = make_show(session, 12)
    make_claim(session, show, 5)
    sessions.end(session, show.id)
    new = again.clone(session, show.id)
    (row,) = pinned(session, new.session_id)
    assert row[1] == 12  # ten in the shop, seven given back by the show
    third = again.clone(session, show.id)
    assert pinned(session, third.session_id)[0][1] == 5
    with pytest.raises(NothingToCopy):
        again.clone(session, show.id)


def test_a_shop_without_them_and_other_sellers_are_left_out(session: Session) -> None:
    show = make_show(session, 3)
    other = make_seller(session)
    new = NewPin(make_listing(session, other), 2, 50_000, 1)
    pins.add(session, show.id, new, {show.seller_id, other})
    made = again.clone(session, show.id)
    assert len(made.left_out) == 1
    assert [code for code, *_ in pinned(session, made.session_id)] == ["A1"]
    allotment = pin_row(session, show).allotment_id
    assert stock.allotment_left(session, [allotment])[allotment] == 600
