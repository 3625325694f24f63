"""One publication on another's RTMP server: reached, begun, fed, ended.

Why our own and not ffmpeg's: that one takes the key as an argument, which every process of the machine can
read, and has no other way in (ADR 0054). Here the key is in memory alone. The name is looked up at the
moment of calling, every address judged, and that very address called. Refuses to wait for who does not read.
"""

import os
import socket as plain_socket
from collections.abc import Mapping
from contextlib import suppress

from gevent import socket, ssl
from gevent.event import Event
from gevent.lock import RLock

from core.outbound import may_be_called
from livestream.media import restream_amf, restream_chunks
from livestream.media.restream_chunks import Message, MessageReader
from livestream.media.restream_errors import BadAnswer, Cut, Refused, Unreachable
from livestream.media.restream_flv import Tag
from livestream.media.restream_place import Place

PATIENCE_S = 10.0
"""How long the other side may take to answer, and to take what it is sent."""
_GOODBYE_S = 1.0
_HELLO_BYTES = 1_536
_READ_BYTES = 4_096
_WINDOW_BYTES = 5_000_000
_CHANNELS = {
    restream_chunks.COMMAND: 3,
    restream_chunks.SOUND: 4,
    restream_chunks.PICTURE: 6,
    restream_chunks.FACTS: 4,
}
_PING, _PONG = 6, 7
_VERSION = "FMLE/3.0 (compatible; Cho-Phien)"


