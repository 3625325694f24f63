"""The tags of an FLV as they come out of a pipe: each one is the body of an RTMP message. Pure.

Source: Adobe Flash Video File Format Specification 10.1, annex E.
"""

from dataclasses import dataclass

from livestream.media.restream_errors import Cut

_FILE_HEAD_BYTES, _TAG_HEAD_BYTES, _TAIL_BYTES = 13, 11, 4
LARGEST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Tag:
    """`kind` as RTMP counts (8 sound, 9 picture, 18 facts), at `at_ms` of its file's own clock."""

    kind: int
    at_ms: int
    body: bytes


class TagReader:
    """Cuts a stream into tags, holding at most one unfinished."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._is_begun = False

    def feed(self, data: bytes) -> list[Tag]:
        """Return the tags that `data` completes, in order.

        Raises:
            Cut: it is no FLV, or a tag is larger than any picture.
        """
        self._held += data
        if not self._is_begun and not self._begun():
            return []
        found: list[Tag] = []
        while (end := self._end()) and len(self._held) >= end:
            head = self._held[:_TAG_HEAD_BYTES]
            at_ms = int.from_bytes(head[4:7], "big") | head[7] << 24
            body = bytes(self._held[_TAG_HEAD_BYTES : end - _TAIL_BYTES])
            found.append(Tag(head[0] & 0x1F, at_ms, body))
            del self._held[:end]
        return found

    def _begun(self) -> bool:
        if len(self._held) < _FILE_HEAD_BYTES:
            return False
        if self._held[:3] != b"FLV":
            raise Cut("flv")
        del self._held[:_FILE_HEAD_BYTES]
        self._is_begun = True
        return True

    def _end(self) -> int:
        """How long the next tag is with all around it, in bytes; 0 while its head is not whole."""
        if len(self._held) < _TAG_HEAD_BYTES:
            return 0
        length = int.from_bytes(self._held[1:4], "big")
        if length > LARGEST_BYTES:
            raise Cut("flv")
        return _TAG_HEAD_BYTES + length + _TAIL_BYTES
