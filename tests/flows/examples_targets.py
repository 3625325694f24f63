"""Right requests for where else a show is sent, and who gets what."""

from tests.flows.example import Body, Example
from tests.flows.examples_live import step
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

_TARGETS = "/host/<session_id>/targets"
_STAFF = "staff_a"
_NEXT = {"session_id": "next_session"}
_LEFT_TO_US = frozenset({"name", "url"})


def target(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "kind": "youtube",
        "name": "Kênh nhà",
        "url": "rtmps://a.rtmps.youtube.com:443/live2",
        "stream_key": "abcd-1234-efgh",
    }


def key(market: Market) -> Body:
    return {"client_id": client_id(), "stream_key": "FB-1-another"}


def off(market: Market) -> Body:
    return {"client_id": client_id(), "on": "no"}


EXAMPLES = {
    f"GET {_TARGETS}": Example(200, _STAFF, things=_NEXT),
    f"POST {_TARGETS}": Example(
        303,
        _STAFF,
        form=target,
        things=_NEXT,
        optional=_LEFT_TO_US,
        blank=_LEFT_TO_US,
        anything=frozenset({"name"}),
    ),
    f"POST {_TARGETS}/<target_id>/key": Example(303, _STAFF, form=key, things=_NEXT),
    f"POST {_TARGETS}/<target_id>/switch": Example(303, _STAFF, form=off, things=_NEXT),
    f"POST {_TARGETS}/<target_id>/remove": Example(303, _STAFF, form=step, things=_NEXT),
}

_READ = (303, 404, 404, 404, 404, 200)
_WRITE = (401, 404, 404, 404, 404, 303)
CELLS = {name: _WRITE if name.startswith("POST") else _READ for name in EXAMPLES}
