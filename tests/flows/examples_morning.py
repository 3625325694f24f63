"""A right request for the morning page, and what each role gets."""

from tests.flows.example import Example

Cells = tuple[int, int, int, int, int, int]
_PAGE = "GET /console/<seller>/today"

EXAMPLES: dict[str, Example] = {_PAGE: Example(200, "staff_a")}
CELLS: dict[str, Cells] = {_PAGE: (401, 404, 404, 404, 404, 200)}
