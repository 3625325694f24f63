"""The embedded engine as a `LiveEngine`: signed grants out, signed letters to its process, signed news in."""

import json
import re
import secrets
from collections.abc import Mapping
from typing import cast

from marshmallow import ValidationError, fields, validate

from core import clock
from core.http.fields import Body, Count, Pattern
from core.outbound import Question, Unanswered, Unreached, ask
from core.strict_json import MAX_INTEGER
from livestream.media import grants, letters, passes
from livestream.media.grants import Grant
from livestream.media.passes import Pass
from livestream.video.live_engine import (
    BadEvent,
    EngineAway,
    EngineEvent,
    Piece,
    Playback,
    Publishing,
    Recording,
    Stats,
    Target,
)

_NAME_BYTES = 18
_KINDS = (
    "started",
    "sending",
    "interrupted",
    "returned",
    "broken",
    "unrecorded",
    "ended",
    "target",
)
_PATIENCE_S = 2.0
_OUTPUTS = (
    ("mp4", "picture", "picture/live.mp4"),
    ("hls", "picture", "picture/live.m3u8"),
    ("mp4", "sound", "sound/live.mp4"),
    ("hls", "sound", "sound/live.m3u8"),
)


class _Name(Pattern):
    pattern = re.compile(r"[A-Za-z0-9_-]{0,64}")


class _Words(Pattern):
    pattern = re.compile(r"[A-Za-z0-9_ -]{0,64}")


class _Ref(Pattern):
    pattern = re.compile(r"[A-Za-z0-9_-]{16,64}")


class _News(Body):
    """A piece of news as the engine writes it."""

    stream = _Ref()
    news = fields.String(required=True, validate=validate.OneOf(_KINDS))
    reason = _Words()
    number = Count(1, MAX_INTEGER)
    at_ms = Count(1, MAX_INTEGER)
    target = _Name(required=False, load_default="")


class Embedded:
    """`address` is where browsers reach the engine, `inside` where we do, `secret` what both know."""

    name = "embedded"

    def __init__(self, address: str, inside: str, secret: bytes) -> None:
        self._address, self._inside, self._secret = address, inside, secret

    def open(self) -> str:
        return secrets.token_urlsafe(_NAME_BYTES)

    def publish(self, ref: str, publisher: str, until_ms: int) -> Publishing:
        token = grants.signed(Grant(ref, publisher, until_ms), self._secret)
        return Publishing("chunks", f"{self._address}/{ref}", token, until_ms)

    def playback(self, ref: str) -> tuple[Playback, ...]:
        return tuple(
            Playback(kind, what, f"{self._address}/{ref}/{path}") for kind, what, path in _OUTPUTS
        )

    def replay(self, ref: str, until_ms: int, span: tuple[int, int] | None = None) -> str:
        allowed = passes.signed(Pass(ref, until_ms), self._secret)
        part = f"?from={span[0]}&to={span[1]}" if span else ""
        return f"{self._address}/recordings/{allowed}/index.m3u8{part}"

    def event(self, headers: Mapping[str, str], body: bytes) -> EngineEvent:
        right = letters.of_news(self._secret, body)
        try:
            letters.require(right, headers.get(letters.SIGNATURE, ""))
            said = cast(dict[str, object], _News().load(letters.read(body)))
        except (letters.BadLetter, ValidationError):
            raise BadEvent() from None
        return EngineEvent(
            ref=cast(str, said["stream"]),
            number=cast(int, said["number"]),
            at_ms=cast(int, said["at_ms"]),
            kind=cast(str, said["news"]),
            reason=cast(str, said["reason"]),
            target=cast(str, said["target"]),
        )

    def stats(self, ref: str) -> Stats:
        said = self._asked("stats", ref)
        return Stats(
            is_sending=cast(bool, said["is_sending"]),
            received_bytes=cast(int, said["received_bytes"]),
            targets=cast(dict[str, str], said.get("targets", {})),
        )

    def restream(self, ref: str, targets: tuple[Target, ...]) -> None:
        told = [{"id": each.id, "url": each.url, "key": each.key} for each in targets]
        self._asked("targets", ref, targets=told)

    def close(self, ref: str) -> None:
        self._asked("close", ref)

    def recording(self, ref: str) -> Recording | None:
        said = self._asked("recording", ref)
        pieces = cast(list[list[int]], said["pieces"])
        if not pieces:
            return None
        kept = tuple(Piece(at_ms, length_ms) for at_ms, length_ms in pieces)
        return Recording(kept, cast(int, said["size_bytes"]), cast(str, said["digest"]))

    def hide(self, ref: str, hidden: bool) -> None:
        self._asked("hide", ref, hidden=hidden)

    def forget(self, ref: str) -> None:
        self._asked("forget", ref)

    def _asked(self, verb: str, ref: str, **said: object) -> dict[str, object]:
        body = json.dumps({**said, "at_ms": clock.now_ms()}).encode()
        signed = letters.of_control(self._secret, verb, ref, body)
        headers = {"Content-Type": "application/json", letters.SIGNATURE: signed}
        url = f"{self._inside}/control/{ref}/{verb}"
        try:
            reply = ask(Question(url, headers, body, inside=True, patience_s=_PATIENCE_S))
        except (Unreached, Unanswered) as away:
            raise EngineAway(str(away)) from away
        if reply.status != 200:
            raise EngineAway(f"{verb}: {reply.status}")
        return cast(dict[str, object], json.loads(reply.body))
