"""Right requests about platform fees and household tax, and what each role gets there."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_FEES = "/console/<seller>/fees"
_TAX = "/console/<seller>/tax"
_PAGE: Cells = (401, 404, 404, 404, 404, 200)


def chosen(_: Market) -> Body:
    return {"client_id": "tax-mode-chosen", "tax_mode": "record"}


EXAMPLES: dict[str, Example] = {
    f"GET {_FEES}": Example(200, "staff_a"),
    f"GET {_FEES}/file": Example(200, "staff_a"),
    f"GET {_TAX}": Example(200, "staff_a"),
    f"GET {_TAX}/file": Example(200, "staff_a"),
    f"POST {_TAX}/mode": Example(303, "staff_a", form=chosen),
}

CELLS: dict[str, Cells] = {
    **{key: _PAGE for key in EXAMPLES if key.startswith("GET")},
    f"POST {_TAX}/mode": (401, 404, 404, 404, 404, 303),
}
