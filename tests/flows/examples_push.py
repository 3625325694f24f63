"""Right requests for being told on one's own device; and what each role gets."""

from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market
from tests.support.push_service import Browser

Cells = tuple[int, int, int, int, int, int]
_PAGE = "/account/push"


def subscription(market: Market) -> Body:
    browser = Browser(endpoint=f"https://fcm.googleapis.com/fcm/send/{client_id()}")
    return {"client_id": client_id(), **browser.fields, "lang": "vi"}


def step(market: Market) -> Body:
    return {"client_id": client_id()}


EXAMPLES: dict[str, Example] = {
    "GET /n/worker.js": Example(),
    "POST /n/<notice>/shown": Example(204, needs_login=False),
    f"GET {_PAGE}": Example(200, "buyer"),
    f"POST {_PAGE}": Example(303, "buyer", form=subscription),
    f"POST {_PAGE}/off": Example(303, "buyer", form=step),
}
CELLS: dict[str, Cells] = {
    "GET /n/worker.js": (200,) * 6,
    # A notice is opened by an id nobody can guess; the worker that has it was sent it.
    "POST /n/<notice>/shown": (204,) * 6,
    # Each device is switched for itself alone, also one that only typed a number (ADR 0029).
    f"GET {_PAGE}": (303, 200, 200, 200, 200, 200),
    f"POST {_PAGE}": (401, 303, 303, 303, 303, 303),
    f"POST {_PAGE}/off": (401, 303, 303, 303, 303, 303),
}
