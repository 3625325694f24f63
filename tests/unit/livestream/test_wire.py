"""Frames written by hand are the frames the standard asks for, and are written whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import TextMessage

from livestream.delivery.outgoing import text_frame
from livestream.delivery.wire import WholeFrames


@given(st.text(max_size=300))
def test_a_frame_is_read_back_by_an_independent_reader(text: str) -> None:
    assert read_frame(text_frame(text)) == text


@pytest.mark.parametrize("size", [0, 125, 126, 65535, 65536])
def test_a_frame_of_every_length_form_is_read_back(size: int) -> None:
    assert read_frame(text_frame("a" * size)) == "a" * size


def read_frame(frame: bytes) -> str:
    reader = Connection(ConnectionType.CLIENT)
    reader.receive_data(frame)
    return "".join(event.data for event in reader.events() if isinstance(event, TextMessage))


class _BrokenAfterHalf:
    def __init__(self) -> None:
        self.closed = False

    def sendall(self, data: bytes) -> None:
        raise BrokenPipeError("half was written")

    def close(self) -> None:
        self.closed = True


def test_a_short_write_ends_the_connection_for_good() -> None:
    broken = _BrokenAfterHalf()
    frames = WholeFrames(broken)
    for _ in range(2):
        with pytest.raises(OSError, match=r"half|ended"):
            frames.send(b"frame")
    assert broken.closed
