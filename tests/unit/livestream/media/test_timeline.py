"""Parts become segments with numbers, and playlists that say exactly what may be fetched."""

import re

import pytest

from livestream.media import playlists
from livestream.media.packager import Packager
from livestream.media.playlists import Recorded
from livestream.media.timeline import MOST_BYTES, MOST_PARTS, MOST_US, Timeline
from tests.factories import movies


def filled(*pieces: bytes, kept: int = 12) -> Timeline:
    timeline, packager = Timeline(kept), Packager()
    for piece in pieces:
        for made in packager.feed(piece):
            timeline.add(made)
    return timeline


def test_a_segment_begins_at_a_key_frame_after_a_second() -> None:
    timeline = filled(*movies.stream(13))
    assert [(each.number, len(each.parts), each.is_done) for each in timeline] == [
        (0, 5, True),
        (1, 5, True),
        (2, 3, False),
    ]
    assert timeline.newest == (2, 3)


def test_a_phone_that_sends_few_key_frames_still_gets_segments_that_end() -> None:
    timeline = filled(*movies.stream(40, key_each=1000))
    assert all(each.length_us <= MOST_US for each in timeline)
    assert len(list(timeline)) == 4


def test_parts_that_last_no_time_do_not_pile_up_in_one_segment() -> None:
    parts = [movies.fragment(0, 0, extra=bytes(1000)) for _ in range(MOST_PARTS * 4)]
    timeline = filled(movies.head(), *parts, kept=2)
    assert [len(each.parts) for each in timeline] == [MOST_PARTS, MOST_PARTS]


def test_large_parts_do_not_pile_up_in_one_segment() -> None:
    parts = [movies.fragment(0, 0, extra=bytes(1024 * 1024)) for _ in range(10)]
    timeline = filled(movies.head(), *parts)
    assert all(len(each.data) <= MOST_BYTES for each in timeline)


def test_heads_that_nothing_follows_do_not_pile_up() -> None:
    timeline = filled(*movies.stream(5), *[movies.head(movies.PICTURE_TRACK)] * 50)
    assert timeline.init(1) is not None
    assert timeline.init(2) is None


def test_only_the_newest_segments_are_kept_and_keep_their_numbers() -> None:
    timeline = filled(*movies.stream(50), kept=3)
    assert [each.number for each in timeline] == [7, 8, 9]
    assert timeline.segment(6) is None
    assert timeline.segment(10) is None
    kept = timeline.segment(8)
    assert kept is not None
    assert kept.data.count(b"moof") == 5


def test_a_new_head_is_a_break_and_the_old_one_is_forgotten_with_its_segments() -> None:
    timeline = filled(*movies.stream(7), *movies.stream(7), kept=3)
    text = playlists.live(timeline)
    assert [each.is_break for each in timeline] == [False, True, False]
    assert text.index('URI="init-0.mp4"') < text.index("#EXT-X-DISCONTINUITY\n")
    later = filled(*movies.stream(7), *movies.stream(20), kept=3)
    assert later.init(0) is None
    assert "#EXT-X-DISCONTINUITY-SEQUENCE:1" in playlists.live(later)


def test_the_playlist_names_only_what_may_be_fetched_and_hints_at_the_next_part() -> None:
    timeline = filled(*movies.stream(33), kept=4)
    text = playlists.live(timeline)
    for number in map(int, re.findall(r"seg-(\d+)", text)):
        found = timeline.segment(number)
        assert found is not None
        assert found.is_done
    for number, part in re.findall(r'PART:DURATION=[\d.]+,URI="part-(\d+)-(\d+)', text):
        found = timeline.segment(int(number))
        assert found is not None
        assert int(part) < len(found.parts)
    hinted = re.findall(r'PRELOAD-HINT:TYPE=PART,URI="part-(\d+)-(\d+)', text)
    assert [(int(number), int(part)) for number, part in hinted] == [timeline.newest]


@pytest.mark.parametrize(
    ("number", "part", "is_there"),
    [(0, None, True), (2, None, False), (2, 2, True), (2, 3, False), (3, 0, False), (1, 99, True)],
)
def test_who_waits_for_a_part_waits_until_it_is_there(
    number: int, part: int | None, is_there: bool
) -> None:
    assert filled(*movies.stream(13)).has(number, part) is is_there


def test_nobody_waits_for_a_stream_that_is_over() -> None:
    timeline = filled(*movies.stream(3))
    timeline.end()
    assert timeline.has(99, 0)
    assert playlists.live(timeline).endswith("seg-0.m4s\n#EXT-X-ENDLIST\n")


def test_a_recording_lists_every_segment_once_with_its_head() -> None:
    rows = [
        Recorded("a.m4s", "i0.mp4", 2_000_000, True, "2026-11-22T01:00:00.000Z"),
        Recorded("b.m4s", "i1.mp4", 1_234_567, True, "2026-11-22T01:05:00.000Z"),
    ]
    assert playlists.recording(rows).splitlines()[2:] == [
        "#EXT-X-TARGETDURATION:2",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        '#EXT-X-MAP:URI="i0.mp4"',
        "#EXT-X-PROGRAM-DATE-TIME:2026-11-22T01:00:00.000Z",
        "#EXTINF:2.00000,",
        "a.m4s",
        "#EXT-X-DISCONTINUITY",
        '#EXT-X-MAP:URI="i1.mp4"',
        "#EXT-X-PROGRAM-DATE-TIME:2026-11-22T01:05:00.000Z",
        "#EXTINF:1.23456,",
        "b.m4s",
        "#EXT-X-ENDLIST",
    ]
