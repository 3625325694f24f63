"""A phone's slices become live video, through the real program."""

from collections.abc import Iterator
from pathlib import Path

import gevent
import pytest

from livestream.media import watching
from livestream.media.channel import OVER_MS, SILENT_MS, Channel, News, Output
from livestream.media.chunks import ChunkRefused
from livestream.media.encoder import Container, Source
from livestream.media.packager import Packager
from livestream.media.recorder import Recorder, digest, kept
from livestream.media.watching import endless
from tests.factories import movies
from tests.factories.recordings import recording, slices

H264 = Source(Container.MATROSKA, is_h264=True)


class Phone:
    """Sends slices to a channel and hears what it tells."""

    def __init__(self, folder: Path) -> None:
        self.news: list[tuple[News, str]] = []
        self.folder = folder
        self.channel = Channel(Recorder(folder), lambda *told: self.news.append(told))
        self.now_ms = 1_000

    def send(self, data: bytes, run: int = 0, source: Source = H264, start: int = 0) -> None:
        for at, piece in enumerate(slices(data, 20)[start:], start):
            self.channel.take(source, (run, at), piece, self.now_ms)
            self.now_ms += 200
            gevent.sleep(0.01)

    def hear(self, news: News) -> str:
        """Wait until that was told; its reason."""
        with gevent.Timeout(10):
            while news not in dict(self.news):
                gevent.sleep(0.01)
        return dict(self.news)[news]


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    made = Phone(tmp_path / "kept")
    yield made
    made.channel.end()


def lengths_us(channel: Channel) -> int:
    return sum(each.length_us for each in channel.pictures.timeline)


@pytest.mark.parametrize(
    "source", [H264, Source(Container.MP4, is_h264=True), Source(Container.MATROSKA, is_h264=False)]
)
def test_what_a_phone_sends_comes_out_whole(phone: Phone, source: Source) -> None:
    phone.send(recording(h264=source.is_h264, container=source.container.value), source=source)
    phone.channel.end()
    assert lengths_us(phone.channel) == pytest.approx(4_000_000, abs=100_000)
    assert sum(each.length_us for each in phone.channel.sound.timeline) == pytest.approx(
        4_000_000, abs=100_000
    )
    assert phone.channel.pictures.timeline.latest_init is not None
    assert phone.news == [(News.STARTED, ""), (News.ENDED, "")]


def test_slices_that_come_at_once_are_of_one_program(phone: Phone) -> None:
    pieces = list(enumerate(slices(recording(8), 4)))
    takes = [
        gevent.spawn(phone.channel.take, H264, (0, at), piece, phone.now_ms)
        for at, piece in reversed(pieces[1:] + pieces[:1])
    ]
    gevent.joinall(takes, raise_error=True)
    phone.channel.end()
    written_us = sum(int(line["length_us"]) for line in kept(phone.folder))
    assert written_us == pytest.approx(8_000_000, abs=200_000)


def test_a_smaller_picture_begins_after_the_last_of_the_one_before(phone: Phone) -> None:
    phone.send(recording())
    phone.send(recording(2), run=1)
    phone.channel.end()
    assert lengths_us(phone.channel) == pytest.approx(6_000_000, abs=200_000)
    assert [each.is_break for each in phone.channel.pictures.timeline].count(True) == 1
    with pytest.raises(ChunkRefused, match="ended"):
        phone.channel.take(H264, (1, 99), b"late", phone.now_ms)


def test_slices_of_a_run_that_another_followed_are_refused(phone: Phone) -> None:
    phone.channel.take(H264, (1, 0), slices(recording(), 20)[0], 1_000)
    with pytest.raises(ChunkRefused, match="old_run"):
        phone.channel.take(H264, (0, 0), b"old", 1_000)


def test_silence_is_told_once_and_so_is_the_return(phone: Phone) -> None:
    pieces = slices(recording(), 20)
    for at, piece in enumerate(pieces[:10]):
        phone.channel.take(H264, (0, at), piece, 1_000)
    phone.hear(News.STARTED)
    for later_ms in (SILENT_MS - 1, SILENT_MS, SILENT_MS + 5_000):
        phone.channel.look(1_000 + later_ms)
    for at, piece in enumerate(pieces[10:], 10):
        phone.channel.take(H264, (0, at), piece, 1_000 + SILENT_MS + 6_000)
    phone.hear(News.RETURNED)
    told = [news for news, _ in phone.news]
    assert told == [News.STARTED, News.INTERRUPTED, News.RETURNED]


def test_a_publisher_that_stays_silent_loses_its_program_and_begins_a_new_run(phone: Phone) -> None:
    first, second = slices(recording(), 20)[:2]
    phone.channel.take(H264, (0, 0), first, 1_000)
    phone.channel.look(1_000 + OVER_MS)
    with pytest.raises(ChunkRefused, match="old_run"):
        phone.channel.take(H264, (0, 1), second, 1_000 + OVER_MS)
    phone.send(recording(2), run=1)
    phone.channel.end()
    assert lengths_us(phone.channel) > 1_800_000


def test_bytes_that_are_no_video_end_the_run_and_hurt_nothing_else(phone: Phone) -> None:
    with pytest.raises(ChunkRefused, match="old_run"):
        phone.send(bytes(200_000))
    phone.send(recording(2), run=1)
    phone.channel.end()
    assert lengths_us(phone.channel) > 1_800_000


def test_the_recording_is_whole_and_its_digests_are_a_chain(phone: Phone) -> None:
    phone.send(recording())
    phone.channel.end()
    lines, before = kept(phone.folder), ""
    assert sum(int(line["length_us"]) for line in lines) == pytest.approx(4_000_000, abs=100_000)
    for line in lines:
        said = {name: value for name, value in line.items() if name != "digest"}
        before = digest(before, said, (phone.folder / str(line["file"])).read_bytes())
        assert line["digest"] == before


def test_the_endless_mp4_begins_with_its_head_at_a_key_frame(phone: Phone) -> None:
    phone.send(recording())
    phone.channel.end()
    head, first, *_ = endless(phone.channel.pictures)
    assert head[4:8] == b"ftyp"
    assert first[4:8] == b"moof"


def test_the_endless_mp4_ends_only_when_there_is_something_of_the_next_picture_size() -> None:
    output, packager = Output(), Packager()
    pieces = [made for piece in movies.stream(2) for made in packager.feed(piece)]
    output.add(pieces)
    viewer = gevent.spawn(list, endless(output))
    gevent.sleep(0)
    output.add(pieces[:1])
    viewer.join(timeout=0.05)
    assert not viewer.ready()
    output.add(pieces[1:2])
    assert len(viewer.get(timeout=2)) == 3


def test_the_endless_mp4_waits_for_a_first_picture_and_lets_go_of_a_silent_stream(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "QUIET_S", 0.3)
    monkeypatch.setattr(watching, "_LOOK_S", 0.1)
    assert list(endless(phone.channel.pictures)) == []
    monkeypatch.setattr(watching, "QUIET_S", 3)
    seen = gevent.spawn(lambda: next(endless(phone.channel.pictures)))
    phone.send(recording())
    assert seen.get(timeout=5)[4:8] == b"ftyp"
    monkeypatch.setattr(watching, "QUIET_S", 0.3)
    assert len(list(endless(phone.channel.pictures))) > 1
