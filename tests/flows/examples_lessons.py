"""Right requests for making a lesson, and what each role gets."""

from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_NEW = "/console/lessons/new"
_EMPTY = frozenset({"starts", "practice"})


def lesson(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "seller": market.ids["seller"],
        "title": "Tập live",
        "guide": "Cô Thu",
        "place": "Nhà văn hóa xóm",
        "starts": "",
        "minutes": 90,
        "practice": "yes",
    }


EXAMPLES: dict[str, Example] = {
    f"GET {_NEW}": Example(200, "staff_a"),
    f"POST {_NEW}": Example(
        303,
        "staff_a",
        form=lesson,
        optional=_EMPTY,
        blank=_EMPTY,
        anything=frozenset({"title", "guide", "place"}),
        foreign={"seller": "foreign_seller"},
    ),
}
CELLS: dict[str, Cells] = {
    # Staff of seller B make lessons of their own.
    f"GET {_NEW}": (303, 404, 404, 404, 200, 200),
    f"POST {_NEW}": (401, 404, 404, 404, 404, 303),
}
