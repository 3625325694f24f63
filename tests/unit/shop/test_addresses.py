"""Addresses as people write them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold
from shop.delivery import addresses, places
from shop.delivery.addresses import UnclearPlace, UnknownPlace


@pytest.mark.parametrize(
    ("typed", "commune"),
    [
        ("xã Tân Cương, Thái Nguyên", "xã Tân Cương, Thái Nguyên"),
        ("so 5 xom dong lanh xa thinh duc tp thai nguyen", "xã Tân Cương, Thái Nguyên"),
        ("12 Quang Trung, Tân Lập, TP Thái Nguyên", "phường Tích Lương, Thái Nguyên"),
        (
            "12 Hoàng Văn Thụ, phường Phan Đình Phùng, Thái Nguyên",
            "phường Phan Đình Phùng, Thái Nguyên",
        ),
        ("Hàng Bạc, Hoàn Kiếm, HN", "phường Hoàn Kiếm, Hà Nội"),
        ("P.4 Q.5 TP.HCM", "phường Chợ Quán, Hồ Chí Minh"),
        ("Tân Long, Đồng Hỷ", "xã Quang Sơn, Thái Nguyên"),
        ("xom 3 Hà Thượng Đại Từ", "xã An Khánh, Thái Nguyên"),
        ("Tân Bắc, Quang Bình, Hà Giang", "xã Tân Trịnh, Tuyên Quang"),
        ("tt chùa hang đồng hỷ thái nguyên", "phường Linh Sơn, Thái Nguyên"),
        ("Phú Quốc, Kiên Giang", "đặc khu Phú Quốc, An Giang"),
    ],
)
def test_an_address_is_read_as_people_write_it(typed: str, commune: str) -> None:
    assert addresses.read(typed).full_name == commune


@pytest.mark.parametrize(
    "typed",
    [
        "Thái Nguyên",
        "Hà Nội",
        "chiều chiều ra đứng ngõ sau, trông về quê mẹ ruột đau chín chiều",
        "",
        "12345",
        "ngõ 5 đường Tân Lập",
    ],
)
def test_what_names_no_commune_gives_none(typed: str) -> None:
    with pytest.raises(UnknownPlace):
        addresses.read(typed)


def test_two_places_of_one_name_are_named_and_not_guessed() -> None:
    with pytest.raises(UnclearPlace) as refused:
        addresses.read("van lang thai nguyen")
    assert "xã Văn Lang, Thái Nguyên · xã Văn Lăng" in str(refused.value.data["choices"])
    assert addresses.read("Văn Lăng, Thái Nguyên").name == "Văn Lăng"


def test_every_commune_of_today_is_found_by_its_name_and_its_code() -> None:
    for commune in places.communes().values():
        assert addresses.find(commune.full_name) == commune
        assert addresses.read(commune.code) == commune


def test_without_marks_and_commas_all_but_a_few_are_found() -> None:
    bare = {one: fold(one.full_name).replace(",", "") for one in places.communes().values()}
    unclear = [one for one, text in bare.items() if addresses.find(text) != one]
    assert len(unclear) < 30
    assert sum(addresses.find(bare[one]) is not None for one in unclear) <= 5


def test_old_communes_lead_to_what_they_belong_to_now() -> None:
    """Where a name of today is meant as well, that one wins: some seventy of ten thousand."""
    whole = [one for one in places.formers() if not one.partly]
    other = [one for one in whole if addresses.find(one.full_name) != one.now]
    assert len(whole) > 9_000
    assert len(other) < 100


@pytest.mark.parametrize(
    ("typed", "name"),
    [("tỉnh Bắc Kạn", "Thái Nguyên"), ("TP.HCM", "Hồ Chí Minh"), ("Hà Nội", "Hà Nội")],
)
def test_a_province_is_known_by_its_old_names_too(typed: str, name: str) -> None:
    found = addresses.province(typed)
    assert found is not None
    assert found.name == name


def test_a_commune_is_no_province() -> None:
    assert addresses.province("Tân Cương") is None


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    addresses.candidates(text)
    addresses.province(text)
    places.suggest(text, "19")


def test_a_long_paste_is_read_in_a_blink() -> None:
    addresses.find("Tân Cương, Thái Nguyên")
    begun = time.process_time()
    addresses.candidates("xã Tân Cương, Thái Nguyên, " * 10_000)
    assert time.process_time() - begun < 0.5
