"""Right requests for orders that staff type in, and what each role gets there."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/<seller>/staff-orders"
_ROWS = {f"{name}_{row}" for name in ("listing", "packs") for row in range(2, 7)}
_SPARE = frozenset(_ROWS | {"text", "address", "commune", "slot"})


def pasted(market: Market) -> Body:
    return {"channel": "zalo", "text": "Cho mình 2 gói chè, Hoa 0912 345 678"}


def confirmed(market: Market) -> Body:
    return {
        "client_id": "typed-in-by-staff",
        "text": "Cho mình 2 gói chè",
        "channel": "zalo",
        "kept": "120",
        "name": "Lan",
        "phone": "0912 345 670",
        "commune": "",
        "way": "pickup",
        "slot": "",
        "address": "",
        "listing_1": market.ids["listing"],
        "packs_1": "2",
        **{f"{name}_{row}": "" for name in ("listing", "packs") for row in range(2, 7)},
    }


_PAGES = {
    f"GET {_HERE}": Example(who="staff_a"),
    f"GET {_HERE}/new": Example(who="staff_a", query={"channel": "phone"}),
    f"GET {_HERE}/<code>/reply": Example(who="staff_a", things={"code": "staff_code"}),
    f"POST {_HERE}/read": Example(who="staff_a", form=pasted, anything=frozenset({"text"})),
}
_FORMS = {
    f"POST {_HERE}": Example(
        303,
        "staff_a",
        form=confirmed,
        optional=_SPARE,
        blank=_SPARE,
        anything=frozenset({"text", "name"}),
        foreign={"listing_1": "foreign_listing"},
    ),
}
EXAMPLES: dict[str, Example] = {**_PAGES, **_FORMS}
CELLS: dict[str, Cells] = {
    **dict.fromkeys(_PAGES, (401, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_FORMS, (401, 404, 404, 404, 404, 303)),
}
