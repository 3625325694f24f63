"""Right requests for the pages before and after a session, and what each role gets."""

from datetime import timedelta

from core import clock
from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_ROOM = "/live/<session_id>"
_HOST = "/host/<session_id>"
_VERIFY = "/verify/<seller_id>"
_EVERYBODY: Cells = (200,) * 6
_PAGE: Cells = (303, 404, 404, 404, 404, 200)
_STEP: Cells = (401, 404, 404, 404, 404, 303)
_PLANNED = {"session_id": "planned_session"}
_REHEARSED = {"session_id": "rehearsed_session"}
_OVER = {"session_id": "ended_session"}
_SELLER = {"seller_id": "seller"}


def step(market: Market) -> Body:
    return {"client_id": client_id()}


def plan(market: Market) -> Body:
    tomorrow = clock.in_vietnam(clock.now_ms()) + timedelta(days=1)
    return {"client_id": client_id(), "starts": f"{tomorrow:%Y-%m-%dT20:00}", "minutes": 90}


def confirmation(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "kind": "host",
        "person": market.ids["host"],
        "paper": "Căn cước, gặp mặt",
        "until": (clock.today() + timedelta(days=90)).isoformat(),
    }


def withdrawal(market: Market) -> Body:
    return {"client_id": client_id(), "confirmation": market.ids["host_paper"]}


_PUBLIC = {
    f"GET {_ROOM}/calendar.ics": Example(things=_PLANNED),
    f"GET {_ROOM}/qr.svg": Example(),
    f"GET {_ROOM}/poster": Example(things=_PLANNED),
    f"GET {_ROOM}/claims": Example(query={"before": "2"}),
}
_PAGES = {
    f"GET {_HOST}/ready": Example(200, "staff_a", things=_PLANNED),
    f"GET {_HOST}/rehearsal": Example(200, "staff_a", things=_REHEARSED),
    f"GET {_HOST}/sheet": Example(200, "staff_a"),
    f"GET {_VERIFY}": Example(200, "staff_a", things=_SELLER),
}
_FORMS = {
    f"POST {_HOST}/plan": Example(
        303,
        "staff_a",
        form=plan,
        things=_PLANNED,
        optional=frozenset({"starts"}),
        blank=frozenset({"starts"}),
    ),
    f"POST {_HOST}/rehearsal/start": Example(303, "staff_a", form=step, things=_PLANNED),
    f"POST {_HOST}/rehearsal/end": Example(303, "staff_a", form=step, things=_REHEARSED),
    f"POST {_HOST}/remind": Example(303, "staff_a", form=step, things=_OVER),
    f"POST {_HOST}/cancel": Example(303, "staff_a", form=step, things=_PLANNED),
    f"POST {_VERIFY}/confirm": Example(
        303,
        "staff_a",
        form=confirmation,
        things=_SELLER,
        anything=frozenset({"paper"}),
        foreign={"person": "buyer"},
    ),
    f"POST {_VERIFY}/withdraw": Example(303, "staff_a", form=withdrawal, things=_SELLER),
}
_FILES = {f"GET {_HOST}/sheet.csv": Example(200, "staff_a")}
_OFFICERS = {"GET /verify": Example(200, "officer")}

EXAMPLES = {**_PUBLIC, **_PAGES, **_FORMS, **_FILES, **_OFFICERS}
CELLS: dict[str, Cells] = {
    **dict.fromkeys(_PUBLIC, _EVERYBODY),
    **dict.fromkeys(_PAGES, _PAGE),
    **dict.fromkeys(_FORMS, _STEP),
    **dict.fromkeys(_FILES, (401, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_OFFICERS, (303, 404, 404, 404, 404, 404)),
}
