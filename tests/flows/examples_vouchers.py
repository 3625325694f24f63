"""Right requests for vouchers, and what each role gets there."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_DESK = "/console/<seller>/vouchers"
_PROVINCE = "/province/vouchers"
_SPARE = frozenset({"most_off", "from_sum", "most_uses", "budget"})


def voucher(market: Market) -> Body:
    return {
        "client_id": "new-voucher",
        "voucher_code": "CHETET10",
        "kind": "percent",
        "worth": "10",
        "most_off": "20k",
        "from_sum": "100.000",
        "most_uses": "50",
        "budget": "1tr",
        "until": "2026-12-31",
    }


def sponsored(market: Market) -> Body:
    body = voucher(market)
    return {**body, "title": "Ngày hội chè", "seller": market.ids["seller"]}


def step(market: Market) -> Body:
    return {"client_id": "voucher-step"}


_PAGES = {f"GET {_DESK}": Example(who="staff_a")}
_FORMS = {
    f"POST {_DESK}": Example(303, "staff_a", form=voucher, optional=_SPARE, blank=_SPARE),
    f"POST {_DESK}/<voucher>/stop": Example(303, "staff_a", form=step),
    f"POST {_DESK}/<voucher>/agree": Example(
        303, "staff_a", form=step, things={"voucher": "sponsored_voucher"}
    ),
}
_OFFICERS_PAGES = {f"GET {_PROVINCE}": Example(who="officer")}
_OFFICERS_FORMS = {
    f"POST {_PROVINCE}": Example(
        303,
        "officer",
        form=sponsored,
        optional=_SPARE - {"budget"},
        blank=_SPARE - {"budget"},
        anything=frozenset({"title"}),
    ),
    f"POST {_PROVINCE}/<voucher>/stop": Example(
        303, "officer", form=step, things={"voucher": "sponsored_voucher"}
    ),
}
EXAMPLES: dict[str, Example] = {**_PAGES, **_FORMS, **_OFFICERS_PAGES, **_OFFICERS_FORMS}
CELLS: dict[str, Cells] = {
    **dict.fromkeys(_PAGES, (401, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_FORMS, (401, 404, 404, 404, 404, 303)),
    **dict.fromkeys(_OFFICERS_PAGES, (401, 404, 404, 404, 404, 404)),
    **dict.fromkeys(_OFFICERS_FORMS, (401, 404, 404, 404, 404, 404)),
}
