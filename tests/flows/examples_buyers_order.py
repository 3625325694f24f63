"""Right requests for what a buyer does with an order of theirs, and what each role gets there."""

from tests.factories.shop import RUN_VND
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_HERE = "/orders/<code>"
_CHANGE = f"{_HERE}/change"


def elsewhere(market: Market) -> Body:
    return {
        "client_id": "buyer-goes-elsewhere",
        "way": "own_run",
        "address": "Số 9, xóm Nà Hấu",
        "seen_fee": RUN_VND,
    }


def one_more(market: Market) -> Body:
    return {"client_id": "buyer-takes-more", "listing_1": market.ids["listing"], "packs_1": "1"}


def not_wanted(market: Market) -> Body:
    return {"client_id": "buyer-drops-line", "reason": "đặt nhầm"}


def together(market: Market) -> Body:
    return {"client_id": "buyer-joins-parcels", "other_order": market.ids["second_join"]}


_REASON = frozenset({"reason"})
EXAMPLES: dict[str, Example] = {
    f"GET {_HERE}/again": Example(who="buyer"),
    f"POST {_HERE}/again": Example(303, "buyer", form=lambda _: {"client_id": "the-same-again"}),
    f"GET {_CHANGE}": Example(who="buyer"),
    f"POST {_CHANGE}/delivery": Example(
        303,
        "buyer",
        form=elsewhere,
        optional=frozenset({"seen_fee"}),
        anything=frozenset({"address"}),
    ),
    f"POST {_CHANGE}/lines/<line>": Example(
        303,
        "buyer",
        form=not_wanted,
        things={"line": "order_line"},
        optional=_REASON,
        blank=_REASON,
        anything=_REASON,
    ),
    f"POST {_CHANGE}/together": Example(
        303,
        "buyer",
        form=together,
        things={"code": "first_join"},
        foreign={"other_order": "foreign_packed_code"},
    ),
    f"GET {_CHANGE}/add": Example(who="buyer"),
    f"POST {_CHANGE}/add": Example(303, "buyer", form=one_more),
}
CELLS: dict[str, Cells] = {
    name: (404, 404, 200 if name.startswith("GET") else 303, 404, 404, 404) for name in EXAMPLES
}
