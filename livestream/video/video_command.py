"""`flask video status`: whether the engine answers, asked as the market asks it. Changes nothing."""

from flask.cli import AppGroup

from core.commands import emit
from core.strict_json import JsonValue
from livestream.video.engines import engine
from livestream.video.live_engine import EngineAway

video_group = AppGroup("video", help="Look after live video.")


@video_group.command("status")
def status() -> None:
    """Ask the engine, with our signature, about a stream that is none; exit 1 when it does not answer."""
    asked = engine()
    ref = asked.open()
    where: list[JsonValue] = [each.url.replace(ref, "STREAM") for each in asked.playback(ref)]
    try:
        asked.stats(ref)
    except EngineAway as away:
        emit({"engine": asked.name, "ok": False, "why": str(away), "playback": where})
        raise SystemExit(1) from away
    emit({"engine": asked.name, "ok": True, "playback": where})
