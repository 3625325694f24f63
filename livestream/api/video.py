"""The doors of video: who may send, what there is to see, what the engine tells.

Video itself never comes here. Refuses news without the engine's signature.
"""

from dataclasses import asdict

from flask import request
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from core import clock, rate
from core.client_ids import JsonObject
from core.db import db, write
from core.http.api import ApiBlueprint
from core.http.current import current_login
from core.http.fields import Body, ClientId, Flag
from livestream import access
from livestream.room import view
from livestream.video import broadcasts, room_video
from livestream.video.broadcasts import Asked
from livestream.video.engines import engine
from livestream.video.live_engine import BadEvent, Publishing
from livestream.video.room_video import VideoAnswer
from livestream.video.video_errors import NotFromEngine

blueprint = ApiBlueprint(
    "video_api", __name__, url_prefix="/api/v1", description="Live video: send, watch."
)

_ASKING = rate.Limit("video.publish", burst=20, refill_ms=5_000)
_MODES = ("picture", "sound")


class PublishBody(Body):
    """Which open page wants to send (an id it made for itself), and what."""

    publisher = ClientId()
    mode = fields.String(load_default="picture", validate=validate.OneOf(_MODES))
    take_over = Flag(load_default=False)


class PublishAnswer(Schema):
    """How to send: `way` is chunks; `token` goes as Bearer and is worth nothing after `until`."""

    way = fields.String(required=True)
    url = fields.String(required=True)
    token = fields.String(required=True)
    until = fields.String(required=True)
    server_time = fields.String(required=True)


class PlaybackSchema(Schema):
    """One address: kind mp4 (endless) or hls, what picture or sound."""

    kind = fields.String(required=True)
    what = fields.String(required=True)
    url = fields.String(required=True)


class VideoSchema(Schema):
    """How a session's video stands (none, sending, lost, over) and where it is to be seen, best first."""

    state = fields.String(required=True)
    mode = fields.String(required=True)
    list = fields.List(fields.Nested(PlaybackSchema), required=True)
    photo = fields.String(required=True, allow_none=True)


class HeardAnswer(Schema):
    """The engine need not tell it again."""

    ok = fields.Boolean(required=True)


@blueprint.post("/live/<session_id>/video/publish")
@blueprint.arguments(PublishBody)
@blueprint.response(200, PublishAnswer)
def publish(body: JsonObject, session_id: str) -> JsonObject:
    """Let one page of the host send the picture for ten minutes; asked again by that page, it goes on."""
    login = access.require_host(db.session(), session_id, current_login())
    rate.take(_ASKING, login.actor)
    asked = Asked(str(body["publisher"]), str(body["mode"]), bool(body["take_over"]))
    sender = engine()

    def act(session: Session) -> Publishing:
        return broadcasts.publishing(session, session_id, asked, sender)

    granted = asdict(write(act))
    until_ms = granted.pop("until_ms")
    now = clock.iso(clock.now_ms())
    return {**granted, "until": clock.iso(until_ms), "server_time": now}


@blueprint.get("/live/<session_id>/video")
@blueprint.response(200, VideoSchema)
def read_video(session_id: str) -> VideoAnswer:
    """What there is to see of a session just now; asked again after each event that says how it stands."""
    view.public_facts(db.session(), session_id)
    return room_video.answer(db.session(), session_id)


@blueprint.post("/media/news")
@blueprint.doc(
    requestBody={"content": {"application/json": {"schema": {"type": "object"}}}, "required": True}
)
@blueprint.response(200, HeardAnswer)
@blueprint.alt_response(401, description="Not signed by the engine: bad_signature")
def hear_news() -> JsonObject:
    """What became of a stream, told by the engine: signed, numbered, taken once."""
    try:
        event = engine().event(dict(request.headers), request.get_data(cache=False))
    except BadEvent:
        raise NotFromEngine() from None
    write(lambda session: broadcasts.hear(session, event))
    return {"ok": True}
