"""Which video engine this installation has: one, the embedded one, until another adapter is written."""

from urllib.parse import urlsplit

from flask import current_app, has_request_context, request

from core.config import Settings
from livestream.media.keys import shared_secret
from livestream.video.embedded import Embedded
from livestream.video.live_engine import LiveEngine


def engine() -> LiveEngine:
    """The engine, with addresses for whoever asks just now. Precondition: an application context."""
    settings: Settings = current_app.config["SETTINGS"]
    asked = request.host if has_request_context() else urlsplit(settings.public_url).netloc
    inside = settings.media_inside or f"http://127.0.0.1:{settings.media_port}"
    secret = shared_secret(settings.keys_dir)
    return Embedded(settings.media_address(asked), inside, secret)
