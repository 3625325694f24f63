"""The index follows every change in the change's own transaction, and fsck names what was forgotten."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from catalog import browse, checks, kinds, listings, offers, prices, products, search, stock
from catalog.listings import NewListing
from catalog.models import Listing, Product, SearchRow
from catalog.products import NewProduct
from catalog.search import Wanted, upkeep
from catalog.search.wanted import Sort
from core.clock import FixedClock
from core.identity.models import Seller
from core.quantity import BaseUnit
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_seller


def found(session: Session, query: str = "", **filters: object) -> list[str]:
    page = search.find(session, Wanted(query, **filters))  # type: ignore[arg-type]
    return list(page.listing_ids)


def wrong(session: Session) -> list[str]:
    return list(checks.rows_are_what_listings_say(session))


def test_a_new_listing_is_found_at_once(session: Session) -> None:
    seller = make_seller(session)
    product = products.add(session, seller, NewProduct("Nấm lim", "", BaseUnit.G, "mushrooms"))
    listing = listings.add(session, seller, NewListing(product, 200, "gói", 65_000))
    assert found(session, "nam lim") == [listing]
    assert wrong(session) == []


def test_a_hidden_one_is_not_and_shown_again_it_has_its_old_place(session: Session) -> None:
    seller = make_seller(session)
    old, new = make_listing(session, seller), make_listing(session, seller)
    offers.hide(session, seller, old)
    assert found(session, "che") == [new]
    offers.show_again(session, seller, old)
    assert found(session, "che") == [new, old]
    assert wrong(session) == []


def test_a_new_price_changes_where_it_stands_among_prices(session: Session) -> None:
    seller = make_seller(session)
    cheap, dear = make_listing(session, seller), make_listing(session, seller, price_vnd=90_000)
    assert found(session, sort=Sort.PRICE) == [cheap, dear]
    prices.set_price(session, seller, dear, 30_000, "p:x")
    assert found(session, sort=Sort.PRICE) == [dear, cheap]
    assert wrong(session) == []


def test_what_is_counted_stands_behind_what_is_weighed(session: Session) -> None:
    product = make_product(session, base_unit="piece", on_hand=10, name="Bánh chưng")
    cake = make_listing(session, product_id=product, pack_size=1, price_vnd=1000)
    tea = make_listing(session, price_vnd=900_000)
    assert found(session, sort=Sort.PRICE) == [tea, cake]
    assert found(session, per_from_vnd=0) == [tea]


@pytest.mark.parametrize(
    ("low", "high", "fits"),
    [(325_000, None, True), (325_001, None, False), (None, 325_000, True), (None, 324_999, False)],
)
def test_prices_per_kilo_bound_what_is_found(
    session: Session, low: int | None, high: int | None, fits: bool
) -> None:
    make_listing(session)
    assert bool(found(session, per_from_vnd=low, per_to_vnd=high)) is fits


def test_what_is_in_stock_stands_first_and_can_be_asked_for(session: Session) -> None:
    there = make_listing(session, on_hand=200)
    gone = make_listing(session, on_hand=199)
    assert found(session) == [there, gone]
    assert found(session, in_stock=True) == [there]


def test_stock_is_read_where_it_is_and_never_out_of_date(session: Session) -> None:
    listing = make_listing(session, on_hand=200)
    product = listings.get(session, listing).product_id
    stock.grant(session, product, 200, "pin:A1")
    assert found(session, in_stock=True) == []


def test_a_season_is_the_products_own_or_its_kinds(session: Session, time_at: FixedClock) -> None:
    """The clock stands in November: persimmons are ripe, custard apples are not, unless late ones."""
    make_listing(session, product_id=make_product(session, name="Na dai"))
    ripe = [
        make_listing(session, product_id=make_product(session, name="Hồng không hạt")),
        make_listing(
            session, product_id=make_product(session, name="Na muộn", season_from=10, season_to=1)
        ),
    ]
    assert sorted(found(session, in_season=True)) == sorted(ripe)


@pytest.mark.parametrize(("month", "fits"), [(9, True), (12, True), (8, False), (1, False)])
def test_goods_can_be_asked_for_by_a_month_of_their_harvest(
    session: Session, month: int, fits: bool
) -> None:
    ripe = make_listing(session, product_id=make_product(session, name="Hồng không hạt"))
    assert found(session, month=month) == ([ripe] if fits else [])


def test_filters_hold_together(session: Session) -> None:
    tea = make_listing(session, make_seller(session, "HTX A"))
    make_listing(session, product_id=make_product(session, name="Na dai", on_hand=900))
    seller = listings.get(session, tea).seller_id
    commune = session.query(SearchRow).filter_by(listing_id=tea).one().commune_code
    asked = {"kind": "che_moc_cau", "commune": commune, "seller": seller, "in_stock": True}
    assert found(session, "che", **asked) == [tea]
    assert found(session, "na", **asked) == []


def test_fsck_names_what_was_changed_behind_the_indexs_back(session: Session) -> None:
    listing = make_listing(session)
    session.execute(update(Product).values(name="Gạo bao thai"))
    assert [line for line in wrong(session) if f"listing={listing}" in line]
    search.rebuild(session)
    session.expire_all()
    assert wrong(session) == []
    assert found(session, "gao") == [listing]


def test_fsck_names_a_listing_without_a_row(session: Session) -> None:
    listing = make_listing(session)
    session.query(SearchRow).delete()
    assert wrong(session)
    assert search.index_missing(session) == 1
    assert wrong(session) == []
    assert found(session, "che") == [listing]


def test_a_seller_renamed_is_found_by_its_new_name(session: Session) -> None:
    listing = make_listing(session)
    session.query(Seller).update({"name": "HTX Núi Cốc"})
    search.index_seller(session, session.get_one(Listing, listing).seller_id)
    assert found(session, "nui coc") == [listing]
    assert found(session, "tan cuong nui coc che") == [listing]


def test_the_rebuild_command_says_how_much_it_made(app: Flask) -> None:
    with app.app_context(), Session(app.extensions["write_engine"]) as session:
        make_listing(session)
        session.commit()
    answer = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert '"indexed": 1' in answer.output


def slip(session: Session) -> str:
    return search.find(session, Wanted("mein dong")).meant


def test_a_rebuild_keeps_the_words_of_rows_that_were_right(session: Session) -> None:
    make_listing(session, product_id=make_product(session, name="Miến dong"))
    search.rebuild(session)
    assert slip(session) == "mien dong"


def test_an_index_of_another_release_is_made_anew_when_prepared(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new kind, as a release may bring one, changes the words of listings nobody touches."""
    make_listing(session, product_id=make_product(session, name="Nấm trâm tươi"))
    upkeep.bring_up_to_date(session)
    new = replace(kinds.KINDS["nam"], code="nam_tram", also=("nam tram",))
    with monkeypatch.context() as release:
        release.setattr(kinds, "_ALIASES", [("nam tram", new), *kinds._ALIASES])
        release.setattr(kinds, "KINDS", {**kinds.KINDS, "nam_tram": new})
        assert wrong(session)
        assert upkeep.bring_up_to_date(session) == 0  # the same release: nothing to do
        release.setattr(upkeep, "_stamp", lambda: ":made=another")
        assert upkeep.bring_up_to_date(session) == 1
        assert wrong(session) == []
        assert upkeep.bring_up_to_date(session) == 0


def test_the_stamp_of_the_index_is_no_word(session: Session) -> None:
    make_listing(session)
    search.rebuild(session)
    assert found(session, "made") == []


def test_every_table_of_words_is_in_the_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without one of the files it is another stamp."""
    upkeep._stamp.cache_clear()
    whole = upkeep._stamp()
    for package, names in upkeep._MADE_BY.items():
        for name in names:
            fewer = {**upkeep._MADE_BY, package: tuple(each for each in names if each != name)}
            monkeypatch.setattr(upkeep, "_MADE_BY", fewer)
            upkeep._stamp.cache_clear()
            assert upkeep._stamp() != whole
            monkeypatch.undo()
    upkeep._stamp.cache_clear()


def test_the_meaning_is_told_with_its_marks(session: Session) -> None:
    make_listing(session, product_id=make_product(session, name="Miến dong Na Rì"))
    assert browse.results(session, Wanted("mien rong")).meant == "miến dong"
