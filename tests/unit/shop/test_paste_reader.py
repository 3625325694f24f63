"""A pasted message fills a form: who, which number, where to, what; and a poem fills nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from core.phone import parse_phone
from shop.staff.paste_amounts import MOST_PACKS, Ware
from shop.staff.paste_reader import MOST_LINES, Pasted, PasteTooLong, read

WARES = (
    Ware("tea200", "Chè móc câu Tân Cương", "gói", "g", 200),
    Ware("tea500", "Chè móc câu Tân Cương", "gói", "g", 500),
    Ware("powder", "Bột trà xanh Tân Cương", "hũ", "g", 100),
    Ware("bag", "Trà xanh túi lọc", "hộp", "g", 50),
    Ware("rice", "Gạo bao thai Định Hóa", "túi", "g", 5000),
    Ware("cake", "Bánh chưng Bờ Đậu", "chiếc", "piece", 1),
    Ware("pair", "Bánh chưng Bờ Đậu", "cặp", "piece", 2),
    Ware("redcake", "Bánh chưng gấc Bờ Đậu", "chiếc", "piece", 1),
    Ware("miến", "Miến dong Na Rì", "gói", "g", 500),
    Ware("thin", "Miến dong sợi nhỏ", "gói", "g", 300),
    Ware("fresh", "Nghệ tươi nương", "kg", "g", 1000),
    Ware("honey", "Mật ong rừng", "chai", "ml", 500),
)
POEMS = (
    (
        "Trong đầm gì đẹp bằng sen\nLá xanh bông trắng lại chen nhị vàng\nNhị vàng bông trắng lá xanh\n"
        "Gần bùn mà chẳng hôi tanh mùi bùn"
    ),
    (
        "Một mai ra chợ bán chè\nHai vai gánh nặng bốn bề gió mưa\nBa năm bảy tháng đợi chờ\n"
        "Miến dong còn đó, câu thơ đâu rồi"
    ),
    "Ai về Tân Cương mà xem\nĐồi chè bát úp, trà thơm ngọt ngào",
)


def asked(text: str) -> list[tuple[str, int]]:
    return [(item.listing_id, item.packs) for item in read(text, WARES).items]


def who(text: str) -> tuple[str, str, str]:
    found = read(text, WARES)
    return found.name, found.phone, found.address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 gói chè móc câu 200g", [("tea200", 2)]),
        ("chè móc câu 200g x 3", [("tea200", 3)]),
        ("1kg chè móc câu", [("tea500", 2)]),
        ("1 cân chè móc câu", [("tea500", 2)]),
        ("600g che moc cau", [("tea200", 3)]),
        ("2 hũ bột trà xanh", [("powder", 2)]),
        ("hai hộp trà xanh túi lọc", [("bag", 2)]),
        ("2 túi gạo bao thai", [("rice", 2)]),
        ("10kg gạo bao thai", [("rice", 2)]),
        ("5 chiếc bánh chưng gấc", [("redcake", 5)]),
        ("bánh chưng bờ đậu 2 cặp", [("pair", 2)]),
        ("3 gói miến dong na rì", [("miến", 3)]),
        ("nghệ tươi 2 ký", [("fresh", 2)]),
        ("1,5 lít mật ong", [("honey", 3)]),
        ("1 lít rưỡi mật ong", [("honey", 3)]),
        ("2 hũ bột trà xanh và 1kg nghệ tươi", [("powder", 2), ("fresh", 1)]),
        ("- 2 túi gạo bao thai\n- 1 chai mật ong", [("rice", 2), ("honey", 1)]),
    ],
)
def test_goods_are_read_with_their_packs(text: str, expected: list[tuple[str, int]]) -> None:
    assert asked(text) == expected


def test_where_several_goods_fit_nobody_is_named() -> None:
    (item,) = read("2 gói miến", WARES).items
    assert (item.listing_id, item.packs, item.sure) == ("", 2, False)


def test_the_unit_or_the_size_may_tell_goods_apart_but_is_looked_at_twice() -> None:
    (item,) = read("bánh chưng 2 cặp", WARES).items
    assert (item.listing_id, item.packs, item.sure) == ("pair", 2, False)


def test_an_amount_between_two_packs_is_rounded_up_and_unsure() -> None:
    (item,) = read("nửa cân nghệ tươi", WARES).items
    assert (item.listing_id, item.packs, item.sure) == ("fresh", 1, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cho mình 2 gói chè móc câu, ship về xóm Đồng Lạnh, xã Tân Cương, Hoa 0912345678",
            ("Hoa", "+84912345678", "xóm Đồng Lạnh, xã Tân Cương"),
        ),
        (
            "Tên: Trần Văn Búp\nSĐT: 0387.123.456\nĐC: tổ 3, phường Phan Đình Phùng, TP Thái Nguyên",
            ("Trần Văn Búp", "+84387123456", "tổ 3, phường Phan Đình Phùng, TP Thái Nguyên"),
        ),
        (
            ("[20:05 21/11/2026] Nguyễn Thị Hoa: 1kg chè móc câu\n0912 345 678\n"
            "Địa chỉ: số 5 ngõ 12 Láng Hạ, Đống Đa, Hà Nội"),
            ("Nguyễn Thị Hoa", "+84912345678", "số 5 ngõ 12 Láng Hạ, Đống Đa, Hà Nội"),
        ),
        ("c Lan 0977123456 so 7 duong Hoang Van Thu", ("Lan", "+84977123456", "so 7 duong Hoang Van Thu")),
        ("Chị Mai Anh - +84 912 345 678", ("Chị Mai Anh", "+84912345678", "")),
    ],
)  # fmt: skip
def test_who_where_and_which_number_are_read(text: str, expected: tuple[str, str, str]) -> None:
    assert who(text) == expected


def test_sums_times_and_days_are_no_amounts_of_goods() -> None:
    assert asked("chè móc câu 65k, giao 7h 21/11, 0912345678") == []


def test_a_question_is_no_order() -> None:
    assert asked("2 gói chè móc câu bao nhiêu tiền? 0912345678") == []


def test_what_is_not_sold_here_is_left_for_a_person() -> None:
    found = read("3 kg xoài cát\n1 túi gạo bao thai\n0912345678", WARES)
    assert found.rest == ("3 kg xoài cát",)
    assert [item.listing_id for item in found.items] == ["rice"]


@pytest.mark.parametrize("poem", POEMS)
def test_a_poem_gives_nothing(poem: str) -> None:
    assert read(poem, WARES) == Pasted()


def test_ten_thousand_lines_are_refused() -> None:
    with pytest.raises(PasteTooLong):
        read("2 gói chè\n" * 10_000, WARES)
    assert read("\n".join(["a"] * MOST_LINES), WARES) == Pasted()


@given(st.text(max_size=400))
def test_whatever_is_pasted_gives_a_form_that_holds(text: str) -> None:
    try:
        found = read(text, WARES)
    except PasteTooLong:
        return
    ids = {"", *(ware.listing_id for ware in WARES)}
    assert all(item.listing_id in ids and 1 <= item.packs <= MOST_PACKS for item in found.items)
    assert len(found.name) <= 80
    assert len(found.address) <= 300
    assert "\n" not in found.address
    assert not found.phone or parse_phone(found.phone) == found.phone


_letters = st.text("abcdeghiklmnopqrstuvxyđăâêôơư ,.\n", max_size=300)


@given(_letters)
def test_letters_without_a_digit_ask_for_nothing(text: str) -> None:
    found = read(text, WARES)
    assert (found.phone, found.rest) == ("", ())
    assert all(item.words for item in found.items)


_orders = st.lists(
    st.tuples(st.sampled_from([ware for ware in WARES if ware.listing_id != "tea500"]), st.integers(1, 40)),
    min_size=1,
    max_size=4,
    unique_by=lambda pair: pair[0].listing_id,
)  # fmt: skip


@given(_orders, st.integers(0, 9_999_999), st.sampled_from(["\n", ", ", "; "]))
def test_what_is_written_plainly_is_read_back(
    wanted: list[tuple[Ware, int]], number: int, between: str
) -> None:
    phone = f"091{number:07d}"
    lines = [f"{packs} {ware.unit_word} {ware.name}" for ware, packs in wanted]
    found = read(between.join([*lines, f"Hoa {phone}"]), WARES)
    assert [(item.listing_id, item.packs) for item in found.items] == [
        (ware.listing_id, packs) for ware, packs in wanted
    ]
    assert (found.name, found.phone) == ("Hoa", f"+84{phone[1:]}")


def test_a_refusal_of_length_is_said_in_words() -> None:
    error: DomainError = PasteTooLong()
    assert str(MOST_LINES) in error.text()
