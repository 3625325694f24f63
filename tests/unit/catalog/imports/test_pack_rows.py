"""Price lists: new products, new packs, new prices, and nothing where nothing is new."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from catalog import listings, price_history, stock
from catalog.imports import apply
from catalog.imports.columns import Kind
from catalog.imports.errors import NothingChosen, RowRefused, TooManyChosen
from catalog.imports.rows import Does
from catalog.listings import ListingFacts
from catalog.models import ImportFile
from core.errors import NotFound
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_seller
from tests.unit.catalog.imports.desk import ACTOR, Desk, says, why
from tests.unit.catalog.imports.workbooks import excel

HEAD = "Sản phẩm;Loại;Đơn vị;Quy cách;Giá;Tồn kho;Giới thiệu\n"
NEW = HEAD + "Mật ong rừng;Mật ong;chai;500 ml;180k;10 lít;Ong quay tháng 5"
PACKS = st.tuples(
    st.sampled_from(["Chè vằng", "Na dai", "Mật ong", "Trứng gà"]),
    st.sampled_from(["gói|200 g", "kg|", "chai|500 ml", "quả|", "thùng 5 kg|", "chục|10 quả"]),
    st.integers(1_000, 2_000_000),
)


def offered(desk: Desk) -> list[ListingFacts]:
    return list(listings.of_seller(desk.session, desk.seller))


def test_a_new_product_is_listed_with_its_first_stock(desk: Desk) -> None:
    assert desk.write(Kind.LISTINGS, NEW) == 1
    (one,) = offered(desk)
    assert (one.name, one.unit_word, one.pack_size, one.base_unit) == (
        "Mật ong rừng",
        "chai",
        500,
        "ml",
    )
    assert (one.price_vnd, one.available_packs, one.kind) == (180_000, 20, "mat_ong")


def test_the_preview_says_what_a_row_would_do(desk: Desk) -> None:
    row = desk.row(Kind.LISTINGS, NEW)
    assert (row.number, row.about, row.does) == (2, "Mật ong rừng · chai 500 ml", Does.NEW)
    assert says(row) == [
        "Thêm sản phẩm mới, bán chai 500 ml giá 180.000 đ",
        "Nhập kho ban đầu 10 lít",
    ]


def test_the_same_list_twice_changes_nothing(desk: Desk) -> None:
    desk.write(Kind.LISTINGS, NEW)
    again = desk.plan(Kind.LISTINGS, NEW)
    assert [row.does for row in again.rows] == [Does.SAME]
    assert len(offered(desk)) == 1


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(rows=st.lists(PACKS, min_size=1, max_size=8))
def test_whatever_is_written_down_is_the_same_the_second_time(
    desk: Desk, rows: list[tuple[str, str, int]]
) -> None:
    own = Desk(desk.session, make_seller(desk.session))
    table = "Tên;Đơn vị;Quy cách;Giá\n" + "\n".join(
        f"{name};{pack.replace('|', ';')};{price}" for name, pack, price in rows
    )
    own.write(Kind.LISTINGS, table)
    assert own.plan(Kind.LISTINGS, table).ready == ()
    for packed in ("csv", "xlsx"):
        taken = own.plan(Kind.LISTINGS, own.take(Kind.LISTINGS, packed))
        assert {row.does for row in taken.rows} == {Does.SAME}


def test_another_price_is_a_change_with_its_history(desk: Desk, tea: str) -> None:
    listing = make_listing(desk.session, product_id=tea)
    row = desk.row(Kind.LISTINGS, "Tên hàng\tGiá bán\nche moc cau\t70k")
    assert says(row) == ["Đổi giá 65.000 đ → 70.000 đ"]
    desk.write(Kind.LISTINGS, "Tên hàng\tGiá bán\nche moc cau\t70k")
    assert [one.price_vnd for one in price_history.history(desk.session, desk.seller, listing)] == [
        70_000,
        65_000,
    ]


def test_another_pack_of_a_known_product_joins_it(desk: Desk, tea: str) -> None:
    make_listing(desk.session, product_id=tea)
    desk.write(Kind.LISTINGS, "Sản phẩm;Đơn vị;Quy cách;Giá\nChè móc câu;gói;500 g;150k")
    assert [(one.product_id, one.pack_size) for one in offered(desk)] == [(tea, 200), (tea, 500)]


def test_stock_of_a_known_product_is_left_alone(desk: Desk, tea: str) -> None:
    make_listing(desk.session, product_id=tea)
    row = desk.row(Kind.LISTINGS, HEAD + "Chè móc câu;;gói;200 g;65k;99 kg;")
    assert row.does is Does.SAME
    assert says(row)[1].startswith("Tồn kho không sửa bằng bảng này")


def test_two_rows_of_one_new_product_bring_its_stock_once(desk: Desk) -> None:
    desk.write(Kind.LISTINGS, HEAD + "Na dai;;kg;;60k;50 kg;\nNa dai;;thùng;5 kg;280k;50 kg;")
    product = offered(desk)[0].product_id
    assert stock.levels(desk.session, [product])[product].on_hand == 50_000


def test_a_bare_stock_counts_packs(desk: Desk) -> None:
    assert (
        says(desk.row(Kind.LISTINGS, HEAD + "Chè vằng;;gói;200 g;45k;30;"))[1]
        == "Nhập kho ban đầu 6 kg"
    )


def test_rows_that_contradict_each_other_are_named(desk: Desk) -> None:
    rows = desk.plan(
        Kind.LISTINGS, HEAD + "Na dai;;kg;;60k;;\nNa dai;;kg;;65k;;\nNa dai;;kg;;60k;;"
    ).rows
    assert [row.does for row in rows] == [Does.NEW, Does.BAD, Does.SAME]
    assert "Dòng 2 đã ghi mục này với số khác" in why(rows[1])["Giá"]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (";;gói;200 g;65k;;", "Sản phẩm", "trống"),
        ("Chè vằng;;gói;200 g;;;", "Giá", "trống"),
        ("Chè vằng;;gói;200 g;0;;", "Giá", "65.000, 65k hoặc 1tr2"),
        ("Chè vằng;;gói;200 g;1e12;;", "Giá", "65.000, 65k hoặc 1tr2"),
        ("Chè vằng;;gói;200 g;=A1;;", "Giá", "công thức"),
        ("Chè vằng;;gói;;65k;;", "Đơn vị", "Bạn ghi quy cách"),
        ("Chè vằng;;;;65k;;", "Quy cách", "trống"),
        ("Chè móc câu mới;;gói;200;65k;;", "Quy cách", "Thiếu đơn vị"),
        ("Chè vằng;;gói;0 g;65k;;", "Quy cách", "lớn hơn 0"),
        ("Trứng gà;;chục;10 quả;30k;0,5 quả;", "Tồn kho", "lẻ quá"),
        ("Chè vằng;Điện thoại;gói;200 g;65k;;", "Loại", "Chợ chưa có loại"),
        ("x" * 121 + ";;gói;200 g;65k;;", "Sản phẩm", "Dài quá 120 chữ"),
        ("Chè móc câu;;chai;500 ml;65k;;", "Quy cách", "tính theo kg"),
    ],
)
def test_what_is_wrong_is_said_by_column(
    desk: Desk, tea: str, row: str, column: str, words: str
) -> None:
    planned = desk.row(Kind.LISTINGS, HEAD + row)
    assert planned.does is Does.BAD
    assert words in why(planned)[column]


def test_a_price_that_lost_its_zeros_is_pointed_at(desk: Desk) -> None:
    assert "có thể thiếu chữ “k”" in says(desk.row(Kind.LISTINGS, HEAD + "Na dai;;kg;;65;;"))[-1]


def test_a_formula_is_a_name_like_any_other(desk: Desk) -> None:
    raw = excel(("Tên", "Đơn vị", "Quy cách", "Giá"), ("=1+1", "gói", "200 g", 65_000))
    desk.write(Kind.LISTINGS, raw)
    assert offered(desk)[0].name == "=1+1"
    assert b"'=1+1" in desk.take(Kind.LISTINGS)
    assert desk.plan(Kind.LISTINGS, desk.take(Kind.LISTINGS)).ready == ()


def test_two_products_of_one_name_are_not_guessed_between(desk: Desk, tea: str) -> None:
    make_product(desk.session, desk.seller, name="Chè móc câu")
    row = desk.row(Kind.LISTINGS, HEAD + "Chè móc câu;;gói;200 g;65k;;")
    assert "Có hai sản phẩm tên" in why(row)["Sản phẩm"]


def test_another_kind_or_story_is_told_to_the_product(desk: Desk, tea: str) -> None:
    make_listing(desk.session, product_id=tea)
    desk.write(Kind.LISTINGS, HEAD + "Chè móc câu;Chè nõn tôm;gói;200 g;65k;;Hái sớm")
    (one,) = offered(desk)
    assert (one.kind, one.story) == ("che_nom_tom", "Hái sớm")


def test_chosen_rows_are_written_and_the_others_wait(desk: Desk) -> None:
    file_id = desk.send(
        Kind.LISTINGS, HEAD + "Na dai;;kg;;60k;;\nMật ong;;chai;500 ml;180k;;\nx;;gói;;1k;;"
    )
    assert desk.write_rows(file_id, 3) == 1
    assert [one.name for one in offered(desk)] == ["Mật ong"]
    assert [row.number for row in desk.look(file_id).ready] == [2]


def test_a_wrong_row_among_the_chosen_stops_them_all(desk: Desk) -> None:
    file_id = desk.send(Kind.LISTINGS, HEAD + "Na dai;;kg;;60k;;\nx;;gói;;1k;;")
    with pytest.raises(RowRefused) as refused:
        desk.write_rows(file_id, 2, 3)
    assert refused.value.data["row"] == 3
    assert offered(desk) == []


def test_some_rows_must_be_chosen_and_not_too_many(desk: Desk) -> None:
    file_id = desk.send(Kind.LISTINGS, NEW)
    with pytest.raises(NothingChosen):
        apply.rows(desk.session, desk.seller, file_id, [], ACTOR)
    with pytest.raises(TooManyChosen):
        desk.write_rows(file_id, *range(2, 600))


def test_another_sellers_file_is_not_found(desk: Desk) -> None:
    file_id = desk.send(Kind.LISTINGS, NEW)
    with pytest.raises(NotFound):
        Desk(desk.session, make_seller(desk.session)).look(file_id)


def test_thirty_files_wait_and_no_more(desk: Desk) -> None:
    files = [desk.send(Kind.LISTINGS, NEW) for _ in range(31)]
    waiting = desk.session.scalars(select(ImportFile.id)).all()
    assert len(waiting) == 30
    assert set(waiting) < set(files)
