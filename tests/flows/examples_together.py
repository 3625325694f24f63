"""Right requests for selling together, and who gets what; A was asked into sessions of seller B."""

from tests.flows.example import Body, Example
from tests.flows.examples_live import step, terms_form
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

_SELLERS = "/host/<session_id>/sellers"
_STALL = "/console/<seller>/shows/<session_id>"
_SHARED = {"session_id": "shared_session"}
_OWN_PIN = {**_SHARED, "code": "shared_pin"}
_STAFF = "staff_a"


def invitation(market: Market) -> Body:
    return {"client_id": client_id(), "seller": market.ids["foreign_seller"]}


def answer(market: Market) -> Body:
    return {"client_id": client_id(), "answer": "yes"}


def stall_pin(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "listing": market.ids["third_listing"],
        "price": "60k",
        "packs": 4,
        "limit": 2,
    }


def joining(market: Market) -> Body:
    return {"client_id": client_id(), "campaign": market.ids["campaign_id"]}


def elsewhere(market: Market) -> Body:
    return {"client_id": client_id(), "url": "https://www.facebook.com/htx/videos/1"}


def campaign(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "title": "Nông sản lên phố",
        "story": "Ba ngày, bốn nhà",
        "first": "2026-11-28",
        "last": "2026-11-30",
        "partners": "Sở Công Thương\nBưu điện",
    }


_FAIRS = "/console/<seller>/campaigns"
_FAIR = "/console/<seller>/campaigns/<campaign_id>"
_CAMPAIGN = "/campaigns/<campaign_id>"
_TOLD = frozenset({"story", "partners"})
_NAMED = _TOLD | {"title"}

EXAMPLES = {
    f"GET {_SELLERS}": Example(200, _STAFF, query={"q": "HTX"}),
    f"POST {_SELLERS}": Example(303, _STAFF, form=invitation),
    f"POST {_SELLERS}/<seller_id>/cancel": Example(
        303,
        _STAFF,
        form=step,
        things={"session_id": "next_session", "seller_id": "foreign_seller"},
    ),
    f"GET {_STALL}": Example(200, _STAFF, things=_SHARED),
    f"POST {_STALL}/answer": Example(
        303, _STAFF, form=answer, things={"session_id": "asked_session"}
    ),
    f"POST {_STALL}/withdraw": Example(303, _STAFF, form=step, things=_SHARED),
    f"POST {_STALL}/pins": Example(
        303, _STAFF, form=stall_pin, things=_SHARED, foreign={"listing": "foreign_listing"}
    ),
    f"POST {_STALL}/pins/<code>/terms": Example(303, _STAFF, form=terms_form, things=_OWN_PIN),
    f"POST {_STALL}/pins/<code>/close": Example(303, _STAFF, form=step, things=_OWN_PIN),
}

EXAMPLES |= {
    "POST /host/<session_id>/campaign": Example(
        303,
        _STAFF,
        form=joining,
        optional=frozenset({"campaign"}),
        blank=frozenset({"campaign"}),
    ),
    "POST /host/<session_id>/elsewhere": Example(
        303, _STAFF, form=elsewhere, optional=frozenset({"url"}), blank=frozenset({"url"})
    ),
    f"GET {_FAIRS}": Example(200, _STAFF),
    f"POST {_FAIRS}": Example(
        303, _STAFF, form=campaign, optional=_TOLD, blank=_TOLD, anything=_NAMED
    ),
    f"GET {_FAIR}": Example(200, _STAFF),
    f"POST {_FAIR}": Example(
        303, _STAFF, form=campaign, optional=_TOLD, blank=_TOLD, anything=_NAMED
    ),
    f"POST {_FAIR}/shows/<session_id>": Example(303, _STAFF, form=answer),
    f"GET {_CAMPAIGN}": Example(200),
    f"GET {_CAMPAIGN}/next": Example(303, query={"after": "nothing"}),
}

_READ = (303, 404, 404, 404, 404, 200)
_WRITE = (401, 404, 404, 404, 404, 303)
CELLS = {name: _WRITE if name.startswith("POST") else _READ for name in EXAMPLES}
CELLS |= {f"GET {_CAMPAIGN}": (200,) * 6, f"GET {_CAMPAIGN}/next": (303,) * 6}
