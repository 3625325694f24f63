"""A carrier's table: read as people paste it, looked at line by line, taken in under the same rules."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from catalog import stock
from catalog.models import Lot
from core import fsck
from core.clock import FixedClock
from shop.carriers import by_hand, parcels
from shop.carriers.by_hand import Verdict
from shop.carriers.carrier_errors import NoStatusLines, TooManyStatusLines
from shop.carriers.status_list import read_statuses
from shop.shipments import shipments
from tests.factories.shop import Stand, make_stand, order, packed_order, paid_order

HEADING = "Mã kiện;Mã vận đơn;Tình trạng"


def label_of(session: Session, code: str) -> str:
    return shipments.for_order(session, code).label_code


def verdicts(session: Session, stand: Stand, text: str) -> list[Verdict]:
    return [one.verdict for one in by_hand.look(session, stand.seller_id, read_statuses(text))]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Đã phát thành công", "delivered"),
        ("GIAO THÀNH CÔNG", "delivered"),
        ("Phát không thành công, hẹn giao lại", "moving"),
        ("Chuyển hoàn - khách từ chối nhận", "refused"),
        ("Đã hoàn", "returned"),
        ("Đang vận chuyển", "moving"),
        ("Đã giao cho bưu tá", "moving"),
        ("đã lấy hàng", "picked_up"),
        ("Thất lạc", "lost"),
        ("thuyền về có nhớ bến chăng", ""),
    ],
)
def test_the_words_of_post_offices_are_read(session: Session, said: str, state: str) -> None:
    label = label_of(session, packed_order(session, make_stand(session)))
    spoken = f"{label[:2]} {label[2:6]}-{label[6:]}"
    (line,) = read_statuses(f"{HEADING}\n{spoken};Nguyễn Thành Công;VTP123456;{said}")
    assert (line.label, line.tracking_code, line.state) == (label, "VTP123456", state)


def test_what_is_no_table_is_refused() -> None:
    for text in ("   ", "thuyền về có nhớ bến chăng", HEADING):
        with pytest.raises(NoStatusLines):
            read_statuses(text)
    with pytest.raises(TooManyStatusLines):
        read_statuses("x\n" * 1_001)


def test_each_line_has_its_verdict_and_nothing_is_changed_by_looking(session: Session) -> None:
    stand = make_stand(session)
    ready = label_of(session, packed_order(session, stand))
    twice = label_of(session, packed_order(session, stand))
    inside = label_of(session, paid_order(session, stand))
    other = label_of(session, packed_order(session, make_stand(session)))
    text = "\n".join(
        [
            f"{ready} đã giao",
            f"{twice}; đã giao",
            f"{twice}; đang giao",
            f"{inside}; đã giao",
            f"{other}; đã giao",
            "không có mã; đã giao",
        ]
    )
    told = verdicts(session, stand, text.replace(f"{ready} ", f"{ready}; "))
    assert told == ["moves", "twice", "twice", "inside", "unknown", "no_label"]
    assert parcels.desk(session, stand.seller_id).under_way == ()


def test_a_table_delivers_parcels_and_again_changes_nothing(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    first, second = (packed_order(session, stand) for _ in range(2))
    text = (
        f"{label_of(session, first)};VTP1000001;Đã giao\n{label_of(session, second)};;Từ chối nhận"
    )
    lines = read_statuses(text)
    assert by_hand.take(session, stand.seller_id, lines) == 2
    assert [order(session, code).state for code in (first, second)] == ["delivered", "refused"]
    assert by_hand.take(session, stand.seller_id, lines) == 0
    assert verdicts(session, stand, text) == ["same", "same"]
    back = f"{label_of(session, first)}; đang giao\n{label_of(session, second)}; đã hoàn"
    assert verdicts(session, stand, back) == ["behind", "moves"]
    (over,) = parcels.desk(session, stand.seller_id).over
    assert (over.tracking_code, over.by_hand) == ("VTP1000001", True)
    session.flush()
    assert [said for one in fsck.run_all(session) for said in one.problems] == []


def test_a_line_whose_order_could_not_follow_is_taken_in_again(session: Session) -> None:
    stand = make_stand(session)
    code = packed_order(session, stand)
    lines = read_statuses(f"{label_of(session, code)}; đã giao")
    session.execute(update(Lot).values(state="blocked"))
    stock.unbind_holder(session, f"order:{code}")
    assert by_hand.take(session, stand.seller_id, lines) == 1
    (stuck,) = parcels.desk(session, stand.seller_id).over
    assert (stuck.trouble, order(session, code).state) == ("lots_missing", "packed")
    session.execute(update(Lot).values(state="available"))
    assert by_hand.take(session, stand.seller_id, lines) == 1
    assert order(session, code).state == "delivered"


def test_one_code_of_theirs_stands_for_one_parcel(session: Session) -> None:
    stand = make_stand(session)
    labels = [label_of(session, packed_order(session, stand)) for _ in range(2)]
    text = "\n".join(f"{label};VTP1000001;đang giao" for label in labels)
    assert by_hand.take(session, stand.seller_id, read_statuses(text)) == 2
    codes = [one.tracking_code for one in parcels.desk(session, stand.seller_id).under_way]
    assert sorted(codes) == ["", "VTP1000001"]
