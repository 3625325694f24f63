"""Where each stream is also shown, as the web process last said: a whole set of targets per stream.

A set may be said before the phone sends anything. Saying it again leaves what runs alone, begins once more
what was refused, and ends what is no longer in it. Refuses to remember: after a restart it is said anew.
"""

from collections.abc import Callable, Sequence

from livestream.media.output import Output
from livestream.media.restream_feed import Feed
from livestream.media.restream_target import State, Target, Wanted

Tell = Callable[[str, State, int, str], None]
"""Hears (stream, state, tries, id of the target)."""


class Restreams:
    """The targets of all streams of this engine."""

    def __init__(self, tell: Tell, allows_inside: bool = False) -> None:
        self._tell, self._allows_inside = tell, allows_inside
        self._wanted: dict[str, tuple[Wanted, ...]] = {}
        self._outputs: dict[str, Output] = {}
        self._running: dict[str, dict[str, Target]] = {}

    def want(self, stream: str, wanted: Sequence[Wanted]) -> None:
        """Show `stream` at these places and no others."""
        self._wanted[stream] = tuple(wanted)
        self._settle(stream)

    def begin(self, stream: str, output: Output) -> None:
        """There is something to show of `stream`."""
        self._outputs[stream] = output
        self._settle(stream)

    def end(self, stream: str) -> None:
        """End and forget all targets of `stream`."""
        self._wanted.pop(stream, None)
        self._settle(stream)
        for each in (self._outputs, self._running):
            each.pop(stream, None)

    def states(self, stream: str) -> dict[str, str]:
        """How each target of `stream` stands, by its id. No place and no key is in it."""
        running = self._running.get(stream, {})
        return {
            each.id: (running[each.id].state if each.id in running else State.WAITING).value
            for each in self._wanted.get(stream, ())
        }

    def _settle(self, stream: str) -> None:
        """Make what runs what is wanted."""
        output, running = self._outputs.get(stream), self._running.setdefault(stream, {})
        wanted = {each.id: each for each in self._wanted.get(stream, ())}
        for target in [
            each for each in running.values() if wanted.get(each.wanted.id) != each.wanted
        ]:
            target.stop()
            del running[target.wanted.id]
        for each in wanted.values() if output is not None else ():
            now = running.get(each.id)
            if now is None or now.state in (State.REFUSED, State.OFF):
                assert output is not None
                running[each.id] = self._begun(stream, each, output)

    def _begun(self, stream: str, wanted: Wanted, output: Output) -> Target:
        def say(state: State, tries: int) -> None:
            self._tell(stream, state, tries, wanted.id)

        return Target(wanted, Feed(output), say, self._allows_inside)
