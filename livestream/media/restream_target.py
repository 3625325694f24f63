"""One place a stream is also shown at: tried again until it is, told apart from one that does not want it.

A target has greenlets and a program of its own: what it does or does not take holds nothing else. Waits of
1, 2, 4 … 60 s lie between two tries; who hangs up at once `MOST_REFUSALS` times in a row is not asked again
until somebody says so, for a key that is wrong does not become right.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

import gevent
from gevent import Greenlet

from livestream.media import restream_publisher
from livestream.media.restream_errors import BadAnswer, Cut, Refused, Unreachable
from livestream.media.restream_feed import Feed
from livestream.media.restream_flv import Tag
from livestream.media.restream_place import Place
from livestream.media.restream_publisher import Publisher
from livestream.media.restream_remuxer import Remuxer

MOST_REFUSALS = 3
_AT_ONCE_MS = 5_000
_LIVE_MS = 1_000
_LONGEST_WAIT_S = 60


def _ticks_ms() -> int:
    """A clock that nobody sets, in milliseconds."""
    return time.monotonic_ns() // 1_000_000


class State(StrEnum):
    """How a target stands."""

    WAITING = "waiting"
    CONNECTING = "connecting"
    LIVE = "live"
    RETRYING = "retrying"
    REFUSED = "refused"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the web process wants to be shown where; the key is in no text made of it."""

    id: str
    place: Place
    key: str = field(repr=False)


Said = Callable[[State, int], None]


class Target:
    """Shows `feed` at one place from now on; `say` hears of each new state."""

    def __init__(self, wanted: Wanted, feed: Feed, say: Said, allows_inside: bool) -> None:
        self.wanted, self.state, self.tries = wanted, State.WAITING, 0
        self._feed, self._say, self._allows_inside = feed, say, allows_inside
        self._refusals = 0
        self._remuxer: Remuxer | None = None
        self._running: Greenlet[..., None] = gevent.spawn(self._run)

    def stop(self) -> None:
        """End it now, politely but in little time."""
        self._running.kill()
        self._is(State.OFF)

    def _run(self) -> None:
        while not self._feed.is_over:
            if not self._feed.is_fresh:
                self._is(State.WAITING, self.tries)
                self._feed.wait()
            elif not self._is_to_be_tried_again():
                return
            elif not self._feed.is_over:
                gevent.sleep(_wait_s(self.tries))
        self._is(State.OFF)

    def _is_to_be_tried_again(self) -> bool:
        """Show it as long as it goes; whether to go on after that."""
        try:
            self._shown()
        except Refused:
            self._refusals += 1
        except (Unreachable, BadAnswer, Cut):
            self._refusals = 0
        if self._refusals >= MOST_REFUSALS:
            self._is(State.REFUSED)
            return False
        if not self._feed.is_over:
            self._is(State.RETRYING, self.tries + 1)
        return True

    def _shown(self) -> None:
        if self.state != State.RETRYING:
            self._is(State.CONNECTING)
        publisher = restream_publisher.begun(
            self.wanted.place, self.wanted.key, self._allows_inside
        )
        listening = gevent.spawn(publisher.listen)
        listening.link(lambda _: self._remuxer.kill() if self._remuxer else None)
        began_ms = _ticks_ms()
        try:
            self._sent(publisher, began_ms)
        except Cut as cut:
            if cut.args == ("hung_up",) and _ticks_ms() - began_ms < _AT_ONCE_MS:
                raise Refused() from None
            raise
        finally:
            publisher.close(self.wanted.key)
            listening.kill()

    def _sent(self, publisher: Publisher, began_ms: int) -> None:
        at_ms = -1
        while not self._feed.is_over:
            base_ms = max(at_ms + 1, _ticks_ms() - began_ms if at_ms >= 0 else 0)
            before_ms = at_ms
            for tag in self._tags():
                at_ms = max(at_ms, base_ms + tag.at_ms)
                publisher.send(tag, base_ms + tag.at_ms)
                self._lives(began_ms)
            if publisher.gone.is_set():
                raise Cut("hung_up")
            if at_ms == before_ms:
                raise Cut("nothing_came")

    def _tags(self) -> Iterator[Tag]:
        """The tags of one init segment: a new one has a program of its own, on the same connection."""
        self._remuxer = Remuxer(self._feed.pieces())
        try:
            yield from self._remuxer.tags()
        finally:
            self._remuxer.close()
            self._remuxer = None

    def _lives(self, began_ms: int) -> None:
        past_ms = _ticks_ms() - began_ms
        if self.state != State.LIVE and past_ms >= _LIVE_MS:
            self._is(State.LIVE)
        if self.state == State.LIVE and past_ms >= _AT_ONCE_MS:
            self._refusals = 0

    def _is(self, state: State, tries: int = 0) -> None:
        if (self.state, self.tries) == (state, tries):
            return
        self.state, self.tries = state, tries
        with suppress(Exception):
            self._say(state, tries)


def _wait_s(tries: int) -> int:
    """Seconds before the next try, after `tries` that failed: 1, 2, 4 … 60."""
    return min(1 << (max(tries, 1) - 1), _LONGEST_WAIT_S)
