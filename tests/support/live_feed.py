"""A phone that sends a recording at the pace of its making, and may stop, return or choose another size."""

import threading
import time
from types import TracebackType
from typing import Self

import requests

from tests.factories.recordings import SLICE_MS, recording, slices
from tests.support.media_engine import Engine

_PICTURE_S = 15.0


class Feed:
    """Sends to the stream at `url` while a `with` lasts, from the beginning when the recording ends."""

    def __init__(self, url: str, grant: str, seconds: int = 12, kbits: int = 0) -> None:
        self.url, self._grant = url, grant
        self.run = 0
        self._slices = slices(recording(seconds, kbits=kbits), seconds * 1000 // SLICE_MS)
        self._over, self._paused, self._anew = (threading.Event() for _ in range(3))
        self._thread = threading.Thread(target=self._send, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join(10)

    def stop(self) -> None:
        """The phone falls silent."""
        self._paused.set()

    def begin_anew(self) -> None:
        """A recorder of its own takes over: a new run, and so a new init segment; ends a silence."""
        self._anew.set()
        self._paused.clear()

    def _send(self) -> None:
        number, due_s = 0, time.monotonic()
        while not self._over.wait(max(0, due_s - time.monotonic())):
            due_s += SLICE_MS / 1000
            if self._paused.is_set():
                continue
            if self._anew.is_set() or number == len(self._slices):
                self._anew.clear()
                self.run, number = self.run + 1, 0
            self._put(self._slices[number], number)
            number += 1

    def _put(self, data: bytes, number: int) -> None:
        said = {"container": "matroska", "video": "h264", "sound": "1"}
        bearer = {"Authorization": f"Bearer {self._grant}"}
        url = f"{self.url}/runs/{self.run}/chunks/{number}"
        requests.put(url, data, params=said, headers=bearer, timeout=10)

    def wait_for_picture(self) -> None:
        """Until there is a second to begin with."""
        until = time.monotonic() + _PICTURE_S
        while time.monotonic() < until:
            if "seg-0.m4s" in requests.get(f"{self.url}/picture/live.m3u8", timeout=10).text:
                return
            time.sleep(0.05)
        raise AssertionError("no picture came")


def fed(engine: Engine, stream: str, seconds: int = 12, kbits: int = 0) -> Feed:
    """A phone that may send to `stream` of an engine without a market."""
    address = f"http://127.0.0.1:{engine.port}/{stream}"
    return Feed(address, engine.grant(stream), seconds, kbits)
