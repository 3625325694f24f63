"""Right requests about money that people saw, and what each role gets there."""

from datetime import timedelta

from sqlalchemy.orm import Session

from core import clock
from payments.desk import seen
from payments.desk.seen import Sight, Witness
from tests.flows.example import Body, Example
from tests.flows.market import Market

_HERE = "/console/<seller>/money/seen"
_STAFF = "staff_a"


def fill(market: Market) -> None:
    """A word that nothing confirmed, for money on the seller's second account."""
    market.change(lambda session: _fill(session, market))


def _fill(session: Session, market: Market) -> None:
    ids = market.ids
    day = clock.today() - timedelta(days=1)
    witness = Witness(ids["seller"], "p:somebody", "Hoa", "thấy trong app")
    sight = Sight(ids["desk_account"], 41_000, "7K2M", day, "tien che")
    ids["seen_line"] = seen.say(session, witness, sight)


def _said(market: Market) -> Body:
    return {
        "client_id": "money-seen",
        "account": market.ids["desk_account"],
        "amount": "65.000",
        "tail": "FT26 4471",
        "day": clock.today().isoformat(),
        "reason": "chưa nối",
    }


def _back(_market: Market) -> Body:
    return {"client_id": "seen-back", "reason": "nhìn nhầm"}


EXAMPLES = {
    f"GET {_HERE}": Example(200, _STAFF),
    f"POST {_HERE}": Example(
        303,
        _STAFF,
        form=_said,
        anything=frozenset({"reason"}),
        foreign={"account": "foreign_statement_account"},
    ),
    f"POST {_HERE}/<line>/back": Example(
        303, _STAFF, form=_back, things={"line": "seen_line"}, anything=frozenset({"reason"})
    ),
}

_READ = (401, 404, 404, 404, 404, 200)
_WRITE = (401, 404, 404, 404, 404, 303)
CELLS = {name: _WRITE if name.startswith("POST") else _READ for name in EXAMPLES}
