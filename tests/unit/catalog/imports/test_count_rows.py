"""Stocktakes: what was counted is written once, and never over what has moved since."""

from datetime import date

import pytest

from catalog import stock
from catalog.imports import exports
from catalog.imports.columns import Kind
from catalog.imports.exports import Period
from catalog.imports.rows import Does
from catalog.lots import facts
from catalog.lots.facts import LotFacts
from catalog.stock import Word
from core.tables import sheets
from tests.factories.catalog import keep, make_product, stock_id_of
from tests.factories.identity import make_seller
from tests.unit.catalog.imports.desk import ACTOR, Desk, says, why

HEAD = "Sản phẩm;Mã lô;Điểm kho;Sổ sách;Đếm được;Ngày đếm;Lý do\n"


def lot_of(desk: Desk) -> LotFacts:
    return facts.of_seller(desk.session, desk.seller)[0]


def counted(desk: Desk, number: str, book: str = "") -> str:
    return f"{HEAD}Chè móc câu;{lot_of(desk).code};;{book};{number};;"


def test_a_count_sets_the_book_with_its_reason(desk: Desk, tea: str) -> None:
    table = HEAD + f"Chè móc câu;{lot_of(desk).code};Kho chính;20 kg;18,5 kg;24/11/2026;hao khô"
    assert says(desk.row(Kind.STOCK, table)) == ["Sổ 20 kg → đếm 18,5 kg (thiếu 1,5 kg)"]
    desk.write(Kind.STOCK, table)
    assert lot_of(desk).quantity == 18_500
    period = Period(date(2026, 11, 1), date(2026, 11, 30))
    moved = exports.movements(desk.session, desk.seller, period).rows[0]
    assert (moved[1], moved[9]) == ("Kiểm kê", "hao khô")


def test_more_may_be_counted_too(desk: Desk, tea: str) -> None:
    desk.write(Kind.STOCK, counted(desk, "21 kg"))
    assert lot_of(desk).quantity == 21_000


def test_none_may_be_left(desk: Desk, tea: str) -> None:
    desk.write(Kind.STOCK, counted(desk, "0"))
    assert lot_of(desk).quantity == 0


def test_the_same_count_sent_later_takes_nothing_back(desk: Desk, tea: str) -> None:
    """It was counted, then sold from; the file is sent again."""
    table = counted(desk, "18 kg")
    assert desk.write(Kind.STOCK, table) == 1
    stock.spoil(desk.session, stock_id_of(desk.session, tea), lot_of(desk).id, 3000, Word(ACTOR))
    again = desk.row(Kind.STOCK, table)
    assert (again.does, says(again)) == (Does.SAME, ["Không đổi: lần đếm này đã ghi trước đây"])
    assert lot_of(desk).quantity == 15_000


def test_the_same_number_on_another_day_is_another_count(desk: Desk, tea: str) -> None:
    code = lot_of(desk).code
    desk.write(Kind.STOCK, HEAD + f"Chè móc câu;{code};;;18 kg;23/11/2026;")
    stock.spoil(desk.session, stock_id_of(desk.session, tea), lot_of(desk).id, 3000, Word(ACTOR))
    assert desk.write(Kind.STOCK, HEAD + f"Chè móc câu;{code};;;18 kg;24/11/2026;") == 1


def test_a_count_against_an_older_book_is_asked_again(desk: Desk, tea: str) -> None:
    table = counted(desk, "18 kg", book="20 kg")
    stock.spoil(desk.session, stock_id_of(desk.session, tea), lot_of(desk).id, 3000, Word(ACTOR))
    assert "Sổ nay là 17 kg, không còn là 20 kg" in why(desk.row(Kind.STOCK, table))["Sổ sách"]


def test_a_sheet_nobody_filled_in_changes_nothing(desk: Desk, tea: str) -> None:
    for packed in ("csv", "xlsx"):
        rows = desk.plan(Kind.STOCK, desk.take(Kind.STOCK, packed)).rows
        assert [(row.does, says(row)) for row in rows] == [(Does.SAME, ["Chưa ghi số đếm, bỏ qua"])]


def test_a_product_may_be_counted_as_a_whole(desk: Desk, tea: str) -> None:
    desk.write(Kind.STOCK, "Tên;Đếm được (kg)\nChè móc câu;19,5")
    assert stock.levels(desk.session, [tea])[tea].on_hand == 19_500


def test_goods_the_books_never_had_get_a_lot(desk: Desk) -> None:
    product = make_product(desk.session, desk.seller, name="Bưởi", base_unit="piece")
    table = "Tên;Đếm được\nBưởi;40"
    desk.write(Kind.STOCK, table)
    assert stock.levels(desk.session, [product])[product].on_hand == 40
    assert desk.plan(Kind.STOCK, table).ready == ()


def test_counting_below_what_is_promised_is_said_beforehand(desk: Desk, tea: str) -> None:
    keep(desk.session, tea, 19_000)
    assert "Đã hứa cho khách 19 kg" in says(desk.row(Kind.STOCK, counted(desk, "15 kg")))[1]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("Chè móc câu;L-000000-01;;;3 kg;;", "Mã lô", "Không có lô"),
        ("Chè móc câu;;Kho lạ;;3 kg;;", "Điểm kho", "Không có điểm kho “Kho lạ”"),
        ("Chè lạ;;;;3 kg;;", "Sản phẩm", "Chưa có sản phẩm"),
        ("Chè móc câu;;;;3;;", "Đếm được", "Thiếu đơn vị"),
        ("Chè móc câu;;;;-3 kg;;", "Đếm được", "lớn hơn 0"),
        ("Chè móc câu;;;;=SUM(A1);;", "Đếm được", "công thức"),
        ("Chè móc câu;;;;3 kg;26/11/2026;", "Ngày đếm", "chưa tới"),
    ],
)
def test_what_is_wrong_is_said_by_column(
    desk: Desk, tea: str, row: str, column: str, words: str
) -> None:
    assert words in why(desk.row(Kind.STOCK, HEAD + row))[column]


def test_another_sellers_lot_is_unknown(desk: Desk, tea: str) -> None:
    other = Desk(desk.session, make_seller(desk.session))
    make_product(desk.session, other.seller, on_hand=500, name="Chè móc câu")
    table = counted(desk, "1 kg")
    assert lot_of(other).code == lot_of(desk).code  # each seller counts its own
    other.write(Kind.STOCK, table)
    assert (lot_of(other).quantity, lot_of(desk).quantity) == (1000, 20_000)


def test_a_lot_twice_or_beside_its_product_is_refused(desk: Desk, tea: str) -> None:
    code = lot_of(desk).code
    rows = HEAD + f"Chè móc câu;{code};;;3 kg;;\nChè móc câu;{code};;;4 kg;;\nChè móc câu;;;;5 kg;;"
    planned = desk.plan(Kind.STOCK, rows).rows
    assert [row.does for row in planned] == [Does.CHANGE, Does.BAD, Does.BAD]


def test_movements_are_taken_away_by_day(desk: Desk, tea: str) -> None:
    november = Period(date(2026, 11, 25), date(2026, 11, 25))
    sheet = exports.movements(desk.session, desk.seller, november)
    assert [row[1:4] for row in sheet.rows] == [("Nhập", "Chè móc câu", "L-261125-01")]
    assert sheets.as_csv(sheet).decode().splitlines()[1].startswith("25/11/2026")
    before = Period(date(2026, 11, 1), date(2026, 11, 24))
    assert exports.movements(desk.session, desk.seller, before).rows == ()
