"""Right requests about platform fees and household tax, and what each role gets there."""

from functools import partial

from sqlalchemy import update
from sqlalchemy.orm import Session

from shop.fees import freezing, invoicing, months, ruling
from shop.fees.fee_rules import Rate
from shop.fees.models import FeeEntry
from shop.fees.ruling import NewRule
from shop.ordering import history
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_FEES = "/console/<seller>/fees"
_INVOICE = f"{_FEES}/invoices/<int(max=999999999):number>"
_OF_INVOICE = {"number": "fee_invoice"}
_TAX = "/console/<seller>/tax"
_PAGE: Cells = (401, 404, 404, 404, 404, 200)


def fill(market: Market) -> None:
    """An invoice of seller A's for the fee of its paid order, as if it had been sold last month."""
    market.ids["fee_invoice"] = market.change(partial(_invoiced, market.ids))


def _invoiced(ids: dict[str, str], session: Session) -> str:
    rule = ruling.add(session, NewRule("2 %", Rate(200)), "operator")
    freezing.freeze(session, history.locked(session, ids["paid_code"]))
    ruling.end(session, rule)
    last = months.this_month().before
    session.execute(update(FeeEntry).values(at_ms=last.begins_ms))
    return str(invoicing.issue(session, ids["seller"], last))


def chosen(_: Market) -> Body:
    return {"client_id": "tax-mode-chosen", "tax_mode": "record"}


EXAMPLES: dict[str, Example] = {
    f"GET {_FEES}": Example(200, "staff_a"),
    f"GET {_FEES}/file": Example(200, "staff_a"),
    f"GET {_INVOICE}": Example(200, "staff_a", things=_OF_INVOICE),
    f"GET {_INVOICE}/file": Example(200, "staff_a", things=_OF_INVOICE),
    f"GET {_TAX}": Example(200, "staff_a"),
    f"GET {_TAX}/file": Example(200, "staff_a"),
    f"POST {_TAX}/mode": Example(303, "staff_a", form=chosen),
}

CELLS: dict[str, Cells] = {
    **{key: _PAGE for key in EXAMPLES if key.startswith("GET")},
    f"POST {_TAX}/mode": (401, 404, 404, 404, 404, 303),
}
