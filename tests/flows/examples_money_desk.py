"""Right requests for the money desk, and what each role gets there."""

from tests.flows.example import Example

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/<seller>/money"
_PAGE: Cells = (401, 404, 404, 404, 404, 200)

EXAMPLES: dict[str, Example] = {
    f"GET {_HERE}": Example(200, "staff_a"),
}

CELLS: dict[str, Cells] = {
    f"GET {_HERE}": _PAGE,
}
