"""Right requests for the accountant's pages, and what each role gets there."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/<seller>/money/books"
_PAGE: Cells = (401, 404, 404, 404, 404, 200)
_STEP: Cells = (401, 404, 404, 404, 404, 303)


def closed(_market: Market) -> Body:
    return {"client_id": "october-is-closed", "month": "2026-10", "consent": "yes"}


EXAMPLES: dict[str, Example] = {
    **{
        f"GET {_HERE}{page}": Example(200, "staff_a", query={"month": "2026-11"})
        for page in ("", "/journal", "/journal.csv", "/journal.xlsx")
    },
    f"POST {_HERE}/close": Example(303, "staff_a", form=closed),
}

CELLS: dict[str, Cells] = {
    **{f"GET {_HERE}{page}": _PAGE for page in ("", "/journal", "/journal.csv", "/journal.xlsx")},
    f"POST {_HERE}/close": _STEP,
}
