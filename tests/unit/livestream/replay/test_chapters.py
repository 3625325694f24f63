"""Which product is seen where in a recording, also over interruptions."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from core import clock
from core.strict_json import JsonValue
from livestream.replay.chapters import Chapter, chapters, clip, ms_of
from livestream.replay.tape import Tape
from livestream.room.snapshot import LogLine
from livestream.video.live_engine import Piece

START_MS = 1_790_000_000_000
WHOLE = Tape((Piece(START_MS, 600_000),))


def said(second: int, kind: str, **data: JsonValue) -> LogLine:
    return LogLine(seq=1, type=kind, at=clock.iso(START_MS + second * 1000), data=dict(data))


def pinned(second: int, code: str, price: int = 65_000, state: str = "showing") -> LogLine:
    return said(second, "pinned", code=code, state=state, price_vnd=price, flash=None)


def seen(lines: list[LogLine], tape: Tape = WHOLE) -> list[tuple[str, int, int, int]]:
    return [
        (one.code, one.start_ms // 1000, one.end_ms // 1000, one.live_vnd)
        for one in chapters(lines, tape)
    ]


def test_each_product_in_the_middle_is_a_chapter() -> None:
    lines = [pinned(0, "A1"), pinned(0, "A2", state="side"), pinned(120, "A2", 40_000)]
    assert seen([*lines, said(300, "session_ended")]) == [
        ("A1", 0, 120, 65_000),
        ("A2", 120, 300, 40_000),
    ]


def test_a_product_taken_away_ends_its_chapter_and_may_come_back() -> None:
    lines = [pinned(0, "A1"), said(60, "unpinned", code="A1", state="queued"), pinned(90, "A1")]
    assert seen([*lines, said(100, "session_ended")]) == [
        ("A1", 0, 60, 65_000),
        ("A1", 90, 100, 65_000),
    ]


def test_a_chapter_knows_its_cheapest_live_price() -> None:
    lines = [
        pinned(0, "A1"),
        said(5, "price_changed", code="A1", price_vnd=60_000),
        said(6, "flash_started", code="A1", price_vnd=50_000),
        said(7, "flash_started", code="A2", price_vnd=1_000),
        said(9, "price_changed", code="A1", price_vnd=70_000),
    ]
    assert seen([*lines, said(20, "session_ended")]) == [("A1", 0, 20, 50_000)]


def test_the_same_product_set_again_goes_on() -> None:
    assert seen([pinned(0, "A1"), pinned(30, "A1"), said(60, "session_ended")]) == [
        ("A1", 0, 60, 65_000)
    ]


def test_time_without_picture_has_no_media() -> None:
    tape = Tape((Piece(START_MS, 100_000), Piece(START_MS + 160_000, 100_000)))
    lines = [pinned(0, "A1"), pinned(110, "A2"), pinned(140, "A3"), said(260, "session_ended")]
    found = chapters(lines, tape)
    assert [(one.code, one.start_ms, one.end_ms) for one in found] == [
        ("A1", 0, 100_000),
        ("A2", 100_000, 100_000),
        ("A3", 100_000, 200_000),
    ]
    assert [one.is_seen for one in found] == [True, False, True]


def test_a_clip_is_the_longest_chapter_of_its_product() -> None:
    all_of = [
        Chapter("A1", 0, 5_000, 1),
        Chapter("A2", 5_000, 6_500, 1),
        Chapter("A1", 7_000, 20_000, 1),
    ]
    assert clip(all_of, "A1") == all_of[2]
    assert clip(all_of, "A3") is None


def test_a_time_of_the_log_is_read_to_the_millisecond() -> None:
    assert ms_of(clock.iso(START_MS + 7)) == START_MS + 7


_TAPES = some.lists(
    some.tuples(some.integers(0, 50_000), some.integers(1, 50_000)), max_size=8
).map(
    lambda each: Tape(
        tuple(
            Piece(sum(gap + length for gap, length in each[:at]) + gap, length)
            for at, (gap, length) in enumerate(each)
        )
    )
)


@given(_TAPES, some.lists(some.integers(-1_000, 500_000), max_size=20))
def test_later_moments_are_never_earlier_in_the_recording(tape: Tape, moments: list[int]) -> None:
    offsets = [tape.offset_ms(moment) for moment in sorted(moments)]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= tape.length_ms for offset in offsets)


@given(_TAPES, some.integers(0, 400_000), some.integers(0, 60_000))
def test_a_span_of_the_day_has_just_the_media_sent_in_it(
    tape: Tape, start: int, length: int
) -> None:
    end = start + length
    sent = sum(
        max(0, min(end, piece.at_ms + piece.length_ms) - max(start, piece.at_ms))
        for piece in tape.pieces
    )
    assert tape.offset_ms(end) - tape.offset_ms(start) == sent


_CODES = some.sampled_from(["A1", "A2", "A3"])
_LINES = some.lists(
    some.tuples(_CODES, some.sampled_from(["showing", "side", "gone"]), some.integers(0, 90))
).map(
    lambda each: [
        said(sum(step for *_, step in each[: at + 1]), "unpinned", code=code)
        if state == "gone"
        else pinned(sum(step for *_, step in each[: at + 1]), code, state=state)
        for at, (code, state, _) in enumerate(each)
    ]
)


@given(_LINES, _TAPES)
def test_chapters_stand_in_order_and_never_overlap(lines: list[LogLine], tape: Tape) -> None:
    based = Tape(tuple(Piece(START_MS + one.at_ms, one.length_ms) for one in tape.pieces))
    found = chapters([*lines, said(9_999, "session_ended")], based)
    for one, following in pairwise(found):
        assert one.start_ms <= one.end_ms <= following.start_ms
