"""The program that reads strangers' recordings: bombs and floods end it, and it can reach nothing."""

import os
import re
import signal
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import gevent
import imageio_ffmpeg
import pytest

from livestream.media import ffmpeg
from livestream.media.channel import Channel, News
from livestream.media.chunks import ChunkRefused
from livestream.media.encoder import Container, Encoder, Source, asked
from livestream.media.health import DRY_MS
from livestream.media.recorder import Recorder
from tests.factories.recordings import recording, slices
from tests.support.local_server import LocalSite

H264 = Source(Container.MATROSKA, is_h264=True)
ANEW = Source(Container.MATROSKA, is_h264=False)
MP4 = Source(Container.MP4, is_h264=True)
_VOID = b"\xec\x10\x00\xff\xf0" + bytes(0xFFFF0)
_MOST_MB = 1024


class Sent:
    """A channel that somebody sends to, its clock, and what it told."""

    def __init__(self, folder: Path) -> None:
        self.news: list[tuple[News, str]] = []
        self.channel = Channel(Recorder(folder), lambda *told: self.news.append(told))
        self.now_ms = 1_000
        self.most_kib = 0

    def send(self, pieces: list[bytes], source: Source = H264, run: int = 0) -> None:
        """Send until it is refused."""
        with suppress(ChunkRefused):
            for at, piece in enumerate(pieces):
                self.channel.take(source, (run, at), piece, self.now_ms)
                self.now_ms += 200
                gevent.sleep(0.005)
                self.most_kib = max(self.most_kib, memory_kib(self.channel))

    def look_until(self, news: News) -> str:
        """Let time pass until that is told; its reason."""
        with gevent.Timeout(10):
            while news not in dict(self.news):
                self.now_ms += 1_000
                self.channel.look(self.now_ms)
                self.keep_sending()
                gevent.sleep(0.02)
        return dict(self.news)[news]

    def keep_sending(self) -> None:
        """It is not silence that ends it."""
        with suppress(ChunkRefused):
            self.channel.take(H264, (0, 0), b"again", self.now_ms)


def memory_kib(channel: Channel) -> int:
    """The most memory that the program of the channel's run has had; 0 once it is gone."""
    run = channel._run
    with suppress(FileNotFoundError, ProcessLookupError):
        said = Path(f"/proc/{run.encoder.pid}/status").read_text() if run else ""
        found = re.search(r"VmHWM:\s*(\d+) kB", said)
        return int(found[1]) if found else 0
    return 0


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[Sent]:
    made = Sent(tmp_path)
    yield made
    made.channel.end()


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new)


def bombs() -> dict[str, tuple[Source, bytes]]:
    """Small recordings that announce something huge."""
    whole, vp8 = recording(1), recording(1, h264=False)
    mp4 = recording(1, container="mp4")
    huge = changed(vp8, b"\x9d\x01\x2a\xb4\x00\x40\x01", b"\x9d\x01\x2a\xff\x3f\xff\x3f")
    tall = changed(vp8, b"\xba\x82\x01\x40", b"\xba\x82\xff\xff")  # PixelHeight
    cluster = whole.index(b"\x1f\x43\xb6\x75")
    moov = mp4.index(b"moov") - 4
    return {
        "frames of 16383 x 16383 to be made anew": (ANEW, huge),
        "a track of 180 x 65535 to be made anew": (ANEW, tall),
        "an element of 2^56 bytes": (H264, whole[:cluster] + b"\xa3\x01" + b"\xff" * 6 + bytes(99)),
        "elements in elements": (H264, whole[:cluster] + b"\x1f\x43\xb6\x75\xff" * 50_000),
        "a box of 4 GB": (MP4, mp4[:moov] + b"\xff\xff\xff\xf0moov" + mp4[moov + 8 :]),
        "a table of 4 milliard rows": (MP4, mp4[:moov] + _table()),
        "random": (H264, os.urandom(100_000)),
        "the wrong container": (MP4, whole),
    }


