"""What is sold live now is found as such in the shop, and only while it is."""

from sqlalchemy.orm import Session

from catalog import browse, listings
from catalog.search import Wanted
from livestream.pins import pins
from livestream.shows import sessions
from tests.factories.catalog import make_listing
from tests.factories.livestream import Show, make_show, pin_row


def live(session: Session) -> dict[str, str]:
    """The rooms into which the cards of what is live lead, by listing."""
    page = browse.results(session, Wanted(live=True))
    return {card.url.rpartition("/")[2]: card.live_url for card in page.cards}


def shown_show(session: Session) -> Show:
    """A running show whose first pin is on the screen."""
    show = make_show(session)
    pins.show(session, show.id, "A1")
    return show


def test_what_is_on_the_screen_is_found_with_the_way_into_the_room(session: Session) -> None:
    show = shown_show(session)
    make_listing(session)
    listing = pin_row(session, show).listing_id
    assert live(session) == {listing: f"/live/{show.id}?code=A1"}


def test_a_card_names_the_price_of_the_room_it_leads_to(session: Session) -> None:
    show = shown_show(session)
    pin = pin_row(session, show)
    pin.price_vnd = 40_000
    session.flush()
    [card] = browse.results(session, Wanted(live=True)).cards
    shop_vnd = listings.get(session, pin.listing_id).price_vnd
    assert (card.price_vnd, card.was_vnd, card.per_vnd) == (40_000, shop_vnd, 200_000)


def test_a_card_of_what_is_not_live_has_the_shops_price(session: Session) -> None:
    shown_show(session)
    other = make_listing(session)
    cards = browse.results(session, Wanted()).cards
    [card] = [one for one in cards if one.url.endswith(other)]
    assert (card.price_vnd, card.was_vnd) == (listings.get(session, other).price_vnd, 0)


def test_nothing_is_found_once_the_show_is_over(session: Session) -> None:
    show = shown_show(session)
    sessions.end(session, show.id)
    assert live(session) == {}


def test_without_a_show_nothing_is_live(session: Session) -> None:
    make_listing(session)
    assert live(session) == {}
