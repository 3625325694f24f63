"""Messages of RTMP, cut into chunks and put together again. Pure.

Source: Adobe's RTMP Specification 1.0, section 5.3. What is written has a whole head on its first chunk,
which every server takes. What is read is bounded: a server that is only published to sends little.
"""

import struct
from dataclasses import dataclass

from livestream.media.restream_errors import BadAnswer

SET_CHUNK, ACK, CONTROL, WINDOW, SOUND, PICTURE, FACTS, COMMAND = 1, 3, 4, 5, 8, 9, 18, 20
WRITTEN_BYTES = 4_096
"""How much a chunk of ours holds, once `SET_CHUNK` said so."""
_FIRST_BYTES = 128
_LARGEST_BYTES = 65_536
_MOST_CHANNELS = 16
_LATE = 0xFFFFFF
"""From here on (4 hours 40 minutes) a time stands in a field of its own, on every chunk."""
_HEAD_BYTES = (11, 7, 3, 0)


@dataclass(frozen=True, slots=True)
class Message:
    """`kind` as above, of message stream `stream`, at `at_ms` of that stream's own clock."""

    kind: int
    body: bytes
    stream: int = 0
    at_ms: int = 0


def written(message: Message, channel: int, size: int = WRITTEN_BYTES) -> bytes:
    """`message` as chunks of at most `size` bytes on chunk stream `channel` (2 to 63)."""
    at_ms = message.at_ms & 0xFFFFFFFF
    late = struct.pack(">I", at_ms) if at_ms >= _LATE else b""
    head = (
        bytes([channel])
        + min(at_ms, _LATE).to_bytes(3, "big")
        + len(message.body).to_bytes(3, "big")
        + bytes([message.kind])
        + struct.pack("<I", message.stream)
    )
    pieces = [message.body[at : at + size] for at in range(0, len(message.body), size)] or [b""]
    between = bytes([0xC0 | channel]) + late
    return head + late + between.join(pieces)


@dataclass(slots=True)
class _Channel:
    """What the last head on a chunk stream said, and what has come of its message."""

    kind: int = 0
    stream: int = 0
    length: int = 0
    is_late: bool = False
    held: bytes = b""


class MessageReader:
    """Puts together what the other side sends; holds little."""

    def __init__(self) -> None:
        self._held = b""
        self._size = _FIRST_BYTES
        self._channels: dict[int, _Channel] = {}

    def feed(self, data: bytes) -> list[Message]:
        """Return the messages that `data` completes, in order. Their times are left out.

        Raises:
            BadAnswer: no RTMP, or more than a server has reason to send.
        """
        self._held += data
        found: list[Message] = []
        while (end := self._chunk_end()) is not None:
            whole = self._taken(end)
            if whole is not None:
                found.append(whole)
        if len(self._held) > _LARGEST_BYTES + 32:
            raise BadAnswer()
        return found

    def _chunk_end(self) -> tuple[int, int, int] | None:
        """(channel, where its payload begins, where it ends) of the next chunk; None until it is whole."""
        if not self._held:
            return None
        number, at = self._held[0] & 0x3F, 1
        if number < 2:
            number, at = number or 64, 3 if number else 2
        form = self._held[0] >> 6
        head_end = at + _HEAD_BYTES[form]
        if len(self._held) < head_end:
            return None
        channel = self._channel(number)
        late = self._told(channel, self._held[at:head_end])
        begin = head_end + 4 * late
        end = begin + min(self._size, channel.length - len(channel.held))
        return (number, begin, end) if len(self._held) >= end else None

    def _channel(self, number: int) -> _Channel:
        if number not in self._channels and len(self._channels) >= _MOST_CHANNELS:
            raise BadAnswer()
        return self._channels.setdefault(number, _Channel())

    def _told(self, channel: _Channel, head: bytes) -> bool:
        """Take what a head says; whether a late time follows it. The same head may be read twice."""
        if len(head) >= 3:
            channel.is_late = int.from_bytes(head[:3], "big") == _LATE
        if len(head) >= 7:
            channel.length, channel.kind = int.from_bytes(head[3:6], "big"), head[6]
            if channel.length > _LARGEST_BYTES:
                raise BadAnswer()
        if len(head) == 11:
            channel.stream = int(struct.unpack("<I", head[7:])[0])
        return channel.is_late

    def _taken(self, chunk: tuple[int, int, int]) -> Message | None:
        number, begin, end = chunk
        channel = self._channels[number]
        channel.held += self._held[begin:end]
        self._held = self._held[end:]
        if len(channel.held) < channel.length:
            return None
        body, channel.held = channel.held, b""
        if channel.kind == SET_CHUNK and len(body) >= 4:
            self._size = max(1, int(struct.unpack_from(">I", body)[0]) & 0x7FFFFFFF)
        return Message(channel.kind, body, channel.stream)
