"""The codes of pins: which may be chosen, which comes next, and numbers alone."""

import pytest
from sqlalchemy.orm import Session

from core import clock
from core.errors import BadRequest
from livestream import log
from livestream.errors import CodesFull
from livestream.pins import pin_codes, pins
from livestream.pins.pin_errors import CodeTaken
from livestream.pins.pins import NewPin
from livestream.reader import claim_reader
from livestream.talk import comments
from livestream.talk.comments import CommentRequest
from tests.factories.catalog import make_listing
from tests.factories.livestream import Show, make_buyer, make_claim, make_show


def add(session: Session, show: Show, code: str = "") -> str:
    listing_id = make_listing(session, show.seller_id)
    return pins.add(session, show.id, NewPin(listing_id, 2, 50_000, 2, code), {show.seller_id})


@pytest.mark.parametrize(
    ("codes", "following"),
    [
        ([], "A1"),
        (["A1"], "A2"),
        (["SP05"], "SP06"),
        (["7"], "8"),
        (["A2", "A1"], "A3"),
        (["B9"], "B10"),
    ],
)
def test_the_next_code_goes_on_as_the_last_began(codes: list[str], following: str) -> None:
    assert pin_codes.next_after(codes) == following


def test_letters_run_out_of_numbers() -> None:
    with pytest.raises(CodesFull):
        pin_codes.next_after(["A999"])


@pytest.mark.parametrize("typed", ["ABC1", "A", "A1234", "1A", "A-1", "Đ1", "٣"])
def test_a_code_nobody_could_read_is_refused(typed: str) -> None:
    with pytest.raises(BadRequest):
        pin_codes.chosen(typed, ())


def test_a_host_chooses_a_code_and_the_next_follows_it(session: Session) -> None:
    show = make_show(session, 1)
    assert [add(session, show, "sp05"), add(session, show)] == ["SP05", "SP06"]
    with pytest.raises(CodeTaken):
        add(session, show, "a1")


def test_a_lone_number_is_a_code_where_goods_are_called_by_numbers(session: Session) -> None:
    show = make_show(session, 1)
    assert add(session, show, "12") == "12"
    pins.show(session, show.id, "12")
    turn = log.begin(session, show.id)
    words = CommentRequest(show.id, "12", make_buyer(session), clock.now_ms())
    (said,) = comments.keep(session, turn, [words])
    assert [(item.code, item.packs) for item in said.reading.items] == [("12", 1)]
    assert make_claim(session, show, code="12").held == 1


def test_a_lone_number_is_no_code_elsewhere() -> None:
    assert not pin_codes.are_bare({"A1", "SP05"})
    assert claim_reader.read("12", {}, None).kind != "claim"
