"""Harvest books: deliveries once each, however often the growing list is sent."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from catalog.growers import households, members
from catalog.growers.households import NewEntry
from catalog.imports.columns import Kind
from catalog.imports.rows import Does
from catalog.lots import facts
from catalog.lots.facts import LotFacts
from core import clock
from tests.factories.growers import days_from_now, make_member, make_plot
from tests.factories.identity import make_seller
from tests.unit.catalog.imports.desk import ACTOR, Desk, says, why

HEAD = "Mã lô;Sản phẩm;Xã viên;Thửa;Ngày thu hoạch;Số lượng;Hạng;Hạn dùng;Ngày phun thuốc;Số ngày cách ly\n"
ROW = ";Chè móc câu;Ma Thị Hoa;;20/11/2026;12,5 kg;Loại 1;20/11/2027;;"


@pytest.fixture
def hoa(desk: Desk) -> str:
    return make_member(desk.session, desk.seller, "Ma Thị Hoa")


def harvests(desk: Desk) -> list[LotFacts]:
    return [lot for lot in facts.of_seller(desk.session, desk.seller) if lot.origin == "harvest"]


def test_a_delivery_becomes_a_lot_with_its_slip(desk: Desk, tea: str, hoa: str) -> None:
    assert desk.write(Kind.LOTS, HEAD + ROW) == 1
    (lot,) = harvests(desk)
    assert (lot.member_id, lot.quantity, lot.grade) == (hoa, 12_500, "Loại 1")
    slip = facts.slip(desk.session, desk.seller, lot.id)
    assert slip is not None
    assert slip.number == 1


def test_the_preview_names_the_grower_and_the_interval(desk: Desk, tea: str, hoa: str) -> None:
    row = desk.row(Kind.LOTS, HEAD + ";Chè móc câu;Ma Thị Hoa;;20/11/2026;3 kg;;;15/11/2026;30")
    assert says(row) == [
        "Ghi lô mới 3 kg của Ma Thị Hoa, thu hoạch 20/11/2026",
        "Cách ly thuốc, bán được từ 15/12/2026",
    ]


def test_a_list_that_grew_adds_only_what_is_new(desk: Desk, tea: str, hoa: str) -> None:
    desk.write(Kind.LOTS, HEAD + ROW)
    grown = desk.plan(Kind.LOTS, HEAD + ROW + "\n;Chè móc câu;Ma Thị Hoa;;21/11/2026;4 kg;;;;")
    assert [row.does for row in grown.rows] == [Does.SAME, Does.NEW]
    assert "đã nhập trước đây, là lô L-261125-02" in says(grown.rows[0])[0]


def test_two_equal_rows_are_two_deliveries(desk: Desk, tea: str, hoa: str) -> None:
    table = HEAD + ROW + "\n" + ROW
    assert desk.write(Kind.LOTS, table) == 2
    assert desk.plan(Kind.LOTS, table).ready == ()
    assert len(harvests(desk)) == 2


def test_a_member_may_be_named_by_number(desk: Desk, tea: str) -> None:
    member = make_member(desk.session, desk.seller, "Hoàng Văn Páo", phone="0912345678")
    desk.write(Kind.LOTS, HEAD + ";Chè móc câu;0912 345 678;;20/11/2026;3 kg;;;;")
    assert harvests(desk)[0].member_id == member


def test_a_plot_is_one_of_the_members_own(desk: Desk, tea: str, hoa: str) -> None:
    plot = make_plot(desk.session, desk.seller, hoa, "Nương Đồng Lạnh")
    desk.write(Kind.LOTS, HEAD + ";Chè móc câu;Ma Thị Hoa;nuong dong lanh;20/11/2026;3 kg;;;;")
    assert harvests(desk)[0].plot_id == plot


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (";Chè móc câu;Người Lạ;;20/11/2026;3 kg;;;;", "Xã viên", "Sổ xã viên chưa có “Người Lạ”"),
        (";Chè móc cau xanh;;;20/11/2026;3 kg;;;;", "Sản phẩm", "Chưa có sản phẩm"),
        (";Chè móc cấu;;;2026-02-30;3 kg;;;;", "Ngày thu hoạch", "Không có ngày này"),
        (";Chè móc câu;;;26/11/2026;3 kg;;;;", "Ngày thu hoạch", "chưa tới"),
        (";Chè móc câu;;;;3 kg;;;;", "Ngày thu hoạch", "trống"),
        (";Chè móc câu;;;20/11/2026;;;;;", "Số lượng", "trống"),
        (";Chè móc câu;;;20/11/2026;3;;;;", "Số lượng", "Thiếu đơn vị"),
        (";Chè móc câu;;;20/11/2026;0 kg;;;;", "Số lượng", "lớn hơn 0"),
        (";Chè móc câu;;;20/11/2026;1000000000 kg;;;;", "Số lượng", "lớn quá"),
        (";Chè móc câu;;;20/11/2026;3 kg;;19/11/2026;;", "Hạn dùng", "từ ngày thu hoạch"),
        (";Chè móc câu;;;20/11/2026;3 kg;;;21/11/2026;7", "Ngày phun thuốc", "trước hoặc đúng"),
        (";Chè móc câu;;;20/11/2026;3 kg;;;;7", "Số ngày cách ly", "cần có ngày phun"),
        (";Chè móc câu;;;20/11/2026;3 kg;;;1/11/2026;999", "Số ngày cách ly", "0 đến 365"),
        (";Chè móc câu;Ma Thị Hoa;Nương lạ;20/11/2026;3 kg;;;;", "Thửa", "chưa có thửa"),
        (";Chè móc câu;;Nương lạ;20/11/2026;3 kg;;;;", "Xã viên", "trống"),
        ("L-000000-09;Chè móc câu;;;20/11/2026;3 kg;;;;", "Mã lô", "Mã lô do chợ cấp"),
    ],
)
def test_what_is_wrong_is_said_by_column(
    desk: Desk, tea: str, hoa: str, row: str, column: str, words: str
) -> None:
    planned = desk.row(Kind.LOTS, HEAD + row)
    assert planned.does is Does.BAD
    assert words in why(planned)[column]


def test_another_sellers_member_and_lot_are_unknown(session: Session, desk: Desk, tea: str) -> None:
    other = Desk(session, make_seller(session))
    make_member(session, other.seller, "Ma Thị Hoa")
    assert "Sổ xã viên chưa có" in why(desk.row(Kind.LOTS, HEAD + ROW))["Xã viên"]


def test_a_member_who_left_brings_nothing_new(desk: Desk, tea: str, hoa: str) -> None:
    members.leave(desk.session, desk.seller, hoa, days_from_now(-10))
    row = desk.row(Kind.LOTS, HEAD + ROW)
    assert "đã thôi là xã viên" in why(row)["Xã viên"]


def test_two_members_of_one_name_are_asked_about(desk: Desk, tea: str, hoa: str) -> None:
    make_member(desk.session, desk.seller, "Ma Thi Hoa", phone="0987654321")
    assert "Có hai xã viên tên" in why(desk.row(Kind.LOTS, HEAD + ROW))["Xã viên"]


@pytest.mark.parametrize("packed", ["csv", "xlsx"])
def test_lots_taken_away_and_sent_back_change_nothing(
    desk: Desk, tea: str, hoa: str, packed: str
) -> None:
    desk.write(Kind.LOTS, HEAD + ROW)
    taken = desk.plan(Kind.LOTS, desk.take(Kind.LOTS, packed))
    assert [row.does for row in taken.rows] == [Does.SAME, Does.SAME]


def test_a_lot_that_is_there_is_not_changed_by_a_file(desk: Desk, tea: str, hoa: str) -> None:
    desk.write(Kind.LOTS, HEAD + ROW)
    code = harvests(desk)[0].code
    row = desk.row(Kind.LOTS, HEAD + f"{code};Chè móc câu;;;21/11/2026;13 kg;Loại 2;;;")
    told = why(row)
    assert "ghi khác (20/11/2026)" in told["Ngày thu hoạch"]
    assert "ghi khác (Loại 1)" in told["Hạng"]
    assert "trong kho còn 12,5 kg" in told["Số lượng"]


def test_household_classes_are_never_taken_away(desk: Desk, tea: str, hoa: str) -> None:
    entry = NewEntry("near_poor", clock.today(), "Danh sách xã 2026", clock.today() - timedelta(1))
    households.record(desk.session, desk.seller, hoa, entry, ACTOR)
    desk.write(Kind.LOTS, HEAD + ROW)
    for kind in Kind:
        text = desk.take(kind).decode().lower()
        assert "cận nghèo" not in text
        assert "poor" not in text
        assert "danh sách xã" not in text


def test_a_spraying_needs_the_days_to_wait_even_if_none(desk: Desk, tea: str, hoa: str) -> None:
    row = ";Chè móc câu;Ma Thị Hoa;;20/11/2026;3 kg;;;15/11/2026;"
    assert "cần số ngày cách ly" in str(why(desk.row(Kind.LOTS, HEAD + row)))
    assert desk.row(Kind.LOTS, HEAD + row + "0").does is Does.NEW
