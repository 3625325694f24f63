"""The fast road writes at once where it can, and never out of turn or half a frame."""

from collections.abc import Iterator
from socket import SO_SNDBUF, SOL_SOCKET

import gevent
import pytest
from gevent import socket

from livestream.delivery.wire import WholeFrames

BIG = bytes(range(256)) * 8000


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.setsockopt(SOL_SOCKET, SO_SNDBUF, 8192)
    theirs.settimeout(5)
    yield ours, theirs
    ours.close()
    theirs.close()


Pair = tuple[socket.socket, socket.socket]


def read(theirs: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        got += theirs.recv(1 << 16)
    return got


def test_a_frame_is_written_at_once_when_nobody_else_writes(pair: Pair) -> None:
    assert WholeFrames(pair[0]).send_at_once(b"frame")
    assert read(pair[1], 5) == b"frame"


def test_what_the_buffer_did_not_take_comes_before_the_next_frame(pair: Pair) -> None:
    frames = WholeFrames(pair[0])
    assert frames.send_at_once(BIG)
    assert not frames.send_at_once(b"out of turn")
    waiting = gevent.spawn(frames.send, b"next")
    assert read(pair[1], len(BIG) + 4) == BIG + b"next"
    waiting.get(timeout=5)


def test_a_frame_does_not_overtake_one_that_waits_for_a_slow_reader(pair: Pair) -> None:
    frames = WholeFrames(pair[0])
    waiting = gevent.spawn(frames.send, BIG)
    gevent.sleep(0)
    assert not frames.send_at_once(b"later")
    assert read(pair[1], len(BIG)) == BIG
    waiting.get(timeout=5)
    assert frames.send_at_once(b"later")


def test_nothing_is_promised_on_a_connection_that_broke(pair: Pair) -> None:
    frames = WholeFrames(pair[0])
    pair[1].close()
    with pytest.raises(OSError, match=r"pipe|ended"):
        frames.send(b"frame")
    assert not frames.send_at_once(b"frame")


def test_a_reader_gone_in_the_middle_of_a_frame_ends_the_connection(pair: Pair) -> None:
    frames = WholeFrames(pair[0])
    assert frames.send_at_once(BIG)
    pair[1].close()
    with pytest.raises(OSError, match="ended"):
        frames.send(b"next")
