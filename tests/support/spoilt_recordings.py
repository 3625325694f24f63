"""Spoilt recordings through the real program: each ends, alone, in its time, and says why or is shown."""

import random
from pathlib import Path

import gevent

from livestream.media.channel import Channel, News
from livestream.media.chunks import ChunkRefused
from livestream.media.encoder import Container, Source
from livestream.media.recorder import Recorder
from tests.factories.recordings import recording, slices
from tests.support.mutated_movies import spoilt

_ONE_S = 20
_KINDS = (
    (Container.MATROSKA, True),
    (Container.MATROSKA, True),
    (Container.MP4, True),
    (Container.MATROSKA, False),
)


def send_spoilt_recordings(times: int, seed: int, folder: Path) -> int:
    """Send that many, each a stream of its own; returns how many were shown in spite of it."""
    chance, shown = random.Random(seed), 0
    for number in range(times):
        container, is_h264 = _KINDS[number % len(_KINDS)]
        whole = recording(1, h264=is_h264, container=container.value)
        with gevent.Timeout(_ONE_S):
            shown += _sent(Source(container, is_h264), spoilt(whole, chance), folder / str(number))
    return shown


def _sent(source: Source, data: bytes, folder: Path) -> bool:
    news: list[tuple[News, str]] = []
    channel = Channel(Recorder(folder), lambda *told: news.append(told))
    try:
        for at, piece in enumerate(slices(data, 5)):
            channel.take(source, (0, at), piece, 1_000)
            gevent.sleep(0)
    except ChunkRefused as refused:
        news.append((News.BROKEN, refused.reason))
    channel.end()
    assert news[-1] == (News.ENDED, "")
    return bool(list(channel.pictures.timeline))
