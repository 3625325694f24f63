"""A listing as a card: its photo for every phone, new and old."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from catalog import cards, listings
from catalog.cards import Dress
from catalog.photos import PhotoFacts, Subject
from core.identity import sellers
from tests.factories.catalog import make_listing
from tests.factories.identity import make_seller


def card_with(session: Session, *photos: PhotoFacts) -> cards.Card:
    """A card of tea with these photos."""
    seller = make_seller(session)
    item = listings.get(session, make_listing(session, seller))
    dress = Dress(photos={item.product_id: photos})
    return cards.card(item, sellers.facts(session, seller), dress)


def photo(width: int = 1280) -> PhotoFacts:
    return PhotoFacts("pic", "s", Subject("product", "p"), 0, "ready", width=width, height=960)


def test_a_card_offers_the_smallest_kind_first_and_a_jpeg_to_every_phone(session: Session) -> None:
    card = card_with(session, photo())
    assert list(card.photo_sets) == ["image/avif", "image/webp", "image/jpeg"]
    assert card.photo == "/photos/pic/320.jpg"
    for kind, ending in (("image/avif", "avif"), ("image/jpeg", "jpg")):
        widths = f"/photos/pic/320.{ending} 320w, /photos/pic/640.{ending} 640w"
        assert card.photo_sets[kind] == widths


def test_a_card_without_a_photo_has_none(session: Session) -> None:
    assert card_with(session).photo_sets == {}


def test_a_card_says_the_price_of_a_kilo_beside_that_of_a_pack(
    client: FlaskClient, session: Session
) -> None:
    make_listing(session, price_vnd=65_000)
    session.commit()
    page = client.get("/search").text
    assert "65.000" in page
    assert "325.000" in page


@pytest.mark.parametrize(("width", "most"), [(300, "300w"), (500, "500w"), (1280, "640w")])
def test_no_card_asks_for_more_pixels_than_there_are(
    session: Session, width: int, most: str
) -> None:
    said = card_with(session, photo(width)).photo_sets["image/jpeg"]
    assert re.findall(r"\d+w", said)[-1] == most
