"""Right requests for counting and moving goods, lots and runs; and what each role gets there."""

from collections.abc import Callable, Mapping

from core import clock
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_PAGE: Cells = (401, 404, 404, 404, 404, 200)
_STEP: Cells = (401, 404, 404, 404, 404, 303)
_HERE = "/console/<seller>"
_LOT = f"{_HERE}/lots/<lot>"
_API = "/api/v1/sellers/<seller>"
_REASON = frozenset({"reason"})
_BLOCKED = {"lot": "blocked_lot"}
_EMPTY = {"lot": "empty_lot"}
_STEPS = ["release", "transfer", "correct", "spoil", "split", "regrade", "merge", "block", "spend"]


def count(market: Market) -> Body:
    lines = [{"lot": market.ids["lot"], "book": 60_000, "counted": 59_000}]
    return {
        "client_id": "count-of-a-lot",
        "point": market.ids["store"],
        "reason": "cân lại",
        "lines": [*lines],
    }


def sale(market: Market) -> Body:
    return {
        "client_id": "sale-at-stall",
        "point": market.ids["point"],
        "took_vnd": 65_000,
        "sold_ms": clock.now_ms(),
        "lines": [{"listing": market.ids["listing"], "quantity": 200}],
    }


def harvest(market: Market) -> Body:
    return {
        "client_id": "harvest-of-today",
        "product": market.ids["leaf"],
        "quantity": "2,5",
        "unit": "kg",
        "harvested_on": clock.today().isoformat(),
        "member": market.ids["grower"],
        "grade": "búp",
        "notes": "hái sớm",
        "interval_days": "",
    }


def run(market: Market) -> Body:
    return {
        "client_id": "run-of-today",
        "step": "save",
        "unit": "kg",
        "lot_1": market.ids["lot"],
        "used_1": "10",
        "product_1": market.ids["leaf"],
        "made_1": "2",
        "grade_1": "khô",
    }


def _amount(client_id: str, **more: str) -> Callable[[Market], Body]:
    return lambda market: {
        "client_id": client_id,
        "stock": market.ids["stock_row"],
        "quantity": "1",
        "unit": "kg",
        **more,
    }


def _carried(market: Market) -> Body:
    return {**_amount("lot-carried")(market), "point": market.ids["point"]}


def _pooled(market: Market) -> Body:
    return {"client_id": "lots-pooled", "other_1": market.ids["second_lot"], "reason": ""}


def _said(client_id: str, things: Mapping[str, str]) -> Example:
    """A step that takes a reason or none."""
    form: Body = {"client_id": client_id, "reason": "xem rồi"}
    return Example(
        303,
        "staff_a",
        form=lambda _: {**form},
        things=things,
        optional=_REASON,
        blank=_REASON,
        anything=_REASON,
    )


def _desk(form: Callable[[Market], Body], **more: object) -> Example:
    return Example(303, "staff_a", form=form, **more)  # type: ignore[arg-type]


_PAGES = {
    f"GET {_HERE}/stock": Example(who="staff_a", query={"point": "x"}),
    f"GET {_HERE}/stock/points": Example(who="staff_a"),
    f"GET {_HERE}/stock/count": Example(who="staff_a"),
    f"GET {_HERE}/stall/<point>": Example(who="staff_a"),
    f"GET {_HERE}/lots": Example(who="staff_a", query={"state": "available", "product": "x"}),
    f"GET {_HERE}/lots/new": Example(who="staff_a"),
    f"GET {_LOT}": Example(who="staff_a"),
    f"GET {_LOT}/slip": Example(who="staff_a"),
    f"GET {_HERE}/runs": Example(who="staff_a"),
    f"GET {_HERE}/runs/new": Example(who="staff_a", query={"lot": "x"}),
    f"GET {_HERE}/runs/<run>": Example(who="staff_a"),
    **{f"GET {_LOT}/{step}": Example(who="staff_a") for step in _STEPS},
}
_FOREIGN_ROW = {"stock": "foreign_row"}
_FORMS = {
    f"POST {_HERE}/stock/points": _desk(
        lambda _: {"client_id": "a-new-point", "kind": "van", "name": "Xe tải"},
        anything=frozenset({"name"}),
    ),
    f"POST {_HERE}/lots/new": _desk(
        harvest,
        optional=frozenset({"member", "grade", "notes", "interval_days"}),
        blank=frozenset({"member", "grade", "notes", "interval_days"}),
        anything=frozenset({"grade", "notes"}),
        foreign={"product": "foreign_leaf", "member": "foreign_lot"},
    ),
    f"POST {_LOT}/release": _said("lot-released", _BLOCKED),
    f"POST {_LOT}/block": _desk(
        lambda _: {"client_id": "lot-blocked", "reason": "nghi bẩn"}, anything=_REASON
    ),
    f"POST {_LOT}/spend": _said("lot-closed", _EMPTY),
    f"POST {_LOT}/transfer": _desk(
        _carried, foreign={"stock": "foreign_row", "point": "foreign_point"}
    ),
    f"POST {_LOT}/correct": _desk(
        _amount("lot-counted", reason="cân lại"), anything=_REASON, foreign=_FOREIGN_ROW
    ),
    f"POST {_LOT}/spoil": _desk(
        _amount("lot-spoiled", reason="mốc"), anything=_REASON, foreign=_FOREIGN_ROW
    ),
    f"POST {_LOT}/split": _desk(
        _amount("lot-split", reason="riêng"),
        optional=_REASON,
        blank=_REASON,
        anything=_REASON,
        foreign=_FOREIGN_ROW,
    ),
    f"POST {_LOT}/regrade": _desk(
        _amount("lot-regraded", grade="loại 1"),
        anything=frozenset({"grade"}),
        foreign=_FOREIGN_ROW,
    ),
    f"POST {_LOT}/merge": _desk(
        _pooled, optional=_REASON, blank=_REASON, foreign={"other_1": "foreign_lot"}
    ),
    f"POST {_HERE}/runs/new": _desk(
        run,
        optional=frozenset({"grade_1"}),
        blank=frozenset({"grade_1"}),
        anything=frozenset({"grade_1"}),
        foreign={"lot_1": "foreign_lot", "product_1": "foreign_leaf"},
    ),
}
EXAMPLES: dict[str, Example] = {
    **_PAGES,
    **_FORMS,
    "GET /console/worker.js": Example(),
    f"POST {_API}/counts": Example(
        200,
        "staff_a",
        json=count,
        optional=_REASON,
        zero=frozenset({"lines.book", "lines.counted"}),
        blank=_REASON,
        anything=_REASON,
        foreign={"point": "foreign_point", "lines.0.lot": "foreign_lot"},
    ),
    f"POST {_API}/stall-sales": Example(
        200,
        "staff_a",
        json=sale,
        zero=frozenset({"took_vnd"}),
        foreign={"point": "foreign_point", "lines.0.listing": "foreign_listing"},
    ),
}

CELLS: dict[str, Cells] = {
    **dict.fromkeys(_PAGES, _PAGE),
    **dict.fromkeys(_FORMS, _STEP),
    "GET /console/worker.js": (200,) * 6,
    f"POST {_API}/counts": _PAGE,
    f"POST {_API}/stall-sales": _PAGE,
}
