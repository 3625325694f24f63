"""The communes of Vietnam."""

from catalog.communes import COMMUNES
from shop.delivery import places


def test_the_table_is_whole() -> None:
    assert len(places.provinces()) == 34
    assert len(places.communes()) == 3_321
    assert len(places.formers()) > 10_000


def test_it_agrees_with_the_province_the_market_began_in() -> None:
    ours = {code: (one.name, one.kind) for code, one in COMMUNES.items()}
    found = {
        code: (one.name, one.kind)
        for code, one in places.communes().items()
        if one.province.name == "Thái Nguyên"
    }
    assert found == ours


def test_typing_brings_home_first_and_old_names_along() -> None:
    assert places.suggest("tan cu", "19")[0].commune.full_name == "xã Tân Cương, Thái Nguyên"
    (old,) = places.suggest("phuc xuan", "19")
    assert (old.commune.name, old.was) == ("Đại Phúc", "Phúc Xuân, Thái Nguyên, Thái Nguyên")
    assert places.suggest("xã T", "19") == ()


def test_a_comma_narrows_what_is_suggested() -> None:
    found = places.suggest("hoang van thu, ha noi", "19")
    assert {one.commune.province.name for one in found} == {"Hà Nội"}


def test_places_have_words_for_their_codes() -> None:
    assert places.name_of("19") == "Thái Nguyên"
    assert places.name_of("05503") == "xã Tân Cương, Thái Nguyên"
    assert (places.name_of("99999"), places.province_of("99999")) == ("", "")