def _table() -> bytes:
    def box(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I4s", 8 + len(body), kind) + body

    stts = box(b"stts", struct.pack(">III", 0, 0xFFFF_FFFF, 1))
    return box(b"moov", box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", stts)))))


@pytest.mark.parametrize(
    "name",
    [
        "frames of 16383 x 16383 to be made anew",
        "a track of 180 x 65535 to be made anew",
        "an element of 2^56 bytes",
        "elements in elements",
        "a box of 4 GB",
        "a table of 4 milliard rows",
        "random",
        "the wrong container",
    ],
)
def test_a_bomb_ends_its_own_run_and_takes_little_memory(sent: Sent, name: str) -> None:
    source, data = bombs()[name]
    sent.send(slices(data, 20), source)
    sent.channel.end()
    assert 0 < sent.most_kib < 400 * 1024
    assert sum(len(each.data) for each in sent.channel.pictures.timeline) < 10 * len(data) + 100_000


def test_many_tracks_are_not_opened(sent: Sent) -> None:
    whole = recording(1)
    at = whole.index(b"\x16\x54\xae\x6b")
    entry = whole.index(b"\xae", at + 4)
    end = whole.index(b"\xae", entry + 30)
    tracks = whole[entry:end] * 2_000
    head = whole[:at] + b"\x16\x54\xae\x6b" + struct.pack(">Q", len(tracks) | 1 << 56)
    sent.send(slices(head + tracks + whole[whole.index(b"\x1f\x43\xb6\x75") :], 20))
    sent.channel.end()
    assert list(sent.channel.pictures.timeline) == []


def test_a_flood_of_empty_elements_is_given_up(sent: Sent) -> None:
    whole = recording(1)
    sent.send([whole[: whole.index(b"\x16\x54\xae\x6b")], *[_VOID] * 4])
    assert sent.look_until(News.BROKEN) in {"no_output", "unreadable"}


def test_a_program_that_hangs_is_given_up_while_others_are_looked_at(sent: Sent) -> None:
    sent.send(slices(recording(), 20)[:10])
    sent.look_until(News.STARTED)
    (pid,) = [run.encoder.pid for run in [sent.channel._run] if run]
    os.kill(pid, signal.SIGSTOP)
    before_ms, began = sent.now_ms, time.monotonic()
    assert sent.look_until(News.BROKEN) == "no_output"
    assert sent.now_ms - before_ms >= DRY_MS
    sent.channel.look(sent.now_ms)
    assert time.monotonic() - began < 2
    with pytest.raises(ChunkRefused, match="old_run"):
        sent.channel.take(H264, (0, 10), b"more", sent.now_ms)


def test_a_phone_cannot_start_program_after_program(sent: Sent) -> None:
    for run in range(6):
        sent.channel.take(H264, (run, 0), b"x", 1_000)
    with pytest.raises(ChunkRefused, match="too_many_runs"):
        sent.channel.take(H264, (6, 0), b"x", 1_000)
    sent.channel.take(H264, (6, 0), b"x", 4_000)


def test_the_program_has_its_limits_and_a_group_of_its_own() -> None:
    encoder = Encoder(H264)
    limits = Path(f"/proc/{encoder.pid}/limits").read_text()
    environ = Path(f"/proc/{encoder.pid}/environ").read_bytes()
    assert (os.getpgid(encoder.pid), os.getsid(encoder.pid)) == (encoder.pid, encoder.pid)
    for name, most in (("address space", _MOST_MB << 20), ("file size", 0), ("cpu time", 10_800)):
        assert any(line.lower().startswith(f"max {name}") and str(most) in line.split()
                   for line in limits.splitlines()), name  # fmt: skip
    assert environ in {b"LC_ALL=C\0", b""}
    encoder.stop()
    assert not Path(f"/proc/{encoder.pid}").exists()


class Reached(LocalSite):
    """Counts who asks."""

    count = 0

    def serve(self, clerk: object) -> None:
        self.count += 1


@pytest.mark.parametrize(("is_ours", "reached"), [(True, 0), (False, 1)])
def test_the_program_reaches_no_network_and_no_file(
    tmp_path: Path, is_ours: bool, reached: int
) -> None:
    """A list that names an address is read as a recording; the control, without our options, calls it."""
    with Reached() as site:
        stdin = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{site.url}/a.ts\n#EXT-X-ENDLIST\n"
        reading, writing = os.pipe()
        ours = ffmpeg.command(asked(H264, writing))
        exe = imageio_ffmpeg.get_ffmpeg_exe()
        told = ("-f", "hls", "-protocol_whitelist", "pipe,http,tcp", "-i", "pipe:0")
        free = [exe, *told, "-f", "null", "-"]
        subprocess.run(ours if is_ours else free, input=stdin.encode(), pass_fds=(writing,),
                       capture_output=True, timeout=20)  # fmt: skip
        os.close(reading)
        os.close(writing)
    assert min(site.count, 1) == reached


def test_the_program_opens_no_address_even_when_told_to() -> None:
    with Reached() as site:
        ours = ffmpeg.command(asked(H264, 2))
        ours[ours.index("pipe:0")] = f"{site.url}/a.mkv"
        subprocess.run(ours, capture_output=True, timeout=20)
    assert site.count == 0
