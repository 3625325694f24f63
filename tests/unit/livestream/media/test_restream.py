"""A stream is shown elsewhere too: on a real RTMP server, whatever the other places do."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import gevent
import pytest

from livestream.media import restream_place
from livestream.media.channel import Channel
from livestream.media.encoder import Container, Source
from livestream.media.recorder import Recorder
from livestream.media.restream import Restreams
from livestream.media.restream_target import State, Wanted
from tests.factories.recordings import recording, slices
from tests.support.nginx_rtmp import RtmpServer, shown
from tests.support.server import free_port

STREAM, KEY, OTHER_KEY = "stream_0123456789abcdef", "FB-10-Abc_key", "YT-20-xyz"
H264 = Source(Container.MATROSKA, is_h264=True)


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RtmpServer]:
    with RtmpServer(tmp_path_factory.mktemp("nginx"), KEY, OTHER_KEY) as running:
        yield running


class Show:
    """A phone that sends, and what its targets tell."""

    def __init__(self, folder: Path, *, allows_inside: bool = True) -> None:
        self.told: list[tuple[str, State]] = []
        self.restreams = Restreams(
            lambda stream, state, tries, target: self.told.append((target, state)), allows_inside
        )
        self.channel = Channel(Recorder(folder), lambda *_: None)
        self.restreams.begin(STREAM, self.channel.pictures)

    def want(self, **places: tuple[str, str]) -> None:
        """Show at these: url and key by id."""
        made = [Wanted(name, restream_place.read(url), key) for name, (url, key) in places.items()]
        self.restreams.want(STREAM, made)

    def send(self, run: int = 0, seconds: float = 1.6, source: Source = H264) -> None:
        """Send a recording of four seconds within `seconds`."""
        pieces = slices(recording(h264=source.is_h264), 20)
        for at, piece in enumerate(pieces):
            self.channel.take(source, (run, at), piece, 1_000)
            gevent.sleep(seconds / len(pieces))

    def state(self, target: str) -> str:
        return self.restreams.states(STREAM)[target]


@pytest.fixture
def show(tmp_path: Path) -> Iterator[Show]:
    made = Show(tmp_path / "kept")
    yield made
    made.restreams.end(STREAM)
    made.channel.end()


def until(found: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "it never came"
        gevent.sleep(0.02)


def test_the_picture_arrives_and_a_new_run_goes_on_in_the_same_broadcast(
    show: Show, nginx: RtmpServer
) -> None:
    show.want(facebook=(nginx.url, KEY))
    show.send()
    until(lambda: show.state("facebook") == State.LIVE)
    show.send(run=1)
    gevent.sleep(0.5)
    show.restreams.end(STREAM)
    assert [state for _, state in show.told] == [State.CONNECTING, State.LIVE, State.OFF]
    (kept,) = nginx.recordings(KEY)
    pictures, said = shown(kept)
    assert pictures > 180, said
    assert "Video: h264" in said
    assert "Audio: aac" in said


def test_places_that_are_dead_or_never_read_hurt_no_other(show: Show, nginx: RtmpServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        never_reads = f"rtmp://127.0.0.1:{mute.getsockname()[1]}/live"
        show.want(
            closed=(f"rtmp://127.0.0.1:{free_port()}/live", KEY),
            mute=(never_reads, KEY),
            good=(nginx.url, OTHER_KEY),
        )
        show.send()
        until(lambda: show.state("good") == State.LIVE)
        assert show.state("closed") == State.RETRYING
        assert show.state("mute") == State.CONNECTING
        show.restreams.end(STREAM)
    assert shown(nginx.recordings(OTHER_KEY)[-1])[0] > 60


def test_a_wrong_key_is_tried_thrice_and_then_not_again_until_somebody_says_so(
    show: Show, nginx: RtmpServer
) -> None:
    show.want(facebook=(nginx.url, "wrong"))
    show.send(seconds=4.5)
    until(lambda: show.state("facebook") == State.REFUSED)
    assert nginx.gate.asked.count("wrong") == 3
    show.want(facebook=(nginx.url, KEY))
    until(lambda: show.state("facebook") == State.CONNECTING)


def test_an_address_of_our_own_network_is_never_called(tmp_path: Path, nginx: RtmpServer) -> None:
    asked = len(nginx.gate.asked)
    show = Show(tmp_path, allows_inside=False)
    show.want(facebook=(nginx.url, KEY))
    show.send(seconds=0.4)
    until(lambda: show.state("facebook") == State.RETRYING)
    show.restreams.end(STREAM)
    show.channel.end()
    assert len(nginx.gate.asked) == asked


def test_what_is_said_again_goes_on_and_what_is_not_ends(show: Show, nginx: RtmpServer) -> None:
    show.want(facebook=(nginx.url, KEY))
    show.send()
    until(lambda: show.state("facebook") == State.LIVE)
    show.want(facebook=(nginx.url, KEY), youtube=(nginx.url, OTHER_KEY))
    assert show.state("facebook") == State.LIVE
    show.want(youtube=(nginx.url, OTHER_KEY))
    assert show.told[-1] == ("facebook", State.OFF)
    assert list(show.restreams.states(STREAM)) == ["youtube"]


def test_a_picture_made_anew_is_shown_too_and_the_end_of_the_stream_ends_it(
    show: Show, nginx: RtmpServer
) -> None:
    show.want(facebook=(nginx.url, KEY))
    show.send(source=Source(Container.MATROSKA, is_h264=False))
    until(lambda: show.state("facebook") == State.LIVE)
    show.channel.end()
    until(lambda: show.state("facebook") == State.OFF)
    assert "Video: h264" in shown(nginx.recordings(KEY)[-1])[1]
