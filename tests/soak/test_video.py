"""A million spoilt streams and some hundreds of spoilt recordings: nothing falls, nothing grows."""

from pathlib import Path

import pytest

from tests.support.mutated_movies import feed_mixed_slices, feed_spoilt_streams
from tests.support.spoilt_recordings import send_spoilt_recordings

_SLICES, _EACH = 20, 50_000


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(_SLICES))
def test_a_million_spoilt_streams_are_read_or_refused_by_name(seed: int) -> None:
    seen = feed_spoilt_streams(_EACH, 1_000 + seed)
    print(
        f"\n{_EACH:,} spoilt streams, seed {1_000 + seed}: {seen.read:,} read, {seen.refused:,} refused "
        f"({len(seen.reasons)} reasons), longest {seen.longest_s * 1000:.1f} ms, "
        f"memory {seen.grown_mb:+.1f} MB"
    )
    assert seen.longest_s < 1
    assert seen.grown_mb < 32


@pytest.mark.timeout(3600)
def test_twenty_thousand_lines_of_slices_come_out_in_order() -> None:
    feed_mixed_slices(20_000, seed=8)


@pytest.mark.timeout(3600)
def test_hundreds_of_spoilt_recordings_end_alone_and_in_time(tmp_path: Path) -> None:
    shown = send_spoilt_recordings(400, 8, tmp_path)
    print(f"\n400 spoilt recordings: {shown} were shown in part")
    assert 0 < shown < 400
