"""Right requests for video, and who gets what: one sends, everybody watches, the engine signs."""

from livestream.media import letters
from livestream.media.keys import shared_secret
from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market
from tests.support import photographs

_FREE = frozenset({"reason"})
_SAID = frozenset({"stream", "news", "reason", "number", "at_ms"})
_LIVE = "/api/v1/live/<session_id>"


def page(market: Market) -> Body:
    return {"publisher": client_id(), "mode": "picture", "take_over": True}


def news(market: Market) -> Body:
    said = {
        "stream": "a-stream-nobody-knows",
        "news": "started",
        "reason": "silent",
        "number": 1,
        "at_ms": 1,
    }
    return dict(said)


def signed(market: Market, raw: bytes) -> dict[str, str]:
    secret = shared_secret(market.app.config["SETTINGS"].keys_dir)
    return {letters.SIGNATURE: letters.of_news(secret, raw)}


EXAMPLES = {
    f"GET {_LIVE}/video": Example(200, needs_login=False),
    f"POST {_LIVE}/video/publish": Example(
        200, "staff_a", json=page, optional=frozenset({"mode", "take_over"})
    ),
    f"POST {_LIVE}/video/photo": Example(
        200,
        "staff_a",
        form=lambda _: {"client_id": "a-photo-of-the-show"},
        files=lambda: {"photo": photographs.jpeg()},
    ),
    "POST /api/v1/media/news": Example(
        200,
        needs_login=False,
        json=news,
        headers=signed,
        provider_fields=_SAID,
        blank=_FREE,
        anything=_FREE,
    ),
}

CELLS = {
    f"GET {_LIVE}/video": (200,) * 6,
    f"POST {_LIVE}/video/publish": (401, 404, 404, 404, 404, 200),
    f"POST {_LIVE}/video/photo": (401, 404, 404, 404, 404, 200),
    "POST /api/v1/media/news": (200,) * 6,
}
