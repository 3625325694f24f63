"""What was sent when: gaps are gaps, and what came late after an outage is put where it was seen."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from livestream.media.pieces import Sent, pieces

_S = 1_000_000


def sent(*each: tuple[int, int]) -> list[Sent]:
    return [Sent(at * _S, length * _S) for at, length in each]


def test_segments_that_follow_each_other_are_one_piece() -> None:
    assert pieces(sent((10, 2), (12, 2), (15, 2))) == ((10_000, 6_000),)


def test_a_time_without_media_is_between_two_pieces() -> None:
    assert pieces(sent((10, 2), (60, 2), (62, 2))) == ((10_000, 2_000), (60_000, 4_000))


def test_what_was_kept_during_an_outage_stands_where_it_was_seen() -> None:
    late = sent((0, 10), (40, 10), (41, 10), (42, 10), (43, 10))
    assert pieces(late) == ((0, 10_000), (13_000, 40_000))


@given(
    some.lists(some.tuples(some.integers(0, 100 * _S), some.integers(1, 3 * _S)), max_size=30).map(
        lambda each: [Sent(at, length) for at, length in sorted(each)]
    )
)
def test_pieces_never_overlap_and_lose_no_media(segments: list[Sent]) -> None:
    found = pieces(segments)
    for (at, length), (next_at, _) in pairwise(found):
        assert at + length <= next_at
    lost_ms = sum(one.length_us for one in segments) / 1000 - sum(each[1] for each in found)
    assert 0 <= lost_ms <= len(found)
