"""P7: statements as people send them: pictures, old letters, formulas, sums that are none; nothing lost."""

import io
import re
from html import unescape

import pytest
from openpyxl import Workbook
from sqlalchemy import text
from werkzeug.test import TestResponse

from core.db import db
from core.tables import reading
from tests.factories.payments import Till, new_code, open_payment
from tests.flows.examples_shop import client_id
from tests.flows.market import Market
from tests.unit.catalog.imports.workbooks import excel, windows_1258

HEAD = ("Ngày giao dịch", "Số bút toán", "Ghi nợ", "Ghi có", "Nội dung")
ROW = "Ngày giao dịch;Ghi có;Nội dung\n20/11/2026;50.000;tiền chè\n"
MANY = b"Ngay giao dich,Ghi co,Noi dung\n" + b"20/11/2026,5,x\n" * 100_000
"""A hundred thousand rows are 1.5 MB."""


def place(market: Market) -> str:
    return f"/console/{market.ids['seller']}/money/statements"


def send(market: Market, raw: bytes, **fields: str) -> TestResponse:
    account = market.ids["statement_account"]
    form = {"client_id": client_id(), "account": account, "file": (io.BytesIO(raw), "sao kê.csv")}
    return market.ask("staff_a", "POST", place(market), data={**form, **fields})


def words(answer: TestResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(400), "Ảnh chụp màn hình không phải sao kê"),
        (b"\xff\xd8\xff\xe1" + bytes(400), "Ảnh chụp màn hình không phải sao kê"),
        (b"\0\0\0\x18ftypheic" + bytes(400), "Ảnh chụp màn hình không phải sao kê"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "Ảnh chụp màn hình không phải sao kê"),
        (b"%PDF-1.7\n", "Sao kê dạng PDF"),
        (b" \n", "Chưa có file nào"),
        (b"<html><table>", "trang web (HTML)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel đời cũ"),
        (b"PK\x03\x04", "không đọc được"),
        (b"Ng\xb5y,Ghi c\xf3,N\xe9i dung\n20/11/2026,5000,x\n", "bảng mã chữ Việt"),
        (ROW.encode("utf-16")[:-1], "bảng mã chữ Việt"),
        (b"x;y\n1;2\n", "Không thấy bảng sao kê"),
        (MANY, "Bảng dài hơn 2000 dòng"),
    ],
)
def test_what_is_no_statement_is_refused_in_words_and_keeps_what_was_typed(
    market: Market, raw: bytes, said: str
) -> None:
    before = market.digest()
    answer = send(market, raw, pasted="giữ lại giúp tôi")
    assert (answer.status_code, market.digest()) == (400, before)
    assert said in words(answer)
    assert "giữ lại giúp tôi" in unescape(answer.text)


def test_more_than_two_megabytes_are_refused(market: Market) -> None:
    before = market.digest()
    for size in (reading.MOST_BYTES + 1, 3 * reading.MOST_BYTES):
        assert send(market, b"x" * size).status_code == 413
    assert market.digest() == before


def merged() -> bytes:
    """A workbook with a merged title and a header of two merged rows, as banks like them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("SAO KÊ TÀI KHOẢN",), ("Từ 01/11/2026",), HEAD, ("",) * 5]:
        sheet.append(row)
    sheet.append(("20/11/2026", "FT1", "", 50_000, "tiền chè"))
    for cells in ("A1:E1", "A2:E2", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4"):
        sheet.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "raw",
    [ROW.encode(), ROW.encode("utf-8-sig"), ROW.encode("utf-16"), windows_1258(ROW), merged()],
    ids=["utf-8", "utf-8-sig", "utf-16", "windows-1258", "merged"],
)
def test_the_same_row_is_read_in_whatever_letters_and_cells(market: Market, raw: bytes) -> None:
    answer = send(market, raw)
    assert answer.status_code == 303
    shown = words(market.ask("staff_a", "GET", answer.location))
    assert "50.000 đ" in shown
    assert "tiền chè" in shown


ODD = [
    ("=50000+1", "công thức"),
    ("0", "không có số tiền"),
    ("-70000", "Không đọc được số tiền"),
    ("12,5", "Không đọc được số tiền"),
    ("9999999999999", "Không đọc được số tiền"),
]


@pytest.mark.parametrize(("sum_", "why"), ODD)
def test_a_row_without_a_true_sum_is_shown_and_the_others_are_taken(
    market: Market, sum_: str, why: str
) -> None:
    raw = excel(HEAD, ("20/11/2026", "", "", sum_, "lạ"), ("20/11/2026", "", "", 50_000, "tốt"))
    answer = send(market, raw)
    shown = market.ask("staff_a", "GET", answer.location)
    assert why in words(shown)
    take(market, answer.location, shown)
    assert lines(market) == [("in", 50_000, "tốt")]
    assert market.problems() == []


def take(market: Market, at: str, shown: TestResponse) -> None:
    digest = re.search(r'name="shown" value="([0-9a-f]{24})"', shown.text)
    assert digest is not None
    form = {"client_id": client_id(), "shown": digest[1]}
    assert market.ask("staff_a", "POST", f"{at}/take", data=form).status_code == 303
    market.settle()


def lines(market: Market) -> list[tuple[str, int, str]]:
    query = text("SELECT direction, amount_vnd, content FROM bank_lines WHERE account_id = :id")
    with market.app.app_context():
        told = db.session.execute(query, {"id": market.ids["statement_account"]})
        return [tuple(row) for row in told]  # type: ignore[misc]


def test_codes_in_a_statement_pay_only_what_they_surely_name(market: Market) -> None:
    till = market.till
    assert till is not None
    theirs = Till(market.ids["foreign_seller"], "", "", "")
    mine, other, alien = (
        market.change(lambda session, of=of: open_payment(session, of, 50_000))
        for of in (till, till, theirs)
    )
    memos = [f"{mine} va {other}", alien, new_code(), "anh chup chuyen khoan"]
    rows = [("20/11/2026", f"FT{at}", "", 50_000, memo) for at, memo in enumerate(memos)]
    answer = send(market, excel(HEAD, *rows, ("20/11/2026", "FT9", 50_000, "", mine)))
    take(market, answer.location, market.ask("staff_a", "GET", answer.location))
    query = text("SELECT state FROM payments WHERE code IN (:mine, :other, :alien)")
    with market.app.app_context():
        states = db.session.scalars(query, {"mine": mine, "other": other, "alien": alien}).all()
    assert (len(lines(market)), set(states)) == (5, {"expected"})
    assert market.problems() == []
