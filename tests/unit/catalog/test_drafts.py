"""A listing is written on a phone, kept as typed, and put on sale when it is whole."""

import pytest
from sqlalchemy.orm import Session

from catalog import drafts, listings, stock
from catalog.drafts import DraftFault, TooManyDrafts
from catalog.modes import Mode
from core.errors import BadRequest, NotFound
from tests.factories.identity import make_person, make_seller

TEA = {
    "name": "Chè móc câu",
    "unit_word": "gói",
    "pack": "2",
    "pack_unit": "lạng",
    "price": "65k",
    "quantity": "2,5",
    "quantity_unit": "yến",
}
ACTOR = "p:test"


def begun(session: Session, **typed: str) -> tuple[str, str]:
    """A seller and a draft of it with these words."""
    seller_id = make_seller(session)
    draft_id = drafts.start(session, seller_id, make_person(session))
    drafts.save(session, seller_id, draft_id, typed)
    return seller_id, draft_id


def test_what_was_typed_is_kept_and_the_rest_stays(session: Session) -> None:
    seller_id, draft_id = begun(session, name="Chè", price="65")
    drafts.save(session, seller_id, draft_id, {"price": "65k"})
    draft = drafts.get(session, seller_id, draft_id)
    assert (draft["name"], draft["price"], draft["pack"]) == ("Chè", "65k", "")


def test_a_whole_draft_becomes_a_listing_with_stock(session: Session) -> None:
    seller_id, draft_id = begun(session, **TEA)
    listing = listings.get(session, drafts.sell(session, seller_id, draft_id, ACTOR))
    assert (listing.name, listing.pack_size, listing.price_vnd) == ("Chè móc câu", 200, 65_000)
    assert (listing.kind, listing.art, listing.mode) == ("che_moc_cau", "tea", Mode.PACK)
    assert stock.levels(session, [listing.product_id])[listing.product_id].on_hand == 25_000
    assert drafts.of_seller(session, seller_id) == ()


def test_selling_twice_lists_once(session: Session) -> None:
    seller_id, draft_id = begun(session, **TEA)
    first = drafts.sell(session, seller_id, draft_id, ACTOR)
    assert drafts.sell(session, seller_id, draft_id, ACTOR) == first
    assert len(listings.of_seller(session, seller_id)) == 1


def test_stock_may_be_counted_in_packs_or_come_later(session: Session) -> None:
    seller_id, draft_id = begun(session, **{**TEA, "quantity": "30", "quantity_unit": "gói"})
    listing = listings.get(session, drafts.sell(session, seller_id, draft_id, ACTOR))
    assert listing.available_packs == 30
    seller_id, draft_id = begun(session, **{**TEA, "quantity": "0"})
    listing = listings.get(session, drafts.sell(session, seller_id, draft_id, ACTOR))
    assert (listing.available_packs, listing.on_sale) == (0, True)


def test_loose_goods_are_sold_as_at_least_what_was_ordered(session: Session) -> None:
    loose = {**TEA, "name": "Na dai", "unit_word": "kg", "pack": "0,5", "pack_unit": "kg"}
    seller_id, draft_id = begun(session, **loose)
    listing = listings.get(session, drafts.sell(session, seller_id, draft_id, ACTOR))
    assert (listing.mode, listing.pack_size) == (Mode.AT_LEAST, 500)


@pytest.mark.parametrize(
    ("field", "text", "step", "why"),
    [
        ("name", "", 2, "name_missing"),
        ("unit_word", "", 3, "unit_word_missing"),
        ("unit_word", "2", 3, "unit_word_missing"),
        ("pack", "", 3, "pack_missing"),
        ("pack", "0", 3, "bad_quantity"),
        ("pack", "-1", 3, "bad_quantity"),
        ("pack", "abc", 3, "quantity_unread"),
        ("price", "", 3, "price_missing"),
        ("price", "1.250k", 3, "bad_amount"),
        ("price", "0", 3, "bad_amount"),
        ("quantity", "1000000000000", 4, "too_much"),
        ("quantity_unit", "sọt", 4, "unknown_unit"),
    ],
)
def test_a_fault_names_its_step_and_nothing_is_done(
    session: Session, field: str, text: str, step: int, why: str
) -> None:
    seller_id, draft_id = begun(session, **{**TEA, field: text})
    with pytest.raises(DraftFault) as caught:
        drafts.sell(session, seller_id, draft_id, ACTOR)
    assert (caught.value.data["step"], caught.value.data["why"]) == (step, why)
    assert caught.value.text()
    assert listings.of_seller(session, seller_id) == ()
    assert drafts.get(session, seller_id, draft_id)["name"] == (
        "" if field == "name" else TEA["name"]
    )


def test_half_a_piece_is_no_pack(session: Session) -> None:
    egg = {**TEA, "base_unit": "piece", "unit_word": "quả", "pack": "0,5", "pack_unit": "cái"}
    seller_id, draft_id = begun(session, **egg)
    with pytest.raises(DraftFault) as caught:
        drafts.sell(session, seller_id, draft_id, ACTOR)
    assert caught.value.data["why"] == "not_whole"


@pytest.mark.parametrize("typed", [{"seller_id": "x"}, {"name": "x" * 121}])
def test_an_unknown_or_overlong_field_is_refused(session: Session, typed: dict[str, str]) -> None:
    seller_id, draft_id = begun(session)
    with pytest.raises(BadRequest):
        drafts.save(session, seller_id, draft_id, typed)


def test_a_discarded_draft_is_gone_and_may_be_discarded_again(session: Session) -> None:
    seller_id, draft_id = begun(session, **TEA)
    for _ in range(2):
        drafts.discard(session, seller_id, draft_id)
    with pytest.raises(NotFound):
        drafts.get(session, seller_id, draft_id)


def test_twenty_drafts_are_enough(session: Session) -> None:
    seller_id, _ = begun(session)
    person_id = make_person(session)
    for _ in range(drafts.MOST_DRAFTS - 1):
        drafts.start(session, seller_id, person_id)
    with pytest.raises(TooManyDrafts):
        drafts.start(session, seller_id, person_id)


def test_another_sellers_draft_is_not_found(session: Session) -> None:
    _, draft_id = begun(session, **TEA)
    stranger = make_seller(session)
    for act in (
        lambda: drafts.get(session, stranger, draft_id),
        lambda: drafts.save(session, stranger, draft_id, {"name": "x"}),
        lambda: drafts.sell(session, stranger, draft_id, ACTOR),
    ):
        with pytest.raises(NotFound):
            act()
    drafts.discard(session, stranger, draft_id)
