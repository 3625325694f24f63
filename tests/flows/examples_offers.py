"""Right requests for wholesale prices, combos, harvests sold ahead and recalls; and what each role gets."""

from datetime import timedelta

from core import clock
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_PAGE: Cells = (401, 404, 404, 404, 404, 200)
_STEP: Cells = (401, 404, 404, 404, 404, 303)
_HERE = "/console/<seller>"
_TIERS = f"{_HERE}/goods/<listing>/tiers"
_FORECAST = f"{_HERE}/forecasts/<forecast>"
_RECALL = f"{_HERE}/recall/<lot>"
_LOT = {"lot": "recall_lot"}


def tiers(market: Market) -> Body:
    return {"client_id": "tiers-of-tea", "packs_1": "10", "price_1": "60k"}


def combo(market: Market) -> Body:
    parts: Body = {f"part_{market.ids[name]}": 2 for name in ("listing", "second_listing")}
    return {"client_id": "combo-of-teas", "name": "Quà Tết", "price": "200k", **parts}


def combo_parts(market: Market) -> Body:
    parts: Body = {f"part_{market.ids[name]}": 3 for name in ("listing", "second_listing")}
    return {"client_id": "combo-other-parts", "price": "190k", **parts}


def forecast(market: Market) -> Body:
    return {
        "client_id": "harvest-ahead",
        "listing": market.ids["plain_listing"],
        "cap": "100",
        "unit": "kg",
        "expected_on": (clock.today() + timedelta(days=9)).isoformat(),
    }


def settled(market: Market) -> Body:
    return {"client_id": "harvest-came", "came": "2", "unit": "kg", "receive": "1"}


_PAGES = {
    f"GET {_TIERS}": Example(who="staff_a"),
    f"GET {_HERE}/combos": Example(who="staff_a", query={"changed": "x"}),
    f"GET {_HERE}/combos/new": Example(who="staff_a"),
    f"GET {_HERE}/combos/<combo>": Example(who="staff_a"),
    f"GET {_HERE}/forecasts": Example(who="staff_a"),
    f"GET {_HERE}/forecasts/new": Example(who="staff_a"),
    f"GET {_FORECAST}": Example(who="staff_a", query={"changed": "x"}),
    f"GET {_RECALL}": Example(who="staff_a", things=_LOT),
}
_FORMS = {
    f"POST {_TIERS}": Example(303, "staff_a", form=tiers),
    f"POST {_HERE}/combos/new": Example(303, "staff_a", form=combo, anything=frozenset({"name"})),
    f"POST {_HERE}/combos/<combo>": Example(303, "staff_a", form=combo_parts),
    f"POST {_FORECAST}/cap": Example(
        303,
        "staff_a",
        form=lambda _: {"client_id": "another-cap", "cap": "3", "unit": "kg"},
    ),
    f"POST {_HERE}/forecasts/new": Example(
        303, "staff_a", form=forecast, foreign={"listing": "foreign_listing"}
    ),
    f"POST {_FORECAST}/settle": Example(
        303,
        "staff_a",
        form=settled,
        optional=frozenset({"receive"}),
        blank=frozenset({"receive"}),
    ),
    f"POST {_RECALL}": Example(
        303,
        "staff_a",
        form=lambda _: {"client_id": "recall-of-lot", "reason": "ẩm mốc"},
        things=_LOT,
        anything=frozenset({"reason"}),
    ),
    f"POST {_RECALL}/told": Example(
        303,
        "staff_a",
        form=lambda market: {"client_id": "buyer-was-told", "order": market.ids["paid_code"]},
        things=_LOT,
        foreign={"order": "code"},
    ),
}
EXAMPLES: dict[str, Example] = {**_PAGES, **_FORMS}
CELLS: dict[str, Cells] = {**dict.fromkeys(_PAGES, _PAGE), **dict.fromkeys(_FORMS, _STEP)}
