"""Right requests for the customer book, and what each role gets."""

from tests.flows.example import Body, Example
from tests.flows.examples_before import step
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_BOOK = "/console/<seller>/customers"
_ONE = "/console/<seller>/customers/<person_id>"
_STAFF = "staff_a"
_BUYER = {"person_id": "buyer"}


def note(market: Market) -> Body:
    return {"client_id": client_id(), "note": "Giao buổi chiều"}


def reason(market: Market) -> Body:
    return {"client_id": client_id(), "reason": "Gửi thiệp Tết"}


_PAGES = {
    f"GET {_BOOK}": Example(200, _STAFF, query={"q": "hoa", "page": "1"}),
    f"GET {_ONE}": Example(200, _STAFF, things=_BUYER),
}
_FILE = f"POST {_BOOK}"
_STEPS = {
    f"POST {_ONE}/notes": Example(
        303, _STAFF, form=note, things=_BUYER, anything=frozenset({"note"})
    ),
    f"POST {_ONE}/notes/<customer_note>/drop": Example(303, _STAFF, form=step, things=_BUYER),
}

EXAMPLES = {
    **_PAGES,
    **_STEPS,
    _FILE: Example(200, _STAFF, form=reason, anything=frozenset({"reason"})),
}
CELLS: dict[str, Cells] = {
    **dict.fromkeys(_PAGES, (303, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_STEPS, (401, 404, 404, 404, 404, 303)),
    _FILE: (401, 404, 404, 404, 404, 200),
}
