"""Right requests about VAT invoices, and what each role gets there."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_ORDER = "/orders/<code>/invoice"
_DESK = "/console/<seller>/invoices"
_DELIVERED = {"code": "delivered_code"}


def asked(market: Market) -> Body:
    return {
        "client_id": "invoice-asked",
        "name": "Công ty Chè",
        "tax_code": "0100109106-001",
        "address": "Số 2 Bến Oánh",
        "mailbox": "ke.toan@example.com",
    }


def issued(market: Market) -> Body:
    return {
        "client_id": "invoice-issued",
        "seen": 1,
        "invoice_number": "1C26TCP 00000123",
        "url": "https://hoadon.example.com/tra-cuu?ma=AB12",
    }


_REASON = frozenset({"reason"})
_URL = frozenset({"url"})
_FORMS = {
    f"POST {_DESK}/<invoice>/issue": Example(
        303,
        "staff_a",
        form=issued,
        optional=_URL,
        blank=_URL,
        anything=frozenset({"invoice_number"}),
    ),
    f"POST {_DESK}/<invoice>/decline": Example(
        303,
        "staff_a",
        form=lambda _: {"client_id": "invoice-declined", "seen": 1, "reason": "hộ chưa có mã"},
        anything=_REASON,
    ),
}
EXAMPLES: dict[str, Example] = {
    f"GET {_ORDER}": Example(who="buyer", things=_DELIVERED),
    f"POST {_ORDER}": Example(
        303, "buyer", form=asked, things=_DELIVERED, anything=frozenset({"name", "address"})
    ),
    f"GET {_DESK}": Example(who="staff_a"),
    **_FORMS,
}
CELLS: dict[str, Cells] = {
    f"GET {_ORDER}": (404, 404, 200, 404, 404, 404),
    f"POST {_ORDER}": (404, 404, 303, 404, 404, 404),
    f"GET {_DESK}": (401, 404, 404, 404, 404, 200),
    **dict.fromkeys(_FORMS, (401, 404, 404, 404, 404, 303)),
}
