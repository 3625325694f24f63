"""What the web process alone may ask of the engine: to end a stream, to say how it stands.

Each verb is one row of a table; refuses to guess, so an unknown verb is no letter.
"""

from collections.abc import Callable
from dataclasses import asdict

from livestream.media import restream_letter
from livestream.media.letters import BadLetter
from livestream.media.restream_letter import BadTargets
from livestream.media.streams import Streams

Said = dict[str, object]
Verb = Callable[[Streams, str, Said], Said]


def _close(streams: Streams, stream: str, _: Said) -> Said:
    streams.close(stream)
    return {}


def _stats(streams: Streams, stream: str, _: Said) -> Said:
    channel, targets = streams.watched(stream), streams.restreams.states(stream)
    if channel is None:
        return {"is_sending": False, "received_bytes": 0, "targets": targets}
    return {
        "is_sending": not (channel.is_over or channel.is_silent),
        "received_bytes": channel.received_bytes,
        "targets": targets,
    }


def _targets(streams: Streams, stream: str, said: Said) -> Said:
    """Show the stream at these places and no others."""
    try:
        streams.restreams.want(stream, restream_letter.read(said.get("targets")))
    except BadTargets:
        raise BadLetter() from None
    return {}


def _recording(streams: Streams, stream: str, _: Said) -> Said:
    """What is kept, as the fields of `RecordingFacts`; `pieces` is empty when nothing is."""
    found = streams.recordings.facts(stream)
    return asdict(found) if found else {"pieces": []}


def _hide(streams: Streams, stream: str, said: Said) -> Said:
    streams.recordings.hide(stream, is_hidden=said.get("hidden") is True)
    return {}


def _forget(streams: Streams, stream: str, _: Said) -> Said:
    """Delete the recording for ever; nothing more is taken either."""
    streams.close(stream)
    streams.recordings.forget(stream)
    return {}


VERBS: dict[str, Verb] = {
    "close": _close,
    "stats": _stats,
    "targets": _targets,
    "recording": _recording,
    "hide": _hide,
    "forget": _forget,
}
