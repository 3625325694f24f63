"""Listings: what everybody may know, found by name, page by page, in few queries."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from catalog import browse, listings, product_page, products, stock
from catalog.listings import NewListing
from catalog.models import Listing
from catalog.products import NewProduct
from catalog.search import Wanted
from core.clock import FixedClock
from core.errors import BadRequest, NotFound
from core.money import BadAmount
from core.quantity import BadQuantity, BaseUnit
from tests.factories.catalog import keep, make_listing, make_product
from tests.factories.identity import make_seller


def count_statements(session: Session) -> list[str]:
    seen: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: seen.append(a[2]))
    return seen


def test_a_listing_shows_the_packs_that_can_be_had(session: Session) -> None:
    listing = listings.get(session, make_listing(session, on_hand=1999))
    assert (listing.available_packs, listing.on_sale, listing.only_in_live) == (9, True, False)


def test_what_is_held_is_not_shown(session: Session) -> None:
    listing = listings.get(session, make_listing(session, on_hand=2000))
    keep(session, listing.product_id, 1900)
    assert listings.get(session, listing.id).available_packs == 0


def test_it_says_when_only_the_live_sale_has_some_left(session: Session) -> None:
    listing = listings.get(session, make_listing(session, on_hand=2000))
    allotment = stock.grant(session, listing.product_id, 2000, "pin:A1")
    assert listings.get(session, listing.id).only_in_live
    stock.take(session, allotment, 200, 10)
    assert not listings.get(session, listing.id).only_in_live


def test_missing_ones_are_absent_and_a_single_one_is_not_found(session: Session) -> None:
    known = make_listing(session)
    assert list(listings.facts(session, [known, "nowhere"])) == [known]
    with pytest.raises(NotFound):
        listings.get(session, "nowhere")


@pytest.mark.parametrize("query", ["", "che", "Chè MÓC", "moc tan cuong", "htx"])
def test_a_listing_is_found_without_marks_or_case(session: Session, query: str) -> None:
    seller = make_seller(session, name="HTX Chè Tân Cương")
    new = NewProduct("Chè móc câu", "", BaseUnit.G, "tea")
    product = products.add(session, seller, new)
    listing = listings.add(session, seller, NewListing(product, 200, "gói", 65_000))
    assert [item.id for item in browse.page(session, Wanted(query)).items] == [listing]


@pytest.mark.parametrize("query", ["gạo", "%", "_", "che gao", "\\"])
def test_what_does_not_fit_is_not_found(session: Session, query: str) -> None:
    make_listing(session)
    assert browse.page(session, Wanted(query)).items == ()


def test_hidden_listings_are_not_browsed_but_still_known(session: Session) -> None:
    listing = make_listing(session, state="hidden")
    assert browse.page(session, Wanted()).items == ()
    assert not listings.get(session, listing).on_sale


def test_pages_follow_each_other_without_gap_or_repeat(
    session: Session, time_at: FixedClock
) -> None:
    product = make_product(session, on_hand=2000)
    made = []
    for tick in (0, 0, 1, 1, 1):
        time_at.advance(tick)
        made.append(make_listing(session, product_id=product))
    seen: list[str] = []
    after: str | None = None
    while True:
        page = browse.page(session, Wanted(), after, 2)
        seen += [item.id for item in page.items]
        after = page.after
        if after is None:
            break
    assert seen[:3] == made[:1:-1]
    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize("cursor", ["", "x", "1", "1-", "-a", "9" * 30 + "-a", "²-a"])
def test_a_cursor_that_is_not_ours_is_refused(session: Session, cursor: str) -> None:
    with pytest.raises(BadRequest):
        browse.page(session, Wanted(), cursor)


def test_a_page_costs_four_queries_however_long(session: Session) -> None:
    for _ in range(5):
        make_listing(session)
    statements = count_statements(session)
    assert len(browse.page(session, Wanted()).items) == 5
    assert len(statements) == 4


def test_whole_pages_cost_few_queries(session: Session) -> None:
    for _ in range(5):
        listing = make_listing(session)
    session.expire_all()
    statements = count_statements(session)
    assert len(browse.results(session, Wanted()).cards) == 5
    assert len(statements) == 8
    product_page.read(session, listing)
    assert len(statements) == 8 + 13


def test_a_seller_sees_all_it_offers_hidden_too(session: Session) -> None:
    seller = make_seller(session)
    mine = {make_listing(session, seller), make_listing(session, seller, state="hidden")}
    make_listing(session)
    assert {item.id for item in listings.of_seller(session, seller)} == mine


def test_only_a_seller_offers_its_product(session: Session) -> None:
    product = make_product(session)
    with pytest.raises(NotFound):
        listings.add(session, make_seller(session), NewListing(product, 200, "gói", 65_000))


@pytest.mark.parametrize(
    ("size", "price", "refusal"), [(0, 1, BadQuantity), (1, 0, BadAmount), (1, 10**9, BadAmount)]
)
def test_packs_and_prices_must_be_real(
    session: Session, size: int, price: int, refusal: type[Exception]
) -> None:
    seller = make_seller(session)
    product = make_product(session, seller)
    with pytest.raises(refusal):
        listings.add(session, seller, NewListing(product, size, "gói", price))
    assert session.query(Listing).count() == 0
