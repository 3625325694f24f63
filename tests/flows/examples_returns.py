"""Right requests for goods that come back, and what each role gets there."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/<seller>/returns"
_LOT = "/console/<seller>/lots/<lot>"
_RETURNED = {"lot": "returned_lot"}


def brought_back(market: Market) -> Body:
    return {
        "client_id": "goods-came-back",
        "lot": market.ids["sold_lot"],
        "quantity": "0,2",
        "unit": "kg",
        "why": "damaged",
        "more": "rách góc",
        "order": "CP12",
    }


def graded(market: Market) -> Body:
    return {
        "client_id": "goods-looked-at",
        "stock": market.ids["stock_row"],
        "good": "200 g",
        "spoilt": "100 g",
        "unit": "kg",
        "reason": "rách góc",
    }


_PAGES = {
    f"GET {_HERE}": Example(who="staff_a"),
    f"GET {_HERE}/new": Example(who="staff_a", query={"lot": "x", "code": "x"}),
    f"GET {_LOT}/grade": Example(who="staff_a", things=_RETURNED),
    f"GET {_LOT}/undo": Example(who="staff_a", things=_RETURNED),
}
_FORMS = {
    f"POST {_HERE}/new": Example(
        303,
        "staff_a",
        form=brought_back,
        optional=frozenset({"more", "order"}),
        blank=frozenset({"more", "order"}),
        anything=frozenset({"more", "order"}),
        foreign={"lot": "foreign_lot"},
    ),
    f"POST {_LOT}/grade": Example(
        303,
        "staff_a",
        form=graded,
        things=_RETURNED,
        optional=frozenset({"good", "spoilt"}),
        blank=frozenset({"good", "spoilt"}),
        zero=frozenset({"good", "spoilt"}),
        anything=frozenset({"reason"}),
        foreign={"stock": "foreign_row"},
    ),
    f"POST {_LOT}/undo": Example(
        303,
        "staff_a",
        form=lambda _: {"client_id": "return-undone", "reason": "ghi nhầm"},
        things=_RETURNED,
        optional=frozenset({"reason"}),
        blank=frozenset({"reason"}),
        anything=frozenset({"reason"}),
    ),
}
EXAMPLES: dict[str, Example] = {**_PAGES, **_FORMS}
CELLS: dict[str, Cells] = {
    **dict.fromkeys(_PAGES, (401, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_FORMS, (401, 404, 404, 404, 404, 303)),
}
