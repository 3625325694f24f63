"""Right requests for the moderator's screen, and who may send them."""

from dataclasses import replace

from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

_SCREEN = "/moderate/<session_id>"
_COMMENT = f"{_SCREEN}/comments/<comment_id>"


def step(market: Market) -> Body:
    return {"client_id": client_id()}


def wanted(market: Market) -> Body:
    return {"client_id": client_id(), "code": "A2", "packs": 2}


def caller(market: Market) -> Body:
    return {**wanted(market), "phone": "0912 000 321", "name": "Bác Tư"}


def nick(market: Market) -> Body:
    return {**wanted(market), "source": "zalo", "nick": "Bếp nhà Na"}


def rules(market: Market) -> Body:
    return {"client_id": client_id(), "slow_s": 10, "who": "staff", "words": "hàng giả\nlừa đảo"}


def announcement(market: Market) -> Body:
    return {"client_id": client_id(), "text": "Mua 3 tặng 1"}


def _step(**more: object) -> Example:
    return replace(Example(200, "staff_a", form=step), **more)  # type: ignore[arg-type]


_TEXT, _WORDS, _NAME = frozenset({"text"}), frozenset({"words"}), frozenset({"name"})

EXAMPLES = {
    f"GET {_SCREEN}": Example(200, "staff_a"),
    f"POST {_COMMENT}/claim": _step(form=wanted),
    f"POST {_COMMENT}/leave": _step(),
    f"POST {_COMMENT}/hide": _step(),
    f"POST {_COMMENT}/show": _step(),
    f"POST {_COMMENT}/mute": _step(),
    f"POST {_COMMENT}/ban": _step(),
    f"POST {_SCREEN}/bars/<bar_id>/lift": _step(),
    f"POST {_SCREEN}/rules": _step(
        form=rules, zero=frozenset({"slow_s"}), optional=_WORDS, blank=_WORDS, anything=_WORDS
    ),
    f"POST {_SCREEN}/claims": _step(form=caller, optional=_NAME, blank=_NAME, anything=_NAME),
    f"POST {_SCREEN}/nicks": _step(form=nick, anything=frozenset({"nick"})),
    f"POST {_SCREEN}/announcement": _step(
        form=announcement, optional=_TEXT, blank=_TEXT, anything=_TEXT
    ),
    f"POST {_SCREEN}/pins/<code>/show": _step(things={"code": "second_pin"}),
}

_STEP = (401, 404, 404, 404, 404, 200)
CELLS = dict.fromkeys(EXAMPLES, _STEP) | {f"GET {_SCREEN}": (303, 404, 404, 404, 404, 200)}
