"""Right requests for the accountant's pages, and what each role gets there."""

from datetime import date

from payments.ledger import starting
from payments.ledger.starting import Speaker, Start
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/<seller>/money/books"
_PAGE: Cells = (401, 404, 404, 404, 404, 200)
_SEEN = frozenset({"seen"})
_STARTED = {"seen": 0, "day": "2026-01-01", "reason": "đếm quỹ"}
_STEP: Cells = (401, 404, 404, 404, 404, 303)


def closed(_market: Market) -> Body:
    return {"client_id": "october-is-closed", "month": "2026-10", "consent": "yes"}


def began(market: Market) -> Body:
    account = "cash:stall"
    return {**_STARTED, "client_id": "the-beginning", "account": account, "amount": "2.500.000"}


def taken_back(market: Market) -> Body:
    account = f"bank:{market.till.account_id}" if market.till else ""
    word = {"seen": 1, "account": account, "reason": "gõ nhầm"}
    return {**word, "client_id": "not-the-beginning"}


def fill(market: Market) -> None:
    """A beginning somebody said of the till's account."""
    assert market.till is not None
    speaker = Speaker(market.ids["seller"], "p:somebody", "sao kê tháng 1", 0)
    start = Start(f"bank:{market.till.account_id}", 1_000_000, date(2026, 1, 1))
    market.change(lambda session: starting.say(session, speaker, start))


EXAMPLES: dict[str, Example] = {
    **{
        f"GET {_HERE}{page}": Example(200, "staff_a", query={"month": "2026-11"})
        for page in ("", "/journal", "/journal.csv", "/journal.xlsx")
    },
    f"POST {_HERE}/close": Example(303, "staff_a", form=closed),
    f"GET {_HERE}/start": Example(200, "staff_a"),
    f"POST {_HERE}/start": Example(
        303, "staff_a", form=began, zero=_SEEN, anything=frozenset({"reason"})
    ),
    f"POST {_HERE}/start/back": Example(
        303, "staff_a", form=taken_back, zero=_SEEN, anything=frozenset({"reason"})
    ),
}

CELLS: dict[str, Cells] = {
    **{f"GET {_HERE}{page}": _PAGE for page in ("", "/journal", "/journal.csv", "/journal.xlsx")},
    f"POST {_HERE}/close": _STEP,
    f"GET {_HERE}/start": _PAGE,
    f"POST {_HERE}/start": _STEP,
    f"POST {_HERE}/start/back": _STEP,
}
