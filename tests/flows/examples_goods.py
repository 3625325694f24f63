"""Right requests for prices, drafts and the market's board; and what each role gets."""

from core import clock
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_EVERYBODY: Cells = (200,) * 6
_PAGE: Cells = (401, 404, 404, 404, 404, 200)
_STEP: Cells = (401, 404, 404, 404, 404, 303)
_GOODS = "/console/<seller>/goods"
_ONE = f"{_GOODS}/<listing>"
_DRAFTS = "/console/<seller>/drafts"
_DRAFT = f"{_DRAFTS}/<draft>"
_PRICED = {"listing": "priced_listing"}


def entry(_: Market) -> Body:
    return {
        "client_id": "market-entry",
        "kind": "che_tuoi",
        "commune": "xã Tân Cương",
        "price": "32k",
        "seen_on": clock.today().isoformat(),
        "source": "Chợ Tân Cương, hỏi 3 quầy",
    }


def step(**fields: str | int) -> Body:
    return {"client_id": "one-step-at-a-time", **fields}


def staff(form: Body, *free: str, zero: str = "") -> Example:
    """A step of seller A's owner; the fields named `free` may be left out or empty."""
    may = frozenset(free)
    return Example(
        303,
        "staff_a",
        form=lambda _: dict(form),
        things=_PRICED,
        optional=may,
        blank=may,
        zero=frozenset({zero} if zero else ()),
    )


_DETAILS = step(
    name="Chè móc câu",
    story="Hái tay một tôm hai lá.",
    kind="che_moc_cau",
    brand="Sương Sớm",
    standards="TCVN 9740:2013",
    shelf_days="365",
    removal_days="30",
    season_from="3",
    season_to="11",
    unit_word="gói",
    mode="pack",
)
_SAID = tuple(name for name in _DETAILS if name not in {"client_id", "name", "unit_word", "mode"})

_PAGES = {
    f"GET {_GOODS}": Example(who="staff_a", query={"changed": "x", "hidden": "x"}),
    f"GET {_ONE}": Example(who="staff_a"),
    f"GET {_DRAFT}": Example(who="staff_a", query={"step": "3"}),
}
_FORMS = {
    f"POST {_ONE}/price": staff(
        step(price="67k", from_day="", from_time=""), "from_day", "from_time"
    ),
    f"POST {_GOODS}/prices/<price>/undo": staff(step()),
    f"POST {_ONE}/hide": staff(step()),
    f"POST {_ONE}/show": staff(step()),
    f"POST {_ONE}": staff(_DETAILS, *_SAID),
    f"POST {_ONE}/units": staff(step(word="bó", size="300", size_unit="g"), "size_unit"),
    f"POST {_ONE}/units/forget": staff(step(word="thùng")),
    f"POST {_ONE}/road": staff(step(road_h="24"), "road_h"),
    f"POST {_ONE}/freshness": staff(step(days=7, percent=20), zero="days"),
    f"POST {_ONE}/freshness/forget": staff(step(days=9), zero="days"),
    f"POST {_ONE}/packs": staff(
        step(unit_word="hộp", pack="500", pack_unit="g", price="150k", instead="1"),
        "pack_unit",
        "instead",
    ),
    f"POST {_DRAFTS}": staff(step()),
    f"POST {_DRAFT}": staff(step(name="Chè nõn tôm"), "name"),
    f"POST {_DRAFT}/sell": staff(
        step(quantity="2,5", quantity_unit="yến"), "quantity", "quantity_unit"
    ),
    f"POST {_DRAFT}/discard": staff(step()),
}
_TYPED = Example(
    200,
    "staff_a",
    form=lambda _: {"name": "Chè nõn"},
    optional=frozenset({"name"}),
    blank=frozenset({"name"}),
)
_OFFICERS = {
    "GET /market/entries": Example(who="officer"),
    "POST /market/entries": Example(
        303,
        "officer",
        form=entry,
        optional=frozenset({"commune"}),
        blank=frozenset({"commune"}),
        anything=frozenset({"source"}),
    ),
    "POST /market/entries/<entry>/remove": Example(303, "officer", form=lambda _: step()),
}
_OPEN = {
    "GET /market": Example(query={"week": "2026-W47"}),
    "GET /products/<listing>/state": Example(),
}
EXAMPLES: dict[str, Example] = {
    **_PAGES,
    **_FORMS,
    f"POST {_DRAFT}/typed": _TYPED,
    **_OFFICERS,
    **_OPEN,
}
CELLS: dict[str, Cells] = {
    **dict.fromkeys(_PAGES, _PAGE),
    **dict.fromkeys(_FORMS, _STEP),
    f"POST {_DRAFT}/typed": _PAGE,
    **dict.fromkeys(_OFFICERS, (401, 404, 404, 404, 404, 404)),
    "GET /market/entries": (303, 404, 404, 404, 404, 404),
    **dict.fromkeys(_OPEN, _EVERYBODY),
}
