"""Right requests for notices, mailboxes and the call list; and what each role gets."""

from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_OWN = "/account/notices"
_DESK = "/console/<seller>/notices"
_MAILBOX = frozenset({"mailbox"})
_PRICE = frozenset({"price"})
_CALL = {"notice": "call"}


def mailbox(market: Market) -> Body:
    return {"client_id": client_id(), "mailbox": "hoa.moi@example.vn", "lang": "en"}


def called(market: Market) -> Body:
    return {"client_id": client_id(), "result": "reached"}


def collection(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "kind": "collection",
        "goods": "búp chè tươi",
        "at": "6 giờ sáng thứ bảy",
        "where": "nhà văn hóa",
        "price": "",
    }


_DESK_PAGES = {
    f"GET {_DESK}": Example(200, "staff_a", query={"told": "3"}),
    f"GET {_DESK}/members": Example(200, "staff_a"),
}
_DESK_FORMS = {
    f"POST {_DESK}/<notice>/called": Example(303, "staff_a", form=called, things=_CALL),
    f"POST {_DESK}/members": Example(
        303,
        "staff_a",
        form=collection,
        optional=_PRICE,
        blank=_PRICE,
        anything=frozenset({"goods", "at", "where"}),
    ),
}
EXAMPLES: dict[str, Example] = {
    **_DESK_PAGES,
    **_DESK_FORMS,
    "GET /n/<notice>": Example(303),
    f"GET {_OWN}": Example(200, "buyer"),
    f"POST {_OWN}": Example(303, "buyer", form=mailbox, optional=_MAILBOX, blank=_MAILBOX),
    "GET /mailbox/<token>": Example(),
    "POST /mailbox/<token>": Example(303),
}
CELLS: dict[str, Cells] = {
    **dict.fromkeys(_DESK_PAGES, (401, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_DESK_FORMS, (401, 404, 404, 404, 404, 303)),
    # A notice and a mailbox are opened by ids nobody can guess; whoever has one was sent it.
    "GET /n/<notice>": (303,) * 6,
    f"GET {_OWN}": (303, 404, 200, 200, 200, 200),
    f"POST {_OWN}": (401, 404, 303, 303, 303, 303),
    "GET /mailbox/<token>": (200,) * 6,
    "POST /mailbox/<token>": (303,) * 6,
}
