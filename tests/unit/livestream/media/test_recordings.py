"""A recording is given out again by a signed pass, and every byte of it is checked."""

import json
from pathlib import Path

import pytest

from livestream.media import passes
from livestream.media.packager import Packager
from livestream.media.passes import BadPass, Pass
from livestream.media.recorder import LIST, Recorder, kept
from livestream.media.recordings import NoRecording, Recordings, Span, faults
from livestream.media.timeline import Timeline
from tests.factories import movies

STREAM, SECRET, NOW_MS = "stream_0123456789abcdef", b"s" * 32, 1_000_000
GIVEN = passes.signed(Pass(STREAM, NOW_MS + 1), SECRET)


def recorded(folder: Path, parts: int = 30) -> None:
    timeline, packager, recorder = Timeline(), Packager(), Recorder(folder)
    for piece in movies.stream(parts):
        for made in packager.feed(piece):
            timeline.add(made)
            keep(recorder, timeline)
    timeline.end()
    keep(recorder, timeline)


def keep(recorder: Recorder, timeline: Timeline) -> None:
    for piece in recorder.ready(timeline):
        recorder.write(piece)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    recorded(tmp_path / STREAM)
    return tmp_path / STREAM


@pytest.fixture
def recordings(folder: Path) -> Recordings:
    return Recordings(folder.parent, SECRET, lambda: NOW_MS)


def files(playlist: str) -> list[str]:
    return [line for line in playlist.splitlines() if line.endswith(".m4s")]


def test_the_playlist_names_each_segment_and_each_is_given_as_it_was_kept(
    recordings: Recordings, folder: Path
) -> None:
    text = recordings.playlist(GIVEN, Span())
    assert files(text) == [line["file"] for line in kept(folder)]
    for name in (*files(text), text.split('URI="')[1].split('"')[0]):
        assert recordings.file(GIVEN, name) == (folder / name).read_bytes()


def test_a_span_is_the_segments_it_touches(recordings: Recordings, folder: Path) -> None:
    lengths_ms = [int(line["length_us"]) // 1000 for line in kept(folder)]
    span = Span(lengths_ms[0] + 1, lengths_ms[0] + lengths_ms[1] + 1)
    assert files(recordings.playlist(GIVEN, span)) == ["000001.m4s", "000002.m4s"]
    assert files(recordings.playlist(GIVEN, Span(0, 1))) == ["000000.m4s"]
    with pytest.raises(NoRecording):
        recordings.playlist(GIVEN, Span(sum(lengths_ms) + 1000))


@pytest.mark.parametrize("name", ["segments.jsonl", "../x", "hidden", "000999.m4s", "init-1.mp4"])
def test_only_what_the_recorder_named_is_given(recordings: Recordings, name: str) -> None:
    with pytest.raises(NoRecording):
        recordings.file(GIVEN, name)


@pytest.mark.parametrize("given", ["", "a.b", "x" * 300, GIVEN[:-2] + "AA", "." + GIVEN])
def test_a_pass_that_is_none_shows_nothing(recordings: Recordings, given: str) -> None:
    with pytest.raises(NoRecording):
        recordings.playlist(given, Span())


def test_a_pass_ends() -> None:
    passes.read(GIVEN, SECRET, NOW_MS)
    with pytest.raises(BadPass):
        passes.read(GIVEN, SECRET, NOW_MS + 1)


def test_what_is_hidden_is_not_seen_until_it_is_shown_again(recordings: Recordings) -> None:
    recordings.hide(STREAM, is_hidden=True)
    with pytest.raises(NoRecording):
        recordings.file(GIVEN, "000000.m4s")
    recordings.hide(STREAM, is_hidden=False)
    assert recordings.file(GIVEN, "000000.m4s")


def test_what_is_deleted_leaves_no_bytes(recordings: Recordings, folder: Path) -> None:
    recordings.forget(STREAM)
    recordings.forget(STREAM)
    assert recordings.facts(STREAM) is None
    assert {path.name for path in folder.iterdir()} == {"forgotten"}


def test_a_line_torn_by_a_kill_is_left_out_and_the_recording_goes_on(
    recordings: Recordings, folder: Path
) -> None:
    count = len(kept(folder))
    with (folder / LIST).open("a") as out:
        out.write('{"file": "000')
    assert len(kept(folder)) == count
    recorded(folder, 10)
    assert len(kept(folder)) > count
    assert faults(folder) == []
    assert recordings.playlist(GIVEN, Span()).count("#EXT-X-DISCONTINUITY") == 1


def test_a_changed_byte_a_lost_file_and_an_edited_line_are_found(folder: Path) -> None:
    assert faults(folder) == []
    changed = folder / "000001.m4s"
    changed.write_bytes(changed.read_bytes()[:-1] + b"!")
    (folder / "000002.m4s").unlink()
    lines = kept(folder)
    lines[0]["length_us"] = 1
    (folder / LIST).write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert faults(folder) == ["000000.m4s: changed", "000001.m4s: changed", "000002.m4s: gone"]


def test_the_facts_say_how_long_and_how_large_it_is(recordings: Recordings, folder: Path) -> None:
    facts = recordings.facts(STREAM)
    assert facts is not None
    assert facts.length_ms == 6_000
    assert facts.digest == kept(folder)[-1]["digest"]
    assert facts.size_bytes > 6_000
