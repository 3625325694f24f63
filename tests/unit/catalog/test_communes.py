"""A place is found by whatever name people give it, and never guessed."""

import unicodedata

import pytest

from catalog import communes
from catalog.communes import COMMUNES, UnknownCommune


def found(text: str) -> str:
    commune = communes.find(text)
    return commune.name if commune else ""


def test_there_are_92_units_in_the_order_of_the_alphabet() -> None:
    assert len(COMMUNES) == 92
    assert sum(one.kind == "phường" for one in COMMUNES.values()) == 15
    assert [one.name for one in COMMUNES.values()][:3] == ["An Khánh", "Ba Bể", "Bá Xuyên"]


def test_every_unit_is_found_by_its_own_name_however_it_is_written() -> None:
    for code, commune in COMMUNES.items():
        for text in (
            commune.name,
            commune.full_name,
            commune.name.upper(),
            unicodedata.normalize("NFD", commune.name),
            f"Xóm 3, {commune.full_name}, tỉnh Thái Nguyên",
        ):
            assert communes.commune_code_of(text) == code, text


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("tan cuong", "Tân Cương"),
        ("Thịnh Đức", "Tân Cương"),
        ("X. Bản Ngoại, H. Đại Từ", "Phú Thịnh"),
        ("thị trấn Chợ Chu", "Định Hóa"),
        ("Định Hoá", "Định Hóa"),
        ("huyện Đại Từ", "Đại Từ"),
        ("Tổ 5, phường Trưng Vương", "Phan Đình Phùng"),
        ("Bộc Bố, Pác Nặm, Bắc Kạn", "Bằng Thành"),
        ("Phường Bắc Kạn, Thái Nguyên", "Bắc Kạn"),
        ("Thần Xa", "Thần Sa"),
        ("na rỳ", "Na Rì"),
        ("Phố Cò", "Sông Công"),
    ],
)
def test_old_names_and_other_spellings_lead_to_the_place_of_today(written: str, now: str) -> None:
    assert found(written) == now


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("Tân Long, Đồng Hỷ", "Quang Sơn"),
        ("Tân Long, TP Thái Nguyên", "Quan Triều"),
        ("Hương Sơn, Phú Bình", "Phú Bình"),
        ("phường Tân Thành, thành phố Thái Nguyên", "Tích Lương"),
        ("Tân Thành", "Tân Thành"),
        ("van lang, dong hy", "Văn Lăng"),
        ("xã văn lang", "Văn Lang"),
    ],
)
def test_the_old_district_decides_between_places_of_one_name(written: str, now: str) -> None:
    assert found(written) == now


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "Tân Long",
        "Hương Sơn",
        "Phú Cường",
        "Pác Nặm",
        "Hà Nội",
        "Thôn Nà Đon, Bắc Kạn",
        "xã",
        "%",
        "x" * 500,
    ],
)
def test_what_is_unknown_or_could_be_two_places_is_not_guessed(written: str) -> None:
    assert found(written) == ""
    assert communes.commune_code_of(written) == ""


def test_nothing_written_is_no_place_and_no_fault() -> None:
    assert communes.code_of("   ") == ""


def test_an_unknown_place_is_said_back_to_who_wrote_it() -> None:
    with pytest.raises(UnknownCommune) as refused:
        communes.code_of("Hà Nội")
    assert refused.value.data == {"field": "commune", "commune": "Hà Nội"}
    assert "“Hà Nội”" in refused.value.text()


def test_a_code_is_read_as_a_name() -> None:
    assert communes.name_of("05503") == "Tân Cương"
    assert communes.name_of("99999") == ""
