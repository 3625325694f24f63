"""Right requests for the packing desk; and what each role gets there."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import logins
from shop import orders
from shop.models import OrderLine
from shop.ordering import securing
from shop.packing import packing
from shop.packing.packing import BoxDone, LineDone, PartDone
from tests.factories.shop import PICK_UP, buyer_of
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_PAGE: Cells = (401, 404, 404, 404, 404, 200)
_STEP: Cells = (401, 404, 404, 404, 404, 303)
_HERE = "/console/<seller>/packing"
_PAPERS = "/console/<seller>/papers"
_API = "/api/v1/sellers/<seller>"
_PACKER = "p:packer"
_PRICE_VND = 65_000
_PACKED = {"code": "boxed_code"}
_TO_PACK = {"code": "packing_code"}
_REASON = frozenset({"reason"})


def fill(market: Market) -> None:
    """Two orders of the buyer's: one waits to be packed, one stands packed."""
    market.change(lambda session: _fill(market, session))
    market.settle()


def _fill(market: Market, session: Session) -> None:
    ids = market.ids
    for name in ("packing_code", "boxed_code"):
        ids[name] = _secured(market, session)
    ids["packing_line"] = _line(session, ids["packing_code"])
    boxed = LineDone(_line(session, ids["boxed_code"]), 1, (PartDone(0),))
    packing.pack(session, ids["seller"], BoxDone(ids["boxed_code"], (boxed,)), _PACKER)


def _secured(market: Market, session: Session) -> str:
    login = logins.resolve(session, market.tokens["buyer"])
    assert login is not None
    line = orders.PlaceLine(market.ids["third_listing"], 1, _PRICE_VND)
    wanted = orders.PlaceOrder(market.ids["seller"], buyer_of(login), "web", PICK_UP, (line,))
    code = orders.place(session, wanted)
    securing.secure_by(session, code, "cod", _PACKER)
    session.flush()
    return code


def _line(session: Session, code: str) -> str:
    return session.scalars(select(OrderLine.id).where(OrderLine.order_code == code)).one()


def box(market: Market) -> Body:
    """The whole order, as a phone tells it."""
    part: Body = {"place": 0, "lot": "", "weighed": 0}
    line: Body = {"line": market.ids["packing_line"], "packs": 1, "parts": [part]}
    return {
        "client_id": "box-of-today",
        "order": market.ids["packing_code"],
        "reason": "",
        "lines": [line],
    }


def box_form(market: Market) -> Body:
    """The same, as the page's form."""
    return {
        "client_id": "box-of-today",
        "line_1": market.ids["packing_line"],
        "place_1": 0,
        "packs_1": 1,
        "lot_1": "",
        "weight_1": "",
        "reason": "",
    }


def papers(market: Market) -> Body:
    return {
        "client_id": "papers-of-today",
        "orders": f"{market.ids['packing_code']},{market.ids['boxed_code']}",
        "what": "both",
    }


def _said(things: dict[str, str], client_id: str) -> Example:
    """A step that may say why."""
    return Example(
        303,
        "staff_a",
        form=lambda _: {"client_id": client_id, "reason": "để sau"},
        things=things,
        optional=_REASON,
        blank=_REASON,
        anything=_REASON,
    )


EXAMPLES: dict[str, Example] = {
    f"GET {_HERE}": Example(who="staff_a", query={"by": "lot"}),
    f"GET {_HERE}/<code>": Example(who="staff_a", things=_PACKED),
    f"GET {_PAPERS}": Example(who="staff_a", query={"what": "both"}),
    f"POST {_HERE}/<code>": Example(
        303,
        "staff_a",
        form=box_form,
        things=_TO_PACK,
        optional=frozenset({"place_1", "lot_1", "weight_1", "reason"}),
        zero=frozenset({"place_1"}),
        blank=frozenset({"lot_1", "weight_1", "reason"}),
        anything=_REASON,
        foreign={"lot_1": "foreign_lot"},
    ),
    f"POST {_HERE}/<code>/begin": Example(
        303, "staff_a", form=lambda _: {"client_id": "order-begun"}, things=_TO_PACK
    ),
    f"POST {_HERE}/<code>/aside": _said(_TO_PACK, "order-put-aside"),
    f"POST {_HERE}/<code>/open": _said(_PACKED, "box-opened-again"),
    f"POST {_PAPERS}": Example(
        303, "staff_a", form=papers, optional=frozenset({"what"}), foreign={"orders": "foreign_lot"}
    ),
    f"POST {_API}/boxes": Example(
        200,
        "staff_a",
        json=box,
        optional=frozenset({"reason", "lines.parts.lot", "lines.parts.weighed"}),
        zero=frozenset({"lines.parts.place", "lines.parts.weighed"}),
        blank=frozenset({"reason", "lines.parts.lot"}),
        anything=_REASON,
        foreign={"lines.0.parts.0.lot": "foreign_lot"},
    ),
}

CELLS: dict[str, Cells] = {
    name: _STEP if name.startswith("POST /console") else _PAGE for name in EXAMPLES
}
