"""The engine's HTTP doors: slices in; playlists, segments and one endless MP4 out.

What is refused is refused with a reason a phone can act on, before its body is read where that is known.
No queue is held for a viewer: each reads the same few segments from memory, and who reads too slowly is
let go, to come back at the newest key frame.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import gevent
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from livestream.media import control, letters, playlists
from livestream.media.channel import Channel
from livestream.media.chunks import LARGEST_BYTES, ChunkRefused
from livestream.media.encoder import Container, Source
from livestream.media.grants import BadGrant
from livestream.media.output import Output
from livestream.media.recordings import NoRecording, Span
from livestream.media.streams import Streams
from livestream.media.watching import endless

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_LONGEST_LETTER = 16_384
MOST_VIEWERS = 1_500
"""Of endless pictures: each holds a connection. Players of playlists come and go."""
_BODY_S = 20.0
"""A slice takes so long at most: 2 Mbit of it on a line of 100 kbit/s."""
_STATUS = {
    **dict.fromkeys(("too_fast", "too_many_runs", "behind"), 429),
    **dict.fromkeys(("no_encoder", "too_many_streams", "too_many_viewers"), 503),
}
"""What a phone tries again a little later; anything else is 409."""
_WAIT_S = 5.0
"""How long a player may wait for a part (RFC 8216bis, 6.2.5.2: at most three target durations)."""
_LOOK_S = 1.0
_PLAYLIST, _MP4 = "application/vnd.apple.mpegurl", "video/mp4"
_PRIVATELY = "private, max-age=3600, immutable"
_FOR_EVER, _NEVER = "public, max-age=3600, immutable", "no-store"
_BITS_PER_SECOND = 1_500_000
_OF = "/<stream>/<any(picture, sound):what>"
ROUTES = Map(
    [
        Rule(
            "/<stream>/runs/<int:run>/chunks/<int:number>",
            endpoint="chunk",
            methods=["PUT", "OPTIONS"],
        ),
        Rule("/readyz", endpoint="ready", methods=["GET"]),
        Rule("/control/<stream>/<verb>", endpoint="control", methods=["POST"]),
        Rule("/<stream>/index.m3u8", endpoint="choices", methods=["GET"]),
        Rule(f"{_OF}/live.m3u8", endpoint="live", methods=["GET"]),
        Rule(f"{_OF}/live.mp4", endpoint="endless", methods=["GET"]),
        Rule(f"{_OF}/init-<int:number>.mp4", endpoint="init", methods=["GET"]),
        Rule(f"{_OF}/seg-<int:number>.m4s", endpoint="segment", methods=["GET"]),
        Rule(f"{_OF}/part-<int:number>-<int:part>.m4s", endpoint="part", methods=["GET"]),
        Rule("/recordings/<given>/index.m3u8", endpoint="recording", methods=["GET"]),
        Rule("/recordings/<given>/<name>", endpoint="recorded", methods=["GET"]),
    ]
)


class Doors:
    """A WSGI application over `streams`; `now_ms` is the clock, `secret` what the web process knows too.

    Pages of any origin may ask: who may send is said by the grant alone, and no cookie is ever looked at.
    """

    def __init__(self, streams: Streams, now_ms: Callable[[], int], secret: bytes) -> None:
        self._streams, self._now_ms, self._secret = streams, now_ms, secret
        self.viewers = 0

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        try:
            name, values = ROUTES.bind_to_environ(environ).match()
            response = getattr(self, f"_{name}")(request, **values)
        except HTTPException as problem:
            response = Response(status=problem.code)
        response.headers["Access-Control-Allow-Origin"] = "*"
        answer: Iterable[bytes] = response(environ, start)
        return answer

    def _ready(self, _: Request) -> Response:
        return _json(200, {"ok": True})

    def _chunk(self, request: Request, stream: str, run: int, number: int) -> Response:
        if request.method == "OPTIONS":
            return _preflight()
        length = request.content_length
        if length is None:
            return _refused(411, "no_length")
        if length > LARGEST_BYTES:
            return _refused(413, "too_large")
        grant = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            source = _source(request)
            channel = self._streams.publishing(stream, grant, self._now_ms())
            channel.admit(length, self._now_ms())
            taken = channel.take(source, (run, number), _body(request), self._now_ms())
        except BadGrant as bad:
            return _refused(403, bad.reason)
        except ChunkRefused as refused:
            return _refused(_STATUS.get(refused.reason, 409), refused.reason, next=refused.next)
        except TimeoutError:
            return _refused(408, "too_slow")
        except OSError:
            return _refused(400, "cut_off")
        return _json(
            200, {"next": taken.next, **({"unrecorded": True} if channel.is_unrecorded else {})}
        )

    def _control(self, request: Request, stream: str, verb: str) -> Response:
        if verb not in control.VERBS or (request.content_length or 0) > _LONGEST_LETTER:
            raise NotFound()
        body = _body(request)  # an OSError ends the connection: the web process asks again
        right = letters.of_control(self._secret, verb, stream, body)
        try:
            letters.require(right, request.headers.get(letters.SIGNATURE, ""))
            said = letters.read(body)
            letters.require_fresh(said, self._now_ms())
            return _json(200, control.VERBS[verb](self._streams, stream, said))
        except (letters.BadLetter, BadGrant, NoRecording):
            return _refused(403, "letter")

    def _choices(self, _: Request, stream: str) -> Response:
        init = self._channel(stream).pictures.timeline.latest_init
        if init is None:
            raise NotFound()
        return _answer(playlists.choices(init, _BITS_PER_SECOND), _PLAYLIST, _NEVER)

    def _live(self, request: Request, stream: str, what: str) -> Response:
        output = self._output(stream, what)
        number, part = (request.args.get(name, type=int) for name in ("_HLS_msn", "_HLS_part"))
        if number is not None:
            _wait(output, number, part)
        return _answer(playlists.live(output.timeline), _PLAYLIST, _NEVER)

    def _init(self, _: Request, stream: str, what: str, number: int) -> Response:
        init = self._output(stream, what).timeline.init(number)
        if init is None:
            raise NotFound()
        return _answer(init.data, _MP4, _FOR_EVER)

    def _segment(self, _: Request, stream: str, what: str, number: int) -> Response:
        segment = self._output(stream, what).timeline.segment(number)
        if segment is None or not segment.is_done:
            raise NotFound()
        return _answer(segment.data, _MP4, _FOR_EVER)

    def _part(self, _: Request, stream: str, what: str, number: int, part: int) -> Response:
        output = self._output(stream, what)
        _wait(output, number, part)
        segment = output.timeline.segment(number)
        if segment is None or part >= len(segment.parts):
            raise NotFound()
        return _answer(segment.parts[part].data, _MP4, _FOR_EVER)

    def _endless(self, _: Request, stream: str, what: str) -> Response:
        output = self._output(stream, what)
        init = output.timeline.latest_init
        if init is None:
            raise NotFound()
        if self.viewers >= MOST_VIEWERS:
            return _refused(503, "too_many_viewers")
        return _answer(self._watched(output), f'{_MP4}; codecs="{init.codecs}"', _NEVER)

    def _watched(self, output: Output) -> Iterator[bytes]:
        self.viewers += 1
        try:
            yield from endless(output)
        finally:
            self.viewers -= 1

    def _recording(self, request: Request, given: str) -> Response:
        """All of a recording, or `?from=&to=` of it (milliseconds of its media)."""
        start, end = (request.args.get(name, type=int) for name in ("from", "to"))
        try:
            text = self._streams.recordings.playlist(given, Span(start or 0, end))
        except NoRecording:
            raise NotFound() from None
        return _answer(text, _PLAYLIST, _NEVER)

    def _recorded(self, _: Request, given: str, name: str) -> Response:
        try:
            return _answer(self._streams.recordings.file(given, name), _MP4, _PRIVATELY)
        except NoRecording:
            raise NotFound() from None

    def _channel(self, stream: str) -> Channel:
        found = self._streams.watched(stream)
        if found is None:
            raise NotFound()
        return found

    def _output(self, stream: str, what: str) -> Output:
        channel = self._channel(stream)
        return channel.pictures if what == "picture" else channel.sound


def _wait(output: Output, number: int, part: int | None) -> None:
    """Wait for what a player says it needs next, no further ahead than a playlist could name."""
    if number > output.timeline.newest[0] + 1:
        raise NotFound()
    left_s = _WAIT_S
    while left_s > 0 and not output.timeline.has(number, part):
        output.wait(_LOOK_S)
        left_s -= _LOOK_S


def _body(request: Request) -> bytes:
    """The whole body, in `_BODY_S` seconds.

    Raises:
        TimeoutError: it did not come in time. OSError: it ended before its length.
    """
    with gevent.Timeout(_BODY_S, TimeoutError("timed out")):
        return request.get_data(cache=False)


def _source(request: Request) -> Source:
    said = request.args
    try:
        container = Container(said.get("container", ""))
    except ValueError:
        raise ChunkRefused("container", 0) from None
    return Source(
        container,
        is_h264=said.get("video") == "h264",
        has_sound=said.get("sound", "1") == "1",
        has_picture="video" in said,
    )


def _preflight() -> Response:
    allowed = {
        "Access-Control-Allow-Methods": "PUT",
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
        "Access-Control-Max-Age": "600",
    }
    return Response(status=204, headers=allowed)


def _answer(body: str | bytes | Iterator[bytes], content_type: str, kept: str) -> Response:
    return Response(body, content_type=content_type, headers={"Cache-Control": kept})


def _json(status: int, body: Mapping[str, object]) -> Response:
    return Response(json.dumps(body), status=status, mimetype="application/json")


def _refused(status: int, code: str, **more: int) -> Response:
    return _json(status, {"code": code, **more})
