"""From a stream of boxes to the init segments and fragments a player is given, in order. Pure.

An encoder that starts again (the phone chose a smaller picture, or came back after an outage) sends a new
`moov`: everything after it is of another init segment, and players are told of the break.
"""

from collections.abc import Iterator

from livestream.media.boxes import LARGEST_BYTES, Box, BoxReader
from livestream.media.fragments import Fragment, Init, read_fragment, read_init
from livestream.media.media_errors import BrokenStream

_MOST_EARLY = 10
"""A camera that was switched off does not hold the sound back for more than about two seconds."""
_LARGEST = {b"moov": 1024 * 1024, b"moof": 256 * 1024, b"ftyp": 4096}
"""Bytes: what is kept as a head, and what is read sample by sample. Real ones have one hundredth of it."""
_IGNORED = (b"styp", b"sidx", b"free", b"skip", b"emsg", b"prft", b"mfra")


class Packager:
    """Feeds on bytes, gives `Init` and `Fragment`; holds one unfinished box and one `moof` at most."""

    def __init__(self) -> None:
        self._reader = BoxReader()
        self._head = b""
        self._init: Init | None = None
        self._moof: Box | None = None
        self._early: list[Fragment] = []

    def feed(self, data: bytes) -> Iterator[Init | Fragment]:
        """Yield what `data` completes.

        Raises:
            BrokenStream: the stream is not to be believed any further; its reason says why.
        """
        for box in self._reader.feed(data):
            made = self._taken(box)
            if made is not None:
                yield made

    def _taken(self, box: Box) -> Init | Fragment | None:
        if len(box.data) > _LARGEST.get(box.kind, LARGEST_BYTES):
            raise BrokenStream("box_too_large")
        if box.kind == b"moov":
            self._init, self._moof = read_init(self._head + box.data, box), None
            self._head = b""
            return self._init
        if box.kind == b"moof":
            self._moof = box
        elif box.kind == b"mdat":
            return self._fragment(box)
        elif box.kind == b"ftyp":
            self._head = box.data
        elif box.kind not in _IGNORED:
            raise BrokenStream("unknown_box")
        return None

    def _fragment(self, mdat: Box) -> Fragment | None:
        """The fragment that `mdat` completes; one without its picture goes out with the next that has one."""
        if self._init is None or self._moof is None:
            raise BrokenStream("no_init")
        moof, self._moof = self._moof, None
        made = read_fragment(self._init, moof, mdat)
        if made.lacks_picture and len(self._early) < _MOST_EARLY:
            self._early.append(made)
            return None
        early, self._early = self._early, []
        return made.after(early)
