"""Right requests for complaints, on all three sides; and what each role gets."""

from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_REPORT = "/report/<kind>/<subject>"
_CASE = "/cases/<case>"
_DESK = "/console/<seller>/cases"
_OFFICE = "/officer/cases"
_ORDER = {"kind": "order_kind", "subject": "code"}
_SETTLED = {"case": "settled_case"}
_DISPUTED = {"case": "disputed_case"}
_TEXT = frozenset({"text"})
_SUM = frozenset({"amount"})


def complaint(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "problem": "spoilt",
        "wants": "refund",
        "text": "3 quả dập",
        "name": "Hoa",
        "phone": "",
    }


def words(market: Market) -> Body:
    return {"client_id": client_id(), "text": "Tôi gửi thêm ảnh"}


def step(market: Market) -> Body:
    return {"client_id": client_id()}


def outcome(market: Market) -> Body:
    return {"client_id": client_id(), "outcome": "credit", "amount": "20k", "text": "Xin lỗi bạn"}


_OPTIONAL = frozenset({"text", "name", "phone"})

_BUYERS_PAGES = {
    f"GET {_REPORT}": Example(200, "buyer", things=_ORDER, query={"problem": "spoilt"}),
    f"GET {_CASE}": Example(200, "buyer"),
}
_BUYERS_FORMS = {
    f"POST {_REPORT}": Example(
        303,
        "buyer",
        form=complaint,
        things=_ORDER,
        optional=_OPTIONAL,
        blank=_OPTIONAL,
        anything=frozenset({"text", "name"}),
    ),
    f"POST {_CASE}/say": Example(303, "buyer", form=words, anything=_TEXT),
    f"POST {_CASE}/dispute": Example(303, "buyer", form=words, things=_SETTLED, anything=_TEXT),
    f"POST {_CASE}/withdraw": Example(303, "buyer", form=step),
}
_DESK_PAGES = {
    f"GET {_DESK}": Example(200, "staff_a"),
    f"GET {_DESK}/<case>": Example(200, "staff_a"),
}
_DESK_FORMS = {
    f"POST {_DESK}/<case>/take": Example(303, "staff_a", form=step),
    f"POST {_DESK}/<case>/say": Example(303, "staff_a", form=words, anything=_TEXT),
    f"POST {_DESK}/<case>/settle": Example(
        303, "staff_a", form=outcome, optional=_SUM, blank=_SUM, anything=_TEXT
    ),
}
_OFFICERS = {
    f"GET {_OFFICE}": Example(200, "officer"),
    f"GET {_OFFICE}/<case>": Example(200, "officer", things=_DISPUTED),
    f"POST {_OFFICE}/<case>/say": Example(
        303, "officer", form=words, things=_DISPUTED, anything=_TEXT
    ),
    f"POST {_OFFICE}/<case>/settle": Example(
        303,
        "officer",
        form=outcome,
        things=_DISPUTED,
        optional=_SUM,
        blank=_SUM,
        anything=_TEXT,
    ),
}

EXAMPLES: dict[str, Example] = {
    **_BUYERS_PAGES,
    **_BUYERS_FORMS,
    **_DESK_PAGES,
    **_DESK_FORMS,
    **_OFFICERS,
}
CELLS: dict[str, Cells] = {
    **dict.fromkeys(_BUYERS_PAGES, (404, 404, 200, 404, 404, 404)),
    **dict.fromkeys(_BUYERS_FORMS, (404, 404, 303, 404, 404, 404)),
    **dict.fromkeys(_DESK_PAGES, (401, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_DESK_FORMS, (401, 404, 404, 404, 404, 303)),
    # The market's roles hold no office; the officer of the examples does.
    **dict.fromkeys(_OFFICERS, (401, 404, 404, 404, 404, 404)),
    f"GET {_OFFICE}": (303, 404, 404, 404, 404, 404),
}
