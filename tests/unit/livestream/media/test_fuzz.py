"""Ten thousand spoilt streams, slices in any order, and some spoilt recordings through the real program."""

from pathlib import Path

from tests.support.mutated_movies import feed_mixed_slices, feed_spoilt_streams
from tests.support.spoilt_recordings import send_spoilt_recordings


def test_ten_thousand_spoilt_streams_are_read_or_refused_by_name() -> None:
    seen = feed_spoilt_streams(10_000, seed=7)
    assert (seen.read > 500, seen.refused > 2_000) == (True, True)
    assert len(seen.reasons) > 8
    assert seen.longest_s < 1
    assert seen.grown_mb < 32


def test_slices_in_any_order_come_out_in_theirs() -> None:
    feed_mixed_slices(200, seed=7)


def test_spoilt_recordings_end_alone_and_in_time(tmp_path: Path) -> None:
    shown = send_spoilt_recordings(24, 7, tmp_path)
    assert 0 < shown < 24
