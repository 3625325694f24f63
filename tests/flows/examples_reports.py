"""Right requests for the sale day's reports, and what each role gets."""

from tests.flows.example import Body, Example
from tests.flows.examples_before import step
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_ALL = "/console/<seller>/reports"
_ONE = "/console/<seller>/reports/<session_id>"
_FAIR = "/console/<seller>/campaigns/<campaign_id>/report"
_STAFF = "staff_a"


def sale(market: Market) -> Body:
    return {"client_id": client_id(), "what_sold": "5 kg chè bán tại nhà", "amount": "900k"}


def note(market: Market) -> Body:
    return {"client_id": client_id(), "note": "Trả lại thêm 50.000 đ ngày 2/12"}


def consent(market: Market) -> Body:
    return {"client_id": client_id(), "answer": "yes"}


_PAGES = {
    f"GET {_ALL}": Example(200, _STAFF),
    f"GET {_ONE}": Example(200, _STAFF),
    f"GET {_FAIR}": Example(200, _STAFF),
}
_FILES = {
    f"GET {_ONE}/file": Example(200, _STAFF, query={"as": "pdf"}),
    f"GET {_FAIR}/file": Example(200, _STAFF, query={"as": "csv"}),
}
_STEPS = {
    f"POST {_ONE}/declared": Example(303, _STAFF, form=sale, anything=frozenset({"what_sold"})),
    f"POST {_ONE}/declared/<declared_id>/withdraw": Example(303, _STAFF, form=step),
    f"POST {_ONE}/notes": Example(303, _STAFF, form=note, anything=frozenset({"note"})),
    f"POST {_FAIR}/notes": Example(303, _STAFF, form=note, anything=frozenset({"note"})),
    f"POST {_ONE}/consent": Example(303, _STAFF, form=consent),
}

EXAMPLES = {**_PAGES, **_FILES, **_STEPS}
CELLS: dict[str, Cells] = {
    **dict.fromkeys(_PAGES, (303, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_FILES, (401, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_STEPS, (401, 404, 404, 404, 404, 303)),
}
