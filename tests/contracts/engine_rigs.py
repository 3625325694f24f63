"""The engines that `test_live_engine` tries: one row each, with a phone that sends as that engine wants it.

Another adapter (MediaMTX, LiveKit, Janus) adds a class and its row in `RIGS`; the tests stay as they are.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import requests

from livestream.video.embedded import Embedded
from livestream.video.live_engine import LiveEngine, Publishing
from tests.factories.recordings import recording, slices
from tests.support.media_engine import Engine

Told = tuple[dict[str, str], bytes]


class Rig(Protocol):
    """An engine that runs, what it told us, and a phone."""

    @property
    def engine(self) -> LiveEngine: ...

    @property
    def told(self) -> list[Told]:
        """Every request that the engine made to us: headers and body as they came."""

    def send(self, given: Publishing) -> bool:
        """Send four seconds of picture and sound as `given` says; False when that was refused."""

    def away(self, how: str) -> None:
        """Make the engine not answer any more: "gone" or "silent"."""


class EmbeddedRig:
    """The engine of our own, as a process."""

    def __init__(self, folder: Path) -> None:
        self._process = Engine(folder)
        self._run = int(time.time())
        address = f"http://127.0.0.1:{self._process.port}"
        self.engine: LiveEngine = Embedded(address, address, self._process.secret)

    def __enter__(self) -> Self:
        self._process.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.__exit__(kind, error, trace)

    @property
    def told(self) -> list[Told]:
        return list(self._process.listener.told)

    def send(self, given: Publishing) -> bool:
        assert given.way == "chunks"
        self._run += 1
        said = "container=matroska&video=h264&sound=1"
        for at, piece in enumerate(slices(recording(), 20)):
            reply = requests.put(
                f"{given.url}/runs/{self._run}/chunks/{at}?{said}",
                data=piece,
                headers={"Authorization": f"Bearer {given.token}"},
                timeout=10,
            )
            if reply.status_code != 200:
                return False
        return True

    def away(self, how: str) -> None:
        if how == "gone":
            self._process.kill()
        else:
            os.kill(self._process.pid, signal.SIGSTOP)


RIGS: dict[str, Callable[[Path], AbstractContextManager[Rig]]] = {"embedded": EmbeddedRig}
