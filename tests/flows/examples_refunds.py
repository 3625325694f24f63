"""Right requests about money that goes back, and what each role gets there."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_ORDER = "/orders/<code>/refund"
_DESK = "/console/<seller>/refunds"
_ONE = f"{_DESK}/<refund>"
_OWED = {"code": "refund_order"}


def account(market: Market) -> Body:
    return {
        "client_id": "refund-account",
        "bank_bin": "970436",
        "account_number": "0071000123456",
        "account_holder": "NGUYEN THI HOA",
    }


def begun(market: Market) -> Body:
    return {
        "client_id": "refund-begun",
        "payment_code": market.ids["refund_order"],
        "source": "paid",
        "back_sum": "1.000",
        "reason": "hộp móp",
    }


_STEPS = {
    f"POST {_DESK}": Example(
        303,
        "staff_a",
        form=begun,
        optional=frozenset({"source"}),
        anything=frozenset({"reason"}),
    ),
    f"POST {_ONE}/sent": Example(
        303,
        "staff_a",
        form=lambda _: {"client_id": "refund-sent", "bank_reference": "FT26326001"},
    ),
    f"POST {_ONE}/not-sent": Example(
        303, "staff_a", form=lambda _: {"client_id": "refund-not-sent"}
    ),
    f"POST {_ONE}/drop": Example(303, "staff_a", form=lambda _: {"client_id": "refund-drop"}),
    f"POST {_ONE}/confirm": Example(
        303,
        "staff_a",
        form=lambda market: {
            "client_id": "refund-confirm",
            "bank_line": market.ids["refund_line"],
        },
    ),
}
_LOOKS = {
    f"GET {_DESK}": Example(who="staff_a"),
    f"GET {_ONE}": Example(who="staff_a"),
    f"GET {_ONE}/qr.png": Example(who="staff_a"),
}
_ON_TOP = "/orders/<code>/surplus"
_BUYERS = {
    f"GET {_ON_TOP}": Example(who="buyer", things={"code": "on_top_code"}),
    f"POST {_ON_TOP}": Example(
        303,
        "buyer",
        form=lambda _: {"client_id": "keeps-what-is-on-top", "choice": "keep"},
        things={"code": "on_top_code"},
    ),
    "POST /orders/<code>/credit": Example(
        303,
        "buyer",
        form=lambda _: {"client_id": "uses-what-is-kept"},
        things={"code": "credit_code"},
    ),
}
_NEW = f"GET {_DESK}/new/<code>"
EXAMPLES: dict[str, Example] = {
    f"GET {_ORDER}": Example(who="buyer", things=_OWED),
    f"POST {_ORDER}": Example(303, "buyer", form=account, things=_OWED),
    _NEW: Example(who="staff_a", things=_OWED),
    **_BUYERS,
    **_LOOKS,
    **_STEPS,
}
CELLS: dict[str, Cells] = {
    f"GET {_ORDER}": (404, 404, 200, 404, 404, 404),
    f"POST {_ORDER}": (404, 404, 303, 404, 404, 404),
    f"GET {_ON_TOP}": (404, 404, 200, 404, 404, 404),
    **dict.fromkeys(
        [name for name in _BUYERS if name.startswith("POST")], (404, 404, 303, 404, 404, 404)
    ),
    _NEW: (401, 404, 404, 404, 404, 200),
    **dict.fromkeys(_LOOKS, (401, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_STEPS, (401, 404, 404, 404, 404, 303)),
}
