"""Right requests for purses; and what each role gets there."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from shop.cash import purses
from shop.cash.purses import Keeper
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/<seller>/cash"
_LISTS = "/console/<seller>/remittances"
_STEP: Cells = (401, 404, 404, 404, 404, 303)
_NOTE = frozenset({"note"})


def fill(market: Market) -> None:
    """An open purse of somebody of seller A's, whose books the owner keeps."""

    def open_one(session: Session) -> str:
        keeper = Keeper("p:somebody", "Anh Tài")
        return purses.open_purse(session, market.ids["seller"], keeper, 500_000)

    market.ids["purse"] = market.change(open_one)


def _body(client_id: str, **more: str) -> Callable[[Market], Body]:
    return lambda _: {"client_id": client_id, **more}


def remitted(market: Market) -> Body:
    return {
        "client_id": "carrier-has-paid",
        "bank_line": market.ids["carrier_line"],
        "carrier": "Viettel Post",
        "carrier_list": f"{market.ids['carried_code']}; 65.000; 5.000",
    }


EXAMPLES: dict[str, Example] = {
    f"GET {_HERE}": Example(200, "staff_a"),
    f"POST {_HERE}/open": Example(
        303,
        "staff_a",
        form=_body("purse-opened", change="200.000"),
        optional=frozenset({"change"}),
        blank=frozenset({"change"}),
    ),
    f"POST {_HERE}/<purse>/moves": Example(
        303,
        "staff_a",
        form=_body("purse-moved", kind="out", amount="100k", note="nộp ngân hàng"),
        optional=_NOTE,
        blank=_NOTE,
        anything=_NOTE,
    ),
    f"POST {_HERE}/<purse>/count": Example(
        303,
        "staff_a",
        form=_body("purse-counted", counted_cash="500.000", note="đủ"),
        optional=_NOTE,
        blank=_NOTE,
        zero=frozenset({"counted_cash"}),
        anything=_NOTE,
    ),
    f"GET {_LISTS}": Example(200, "staff_a"),
    f"POST {_LISTS}": Example(
        303,
        "staff_a",
        form=remitted,
        anything=frozenset({"carrier"}),
    ),
}

CELLS: dict[str, Cells] = {
    f"GET {_HERE}": (401, 404, 404, 404, 404, 200),
    f"POST {_HERE}/open": _STEP,
    f"POST {_HERE}/<purse>/moves": _STEP,
    f"POST {_HERE}/<purse>/count": _STEP,
    f"GET {_LISTS}": (401, 404, 404, 404, 404, 200),
    f"POST {_LISTS}": _STEP,
}
