"""What is sold live now is found as such in the shop, and only while it is."""

from sqlalchemy.orm import Session

from catalog import browse
from catalog.search import Wanted
from livestream import pins, sessions
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


def test_nothing_is_found_once_the_show_is_over(session: Session) -> None:
    show = shown_show(session)
    sessions.end(session, show.id)
    assert live(session) == {}


def test_without_a_show_nothing_is_live(session: Session) -> None:
    make_listing(session)
    assert live(session) == {}
