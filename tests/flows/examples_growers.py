"""Right requests for the grower book and its papers, and who gets what."""

from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

TODAY = "2026-11-25"


def member_form(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "name": "Trần Văn Búp",
        "phone": "0912 345 678",
        "commune": "Thịnh Đức",
        "address": "Xóm Hồng Thái",
        "joined_on": "2024-02-29",
        "notes": "hái chiều",
    }


def plot_form(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "name": "Đồi sau nhà",
        "crop": "chè trung du",
        "area": "2,5",
        "area_unit": "sao",
        "commune": "Tân Cương",
        "place_code": "VN-TNN-0001",
    }


def household_form(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "household": "poor",
        "from_on": "2026-01-01",
        "until_on": "2026-12-31",
        "source": "Quyết định số 12 của xã",
        "consent": "yes",
        "consented_on": TODAY,
    }


def certificate_form(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "kind": "ocop",
        "stars": "4",
        "holder": market.ids["product_holder"],
        "name": "OCOP",
        "number": "0417/QĐ-UBND",
        "issuer": "UBND tỉnh Thái Nguyên",
        "valid_from": "2025-05-20",
        "valid_until": "2028-05-19",
    }


def step(market: Market) -> Body:
    return {"client_id": client_id()}


_DESK = "/console/<seller>"
_MEMBER = f"{_DESK}/members/<member>"
_PAPER = f"{_DESK}/certificates/<certificate>"
_MEMBER_BLANK = frozenset({"phone", "commune", "address", "joined_on", "notes"})
_PLOT_BLANK = frozenset({"crop", "area", "commune", "place_code"})
_PLOT_LEFT_OUT = _PLOT_BLANK | {"area_unit"}
_ENTRY_BLANK = frozenset({"until_on", "consented_on"})
_PAPER_BLANK = frozenset({"name", "valid_until"})
_HOLDERS = {"holder": "foreign_product_holder"}
_NAMES = frozenset({"name", "number", "issuer", "source", "why"})

EXAMPLES = {
    f"GET {_DESK}/members": Example(200, "staff_a", query={"q": "nu", "left": "1"}),
    f"GET {_DESK}/members/new": Example(200, "staff_a"),
    f"POST {_DESK}/members/new": Example(
        303,
        "staff_a",
        form=member_form,
        optional=_MEMBER_BLANK,
        blank=_MEMBER_BLANK,
        anything=_NAMES,
    ),
    f"GET {_MEMBER}": Example(200, "staff_a"),
    f"GET {_MEMBER}/edit": Example(200, "staff_a"),
    f"POST {_MEMBER}/edit": Example(
        303,
        "staff_a",
        form=member_form,
        optional=_MEMBER_BLANK,
        blank=_MEMBER_BLANK,
        anything=_NAMES,
    ),
    f"POST {_MEMBER}/leave": Example(
        303, "staff_a", form=lambda market: {**step(market), "left_on": "2026-11-20"}
    ),
    f"POST {_MEMBER}/return": Example(303, "staff_a", form=step, things={"member": "gone_member"}),
    f"GET {_MEMBER}/plots/new": Example(200, "staff_a"),
    f"POST {_MEMBER}/plots/new": Example(
        303,
        "staff_a",
        form=plot_form,
        optional=_PLOT_LEFT_OUT,
        blank=_PLOT_BLANK,
        anything=_NAMES,
    ),
    f"GET {_DESK}/plots/<plot>": Example(200, "staff_a"),
    f"POST {_DESK}/plots/<plot>": Example(
        303,
        "staff_a",
        form=plot_form,
        optional=_PLOT_LEFT_OUT,
        blank=_PLOT_BLANK,
        anything=_NAMES,
    ),
    f"POST {_DESK}/plots/<plot>/remove": Example(303, "staff_a", form=step),
    f"GET {_MEMBER}/household": Example(200, "staff_a"),
    f"POST {_MEMBER}/household": Example(
        303,
        "staff_a",
        form=household_form,
        optional=_ENTRY_BLANK,
        blank=_ENTRY_BLANK,
        anything=_NAMES,
    ),
    f"POST {_MEMBER}/household/forget": Example(303, "staff_a", form=step),
    f"GET {_DESK}/certificates": Example(200, "staff_a"),
    f"GET {_DESK}/certificates/new": Example(
        200, "staff_a", query={"kind": "ocop", "holder": "product:x"}
    ),
    f"POST {_DESK}/certificates/new": Example(
        303,
        "staff_a",
        form=certificate_form,
        optional=_PAPER_BLANK,
        blank=_PAPER_BLANK,
        anything=_NAMES,
        foreign=_HOLDERS,
    ),
    f"GET {_PAPER}": Example(200, "staff_a"),
    f"POST {_PAPER}": Example(
        303,
        "staff_a",
        form=certificate_form,
        optional=_PAPER_BLANK,
        blank=_PAPER_BLANK,
        anything=_NAMES,
        foreign=_HOLDERS,
    ),
    f"POST {_PAPER}/withdraw": Example(
        303,
        "staff_a",
        form=lambda market: {**step(market), "why": "xã thu hồi"},
        anything=_NAMES,
    ),
}

_STAFF_ALONE = (401, 404, 404, 404, 404, 200)
_STAFF_STEP = (401, 404, 404, 404, 404, 303)
CELLS = {name: _STAFF_ALONE if name.startswith("GET") else _STAFF_STEP for name in EXAMPLES}
