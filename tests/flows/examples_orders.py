"""Right requests for one order at the seller's desk, and what each role gets there."""

from sqlalchemy.orm import Session

from catalog.modes import Mode
from core.identity import logins
from shop import orders
from tests.factories.catalog import make_listing
from tests.factories.shop import PICK_UP, buyer_of
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/orders/<code>"
_LINE = {"line": "order_line"}


def fill(market: Market) -> None:
    """An order of the buyer's that is weighed before it is paid."""
    market.change(lambda session: _fill(market, session))


def _fill(market: Market, session: Session) -> None:
    ids = market.ids
    meat = make_listing(session, ids["seller"], on_hand=5_000, mode=Mode.WEIGH_THEN_PAY)
    login = logins.resolve(session, market.tokens["buyer"])
    assert login is not None
    line = orders.PlaceLine(meat, 1, 65_000)
    wanted = orders.PlaceOrder(ids["seller"], buyer_of(login), "web", PICK_UP, (line,))
    ids["weigh_code"] = orders.place(session, wanted)
    ids["weigh_line"] = orders.facts(session, ids["weigh_code"]).lines[0].id


def on_the_scales(market: Market) -> Body:
    line = market.ids["weigh_line"]
    return {"client_id": "order-is-weighed", "line_1": line, "weight_1": "0,19"}


def called_off(market: Market) -> Body:
    return {"client_id": "order-is-called-off", "do": "off", "reason": "mưa đá"}


def nothing_of_it(market: Market) -> Body:
    return {"client_id": "order-line-short", "packs": 0, "reason": "hết hàng"}


def to_the_door(market: Market) -> Body:
    return {"client_id": "order-goes-elsewhere", "way": "own_run", "address": "Xóm Nà Hấu"}


EXAMPLES = {
    f"GET {_HERE}": Example(who="staff_a"),
    f"POST {_HERE}/step": Example(303, "staff_a", form=called_off, anything=frozenset({"reason"})),
    f"POST {_HERE}/lines/<line>": Example(
        303,
        "staff_a",
        form=nothing_of_it,
        things=_LINE,
        zero=frozenset({"packs"}),
        anything=frozenset({"reason"}),
    ),
    f"POST {_HERE}/weigh": Example(
        303, "staff_a", form=on_the_scales, things={"code": "weigh_code"}
    ),
    f"POST {_HERE}/delivery": Example(
        303, "staff_a", form=to_the_door, anything=frozenset({"address"})
    ),
}
_STAFF = (401, 404, 404, 404, 404, 200)
_STEP = (401, 404, 404, 404, 404, 303)
CELLS: dict[str, Cells] = {name: _STAFF if name.startswith("GET") else _STEP for name in EXAMPLES}