class Publisher:
    """A publication under way. Made by `begun`; `gone` is set when the other side ended it."""

    def __init__(self, connection: plain_socket.socket) -> None:
        self._socket, self._reader = connection, MessageReader()
        self._writing = RLock()
        self._size, self._stream, self._read_bytes = 128, 0, 0
        self.gone = Event()

    def publish(self, place: Place, key: str) -> None:
        """Go through the steps of RTMP until they say that it may begin (specification, 7.2).

        Raises:
            Refused: they said no, or hung up. Unreachable: they are silent. BadAnswer: that is no RTMP.
        """
        self._greeted()
        self._send(Message(restream_chunks.SET_CHUNK, _big(restream_chunks.WRITTEN_BYTES)))
        self._size = restream_chunks.WRITTEN_BYTES
        said = {"app": place.application, "type": "nonprivate", "flashVer": _VERSION}
        self._told("connect", 1, {**said, "tcUrl": place.url})
        self._answered(1)
        for number, name in ((2, "releaseStream"), (3, "FCPublish")):
            self._told(name, number, None, key)
        self._told("createStream", 4, None)
        answer = self._answered(4)
        self._stream = int(answer) if isinstance(answer, int) and 0 <= answer < 2**31 else 1
        self._told("publish", 5, None, key, "live")
        self._begun()

    def send(self, tag: Tag, at_ms: int) -> None:
        """Send a tag as of `at_ms`.

        Raises:
            Cut: they hung up, or read too slowly.
        """
        body = restream_amf.written("@setDataFrame") + tag.body
        is_facts = tag.kind == restream_chunks.FACTS
        message = Message(tag.kind, body if is_facts else tag.body, self._stream, at_ms)
        try:
            self._send(message)
        except OSError as error:
            raise Cut("slow" if isinstance(error, TimeoutError) else "hung_up") from None

    def listen(self) -> None:
        """Hear them until they hang up; answers what must be answered. Sets `gone`."""
        try:
            while True:
                with suppress(TimeoutError):
                    for message in self._heard():
                        self._minded(message)
        except (OSError, Refused, BadAnswer):
            pass
        finally:
            self.gone.set()

    def close(self, key: str = "") -> None:
        """Say goodbye in at most a second, and hang up."""
        with suppress(OSError):
            self._socket.settimeout(_GOODBYE_S)
            if key and self._stream and not self.gone.is_set():
                self._told("FCUnpublish", 6, None, key)
                self._told("deleteStream", 7, None, self._stream)
        with suppress(OSError):
            self._socket.close()

    def _greeted(self) -> None:
        """The handshake in its plain form (specification, 5.2): theirs is sent back, ours not compared."""
        hello = bytes(8) + os.urandom(_HELLO_BYTES - 8)
        self._socket.sendall(b"\x03" + hello)
        theirs = self._exactly(1 + _HELLO_BYTES)
        if theirs[0] != 3:
            raise BadAnswer()
        self._socket.sendall(theirs[1:])
        self._exactly(_HELLO_BYTES)

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            more = self._socket.recv(count - len(data))
            if not more:
                raise Refused()
            data += more
        return data

    def _answered(self, number: int) -> restream_amf.Value:
        """What they answer to our command `number`: its last value."""
        while True:
            for message in self._heard():
                name, values = self._minded(message)
                if name in ("_result", "_error") and values[:1] == (number,):
                    if name == "_error":
                        raise Refused()
                    return values[-1]

    def _begun(self) -> None:
        while True:
            for message in self._heard():
                name, values = self._minded(message)
                facts = values[-1] if values else None
                code = facts.get("code") if isinstance(facts, Mapping) else None
                if name == "onStatus" and code == "NetStream.Publish.Start":
                    return

    def _heard(self) -> list[Message]:
        data = self._socket.recv(_READ_BYTES)
        if not data:
            raise Refused()
        self._read_bytes += len(data)
        return self._reader.feed(data)

    def _minded(self, message: Message) -> tuple[str, tuple[restream_amf.Value, ...]]:
        """Answer a ping or a window; the name and values of a command, "" for anything else.

        Raises:
            Refused: a status that is an error.
        """
        if message.kind == restream_chunks.CONTROL and message.body[:2] == _big(_PING)[2:]:
            pong = _big(_PONG)[2:] + message.body[2:6]
            self._send(Message(restream_chunks.CONTROL, pong))
        if message.kind == restream_chunks.WINDOW:
            self._send(Message(restream_chunks.ACK, _big(self._read_bytes)))
        if message.kind != restream_chunks.COMMAND:
            return "", ()
        name, *values = restream_amf.read(message.body) or ("",)
        facts = values[-1] if values else None
        if name == "onStatus" and isinstance(facts, Mapping) and facts.get("level") == "error":
            raise Refused()
        return (name if isinstance(name, str) else ""), tuple(values)

    def _told(self, name: str, number: int, *values: restream_amf.Value) -> None:
        body = restream_amf.written(name, number, *values)
        stream = self._stream if name == "publish" else 0
        self._send(Message(restream_chunks.COMMAND, body, stream))

    def _send(self, message: Message) -> None:
        """One message whole: what is heard is answered between two of them, never inside one."""
        with self._writing:
            channel = _CHANNELS.get(message.kind, 2)
            self._socket.sendall(restream_chunks.written(message, channel, self._size))


def begun(place: Place, key: str, allows_inside: bool) -> Publisher:
    """Reach the place and begin to publish under `key`.

    Raises:
        Unreachable: nobody there, silence, no trust, or an address of our own network (unless
            `allows_inside`). Refused: they would not have it. BadAnswer: that is no RTMP.
    """
    try:
        connection = _connected(place, allows_inside)
    except (OSError, ValueError) as error:  # UnicodeError of a wrong name is a ValueError
        raise Unreachable(type(error).__name__) from None
    publisher = Publisher(connection)
    try:
        publisher.publish(place, key)
    except TimeoutError:
        publisher.close()
        raise Unreachable("silent") from None
    except OSError:
        publisher.close()
        raise Refused() from None
    except BaseException:
        publisher.close()
        raise
    return publisher


def _connected(place: Place, allows_inside: bool) -> plain_socket.socket:
    known = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in known]
    if not allows_inside and not all(map(may_be_called, addresses)):
        raise Unreachable("an address of our own network")
    connection: plain_socket.socket = socket.create_connection(
        (addresses[0], place.port), timeout=PATIENCE_S
    )
    if not place.is_secret:
        return connection
    try:
        trust = ssl.create_default_context()
        return trust.wrap_socket(connection, server_hostname=place.host)
    except BaseException:
        connection.close()
        raise


def _big(number: int) -> bytes:
    return number.to_bytes(4, "big")
