"""What a product is, its own words to count in, and what its seller may change of it and its packs."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from catalog import listings, offers, products, search
from catalog.listings import NewListing
from catalog.modes import Mode, ModeNeedsScales
from catalog.products import Details, NewProduct, TooManyUnits
from catalog.units import UnitWord, parse_quantity
from core.errors import BadRequest, NotFound
from core.quantity import BadQuantity, BaseUnit
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_seller

TEA = Details(name="Chè đinh", kind="che_dinh", shelf_days=365, season_from=3, season_to=11)


def listed(session: Session) -> tuple[str, str, str]:
    """A seller, a product and a listing of it."""
    seller_id = make_seller(session)
    product_id = make_product(session, seller_id, on_hand=2000)
    return seller_id, product_id, make_listing(session, product_id=product_id)


def found(session: Session, words: str) -> list[str]:
    return list(search.find(session, search.Wanted(query=words)).listing_ids)


def test_a_new_product_gets_the_kind_its_name_speaks_of(session: Session) -> None:
    seller_id = make_seller(session)
    new = NewProduct("Miến dong Na Rì", "", BaseUnit.G, "glass-noodles")
    product_id = products.add(session, seller_id, new)
    assert products.facts(session, seller_id, product_id).details.kind == "mien_dong"


def test_what_is_said_of_a_product_can_be_said_otherwise(session: Session) -> None:
    seller_id, product_id, listing_id = listed(session)
    products.change(session, seller_id, product_id, TEA)
    assert products.facts(session, seller_id, product_id).details == TEA
    assert listings.get(session, listing_id).name == "Chè đinh"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("kind", "gold"),
        ("shelf_days", 0),
        ("removal_days", -1),
        ("season_from", 13),
        ("season_to", None),
    ],
)
def test_nonsense_is_refused_with_its_field(session: Session, field: str, value: object) -> None:
    seller_id, product_id, _ = listed(session)
    with pytest.raises(BadRequest) as caught:
        products.change(session, seller_id, product_id, replace(TEA, **{field: value}))  # type: ignore[arg-type]
    assert caught.value.data["field"] in {field, "season_from"}


def test_a_product_is_counted_in_its_own_words(session: Session) -> None:
    seller_id, product_id, _ = listed(session)
    products.add_unit(session, seller_id, product_id, UnitWord("Thùng", 4000))
    products.add_unit(session, seller_id, product_id, UnitWord("thùng", 5000))
    factors = products.factors_of(session, product_id)
    assert parse_quantity("2 thùng", "g", factors) == 10_000
    products.remove_unit(session, seller_id, product_id, "THÙNG")
    assert products.units_of(session, product_id) == ()


@pytest.mark.parametrize("unit", [UnitWord("bó", 0), UnitWord("bó", 10**12)])
def test_a_word_for_nothing_or_all_is_refused(session: Session, unit: UnitWord) -> None:
    seller_id, product_id, _ = listed(session)
    with pytest.raises(BadQuantity):
        products.add_unit(session, seller_id, product_id, unit)


@pytest.mark.parametrize("word", ["", " ", "2 bó", "-"])
def test_what_is_no_word_is_refused(session: Session, word: str) -> None:
    seller_id, product_id, _ = listed(session)
    with pytest.raises(BadRequest):
        products.add_unit(session, seller_id, product_id, UnitWord(word, 300))


def test_twelve_words_are_enough(session: Session) -> None:
    seller_id, product_id, _ = listed(session)
    for number in range(12):
        products.add_unit(session, seller_id, product_id, UnitWord("b" * (number + 1), 300))
    products.add_unit(session, seller_id, product_id, UnitWord("b", 400))
    with pytest.raises(TooManyUnits):
        products.add_unit(session, seller_id, product_id, UnitWord("sọt", 300))


def test_what_is_hidden_is_not_found_until_it_is_shown_again(session: Session) -> None:
    seller_id, _, listing_id = listed(session)
    offers.describe(session, seller_id, listing_id, "gói", Mode.PACK)
    assert found(session, "moc cau") == [listing_id]
    offers.hide(session, seller_id, listing_id)
    offers.hide(session, seller_id, listing_id)
    assert (found(session, "moc cau"), listings.get(session, listing_id).on_sale) == ([], False)
    offers.show_again(session, seller_id, listing_id)
    assert found(session, "moc cau") == [listing_id]


def test_a_pack_of_a_kilo_can_be_priced_by_the_scales(session: Session) -> None:
    seller_id, product_id, listing_id = listed(session)
    offers.describe(session, seller_id, listing_id, "kg", Mode.ESTIMATE_THEN_SETTLE)
    pack = NewListing(product_id, 1000, "kg", 100_000, Mode.ESTIMATE_THEN_SETTLE)
    assert listings.get(session, listings.add(session, seller_id, pack)).by_weight
    assert listings.get(session, listing_id).by_weight


def test_what_is_counted_is_not_priced_by_the_scales(session: Session) -> None:
    seller_id = make_seller(session)
    eggs = make_product(session, seller_id, base_unit="piece")
    basket = make_listing(session, product_id=eggs, pack_size=10)
    with pytest.raises(ModeNeedsScales):
        offers.describe(session, seller_id, basket, "chục", Mode.ESTIMATE_THEN_SETTLE)


@pytest.mark.parametrize("word", ["", " ", "3"])
def test_a_pack_needs_a_word(session: Session, word: str) -> None:
    seller_id, _, listing_id = listed(session)
    with pytest.raises(BadRequest):
        offers.describe(session, seller_id, listing_id, word, Mode.PACK)


def test_another_sellers_goods_are_not_found(session: Session) -> None:
    _, product_id, listing_id = listed(session)
    stranger = make_seller(session)
    acts: tuple[Callable[[], None], ...] = (
        lambda: products.change(session, stranger, product_id, TEA),
        lambda: products.add_unit(session, stranger, product_id, UnitWord("bó", 300)),
        lambda: products.remove_unit(session, stranger, product_id, "bó"),
        lambda: offers.hide(session, stranger, listing_id),
        lambda: offers.show_again(session, stranger, listing_id),
        lambda: offers.describe(session, stranger, listing_id, "gói", Mode.PACK),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()
