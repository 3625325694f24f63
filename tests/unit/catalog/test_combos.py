"""Sets of listings sold as one."""

import pytest
from sqlalchemy.orm import Session

from catalog import combos, listings
from catalog.combos import BadCombo, ComboWish, NotForCombos, PartWish
from core import fsck
from core.errors import NotFound
from core.quantity import BadQuantity
from tests.factories.catalog import keep, make_listing, make_product
from tests.factories.identity import make_seller
from tests.factories.offers import make_combo, make_forecast


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


def tea_and_honey(session: Session, seller: str) -> tuple[str, str]:
    tea = make_listing(session, seller, on_hand=2_000)
    honey = make_product(session, seller, on_hand=900, name="Mật ong", base_unit="ml")
    return tea, make_listing(session, product_id=honey, pack_size=300, price_vnd=90_000)


def test_a_combo_can_be_had_as_often_as_its_scarcest_part(session: Session, seller: str) -> None:
    tea, honey = tea_and_honey(session, seller)
    combo = make_combo(session, seller, **{tea: 2, honey: 1})
    assert listings.get(session, combo).available_packs == 3  # 900 ml, though 5 × 2 × 200 g of tea
    keep(session, listings.get(session, tea).product_id, 1_500)
    assert listings.get(session, combo).available_packs == 1


def test_two_parts_of_one_product_are_counted_together(session: Session, seller: str) -> None:
    small = make_listing(session, seller, on_hand=1_000)
    product = listings.get(session, small).product_id
    large = make_listing(session, product_id=product, pack_size=500, price_vnd=150_000)
    combo = make_combo(session, seller, **{small: 1, large: 1})
    assert listings.get(session, combo).available_packs == 1  # 700 g each, of 1,000


def test_its_parts_say_what_is_in_it(session: Session, seller: str) -> None:
    tea, honey = tea_and_honey(session, seller)
    combo = make_combo(session, seller, **{tea: 2, honey: 1})
    parts = combos.parts_of(session, [combo, tea])[combo]
    assert [(part.packs, part.unit) for part in parts] == [(2, "gói 200 g"), (1, "gói 300 ml")]
    assert [verdict for verdict in fsck.run_all(session) if verdict.problems] == []


@pytest.mark.parametrize("packs", [0, -1, 101])
def test_a_part_has_one_to_a_hundred_packs(session: Session, seller: str, packs: int) -> None:
    tea, honey = tea_and_honey(session, seller)
    with pytest.raises(BadQuantity):
        make_combo(session, seller, **{tea: packs, honey: 1})


def test_one_thing_alone_or_twice_is_no_combo(session: Session, seller: str) -> None:
    tea, _ = tea_and_honey(session, seller)
    twice = (PartWish(tea, 1), PartWish(tea, 2))
    for parts in ((), twice[:1], twice):
        with pytest.raises(BadCombo):
            combos.add(session, seller, ComboWish("Quà", "", 100_000, parts))


def test_what_is_another_sellers_is_not_found(session: Session, seller: str) -> None:
    tea, _ = tea_and_honey(session, seller)
    with pytest.raises(NotFound):
        make_combo(session, seller, **{tea: 1, make_listing(session): 1})


def test_combos_and_coming_harvests_are_no_parts(session: Session, seller: str) -> None:
    tea, honey = tea_and_honey(session, seller)
    combo = make_combo(session, seller, **{tea: 1, honey: 1})
    with pytest.raises(NotForCombos):
        make_combo(session, seller, **{tea: 1, combo: 1})
    ahead = make_listing(session, seller)
    make_forecast(session, seller, 1_000, ahead)
    with pytest.raises(NotForCombos):
        make_combo(session, seller, **{tea: 1, ahead: 1})


def test_its_parts_are_changed_for_whoever_comes_next(session: Session, seller: str) -> None:
    tea, honey = tea_and_honey(session, seller)
    rice = make_listing(session, seller, on_hand=1_000)
    combo = make_combo(session, seller, **{tea: 2, honey: 1})
    combos.change_parts(session, seller, combo, (PartWish(tea, 1), PartWish(rice, 5)))
    parts = combos.parts_of(session, [combo])[combo]
    assert {part.listing_id: part.packs for part in parts} == {tea: 1, rice: 5}
    assert listings.get(session, combo).available_packs == 1


def test_a_combo_is_not_changed_into_none(session: Session, seller: str) -> None:
    tea, honey = tea_and_honey(session, seller)
    combo = make_combo(session, seller, **{tea: 2, honey: 1})
    for parts, refusal in (
        ((PartWish(tea, 1),), BadCombo),
        ((PartWish(tea, 1), PartWish(combo, 1)), NotForCombos),
        ((PartWish(tea, 1), PartWish(make_listing(session), 1)), NotFound),
    ):
        with pytest.raises(refusal):
            combos.change_parts(session, seller, combo, parts)
    assert len(combos.parts_of(session, [combo])[combo]) == 2


def test_only_its_seller_changes_a_combo_and_only_a_combo(session: Session, seller: str) -> None:
    tea, honey = tea_and_honey(session, seller)
    combo = make_combo(session, seller, **{tea: 2, honey: 1})
    parts = (PartWish(tea, 1), PartWish(honey, 1))
    for whose, what in ((make_seller(session), combo), (seller, tea)):
        with pytest.raises(NotFound):
            combos.change_parts(session, whose, what, parts)
