"""Right requests for bank statements, and who gets what; the market's own file waits to be taken in."""

from core.db import db
from payments.bank import accounts
from payments.statements import shelf, taking
from tests.flows.example import Body, Example
from tests.flows.market import Market
from tests.flows.statements_of import ROWS

_HERE = "/console/<seller>/money/statements"
_STAFF = "staff_a"


def sending(market: Market) -> Body:
    return {
        "client_id": "statement-sent",
        "account": market.ids["statement_account"],
        "pasted": ROWS,
    }


def reading_columns(_market: Market) -> Body:
    return {"client_id": "statement-read", "column_0": "day", "column_3": "money_in"}


def taking_in(market: Market) -> Body:
    return {"client_id": "statement-in", "shown": _shown(market)}


def _shown(market: Market) -> str:
    with market.app.app_context():
        session = db.session()
        kept = shelf.get(session, market.ids["seller"], market.ids["statement"])
        account = accounts.facts(session, kept.facts.account_id)
        return taking.preview(session, account, kept).shown


EXAMPLES = {
    f"GET {_HERE}": Example(200, _STAFF),
    "GET /console/<seller>/money/days": Example(200, _STAFF),
    f"POST {_HERE}": Example(
        303, _STAFF, form=sending, foreign={"account": "foreign_statement_account"}
    ),
    f"GET {_HERE}/<statement>": Example(200, _STAFF),
    f"POST {_HERE}/<statement>/columns": Example(303, _STAFF, form=reading_columns),
    f"POST {_HERE}/<statement>/take": Example(303, _STAFF, form=taking_in),
}

_READ = (401, 404, 404, 404, 404, 200)
_WRITE = (401, 404, 404, 404, 404, 303)
CELLS = {name: _WRITE if name.startswith("POST") else _READ for name in EXAMPLES}
