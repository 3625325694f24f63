"""What a video engine must be able to do, whoever made it. Pure: types and a protocol, no network.

A stream goes by its `ref`, made by `open`, opaque to us and not to be guessed. Addresses are whole and for
browsers. Methods that raise `EngineAway` talk to the engine: they are called outside of any write.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class EngineAway(Exception):
    """The engine did not answer, or not in time: ask again later. Sales go on."""


class BadEvent(Exception):
    """What claims to be an event of the engine is not to be believed."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """How a phone sends: `way` names a wire protocol (`chunks`; `whip` and `rtmp` foreseen).

    `token` is worth nothing after `until_ms` (UTC milliseconds).
    """

    way: str
    url: str
    token: str
    until_ms: int


@dataclass(frozen=True, slots=True)
class Playback:
    """One address of a stream: `kind` is `mp4` (endless, for MSE) or `hls` (low latency and plain in one).

    `what` is `picture` (with sound) or `sound` (alone, for a weak net).
    """

    kind: str
    what: str
    url: str


@dataclass(frozen=True, slots=True)
class Target:
    """Where a stream is sent on to by RTMP(S): `key` is a secret and never in a log."""

    id: str
    url: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stats:
    """How a stream stands: bytes taken so far, and the state of each target by its id."""

    is_sending: bool
    received_bytes: int
    targets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """An unbroken piece of a recording: when it was filmed (UTC ms) and how long it is (ms)."""

    at_ms: int
    length_ms: int


@dataclass(frozen=True, slots=True)
class Recording:
    """What was sent, whole: its pieces in order, size in bytes, and a digest over all of it (hex)."""

    pieces: tuple[Piece, ...]
    size_bytes: int
    digest: str

    @property
    def length_ms(self) -> int:
        """How long it plays."""
        return sum(piece.length_ms for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class EngineEvent:
    """News of a stream: `number` grows from piece to piece, so that each is taken once.

    `kind`: `started`, `sending` (every few seconds), `interrupted`, `returned`, `broken`, `ended`,
    `unrecorded` (the disk is full: nothing more is kept), `target` (a restream changed: `reason` is its
    state, `target` its id).
    """

    ref: str
    number: int
    at_ms: int
    kind: str
    reason: str
    target: str = ""


class LiveEngine(Protocol):
    """A video engine. Later ones: MediaMTX, LiveKit, Janus; each must pass `tests/contracts`."""

    name: str

    def open(self) -> str:
        """Name a new stream."""

    def publish(self, ref: str, publisher: str, until_ms: int) -> Publishing:
        """Let `publisher` alone send `ref` until then; once it does, who sent before is shut out."""

    def playback(self, ref: str) -> tuple[Playback, ...]:
        """Where it is to be seen, best first."""

    def replay(self, ref: str, until_ms: int, span: tuple[int, int] | None = None) -> str:
        """The address (HLS) of its recording, good until then; of `span` alone, in ms of its media."""

    def event(self, headers: Mapping[str, str], body: bytes) -> EngineEvent:
        """Read what the engine sent us.

        Raises:
            BadEvent: not signed by the engine, or not an event.
        """

    def stats(self, ref: str) -> Stats:
        """How it stands. Raises: EngineAway."""

    def restream(self, ref: str, targets: tuple[Target, ...]) -> None:
        """Send it on to exactly these from now on. Raises: EngineAway."""

    def close(self, ref: str) -> None:
        """Take nothing more, for good; what was sent is the recording. Raises: EngineAway."""

    def recording(self, ref: str) -> Recording | None:
        """What was recorded; None when nothing was. Raises: EngineAway."""

    def hide(self, ref: str, hidden: bool) -> None:
        """Show the recording to nobody, or again to who has its address. Raises: EngineAway."""

    def forget(self, ref: str) -> None:
        """Delete the recording for good. Raises: EngineAway."""
