"""What is written to one viewer keeps its order, is bounded, and ends with a goodbye."""

import gevent
from engineio.packet import MESSAGE, Packet
from gevent.event import Event

from livestream.delivery.outgoing import MOST_WAITING, Outgoing


class Paper:
    """A line that can be made to wait, or to tear."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.free = Event()
        self.free.set()
        self.is_torn = False

    def send_at_once(self, frame: bytes) -> bool:
        if self.free.is_set() and not self.is_torn:
            self.written.append(frame)
        return self.free.is_set() and not self.is_torn

    def send_frame(self, frame: bytes) -> None:
        self.free.wait()
        if self.is_torn:
            raise OSError("torn")
        self.written.append(frame)

    def close(self) -> None:
        self.written.append(b"goodbye")


def outgoing(paper: Paper) -> Outgoing:
    road = Outgoing(paper, lambda: road.put(None))
    return road


def test_a_packet_is_written_at_once_when_nothing_waits() -> None:
    paper = Paper()
    outgoing(paper).put(Packet(MESSAGE, "hi"))
    assert paper.written == [b"\x81\x034hi"]


def test_what_waits_is_written_before_what_comes_later() -> None:
    paper = Paper()
    road = outgoing(paper)
    paper.free.clear()
    road.send(b"1")
    gevent.sleep(0)
    paper.free.set()
    road.send(b"2")
    road.join()
    road.send(b"3")
    assert paper.written == [b"1", b"2", b"3"]


def test_the_goodbye_comes_after_all_that_waits_and_nothing_after_it() -> None:
    paper = Paper()
    road = outgoing(paper)
    paper.free.clear()
    for frame in (b"1", b"2"):
        road.send(frame)
    road.put(None)
    road.send(b"too late")
    paper.free.set()
    road.join()
    assert paper.written == [b"1", b"2", b"goodbye"]


def test_too_many_frames_end_the_connection() -> None:
    paper = Paper()
    road = outgoing(paper)
    paper.free.clear()
    for number in range(MOST_WAITING + 50):
        road.send(b"%d" % number)
    paper.free.set()
    road.join()
    assert len(paper.written) == MOST_WAITING + 1
    assert paper.written[-1] == b"goodbye"


def test_a_torn_line_is_given_up() -> None:
    paper = Paper()
    road = outgoing(paper)
    paper.is_torn = True
    road.send(b"1")
    road.send(b"2")
    road.join()
    road.send(b"3")
    assert paper.written == [b"goodbye"]
