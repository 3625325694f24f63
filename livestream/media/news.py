"""Telling the web process what became of a stream: signed, in order, again until it was heard.

The web process believes nothing unsigned, and takes each piece of news once by its number. Refuses to keep
video waiting: news stand in a queue of their own.
"""

import json
from collections.abc import Callable

import gevent
from gevent.queue import Queue

from core.outbound import Question, Unanswered, Unreached, ask
from livestream.media import letters
from livestream.media.channel import News

_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 15.0
_MOST_WAITING = 1_000


class Teller:
    """Posts news to `url`; `now_ms` is the clock."""

    def __init__(self, url: str, secret: bytes, now_ms: Callable[[], int]) -> None:
        self._url, self._secret, self._now_ms = url, secret, now_ms
        self._waiting: Queue[bytes] = Queue(_MOST_WAITING)
        self._last = 0

    def tell(self, stream: str, news: News, reason: str, target: str = "") -> None:
        """Queue one piece of news, of a target if one is named. Numbers grow, also over a restart."""
        at_ms = self._now_ms()
        self._last = max(self._last + 1, at_ms)
        said = {
            "stream": stream,
            "news": news.value,
            "reason": reason,
            **({"target": target} if target else {}),
            "number": self._last,
            "at_ms": at_ms,
        }
        self._waiting.put(json.dumps(said).encode())

    def run(self) -> None:
        """Post for ever, each piece until the web process has it."""
        while True:
            body, wait_s = self._waiting.get(), _FIRST_WAIT_S
            while not self._posted(body):
                gevent.sleep(wait_s)
                wait_s = min(wait_s * 2, _LONGEST_WAIT_S)

    def _posted(self, body: bytes) -> bool:
        headers = {
            "Content-Type": "application/json",
            letters.SIGNATURE: letters.of_news(self._secret, body),
        }
        try:
            return ask(Question(self._url, headers, body, inside=True)).status < 500
        except (Unreached, Unanswered):
            return False
