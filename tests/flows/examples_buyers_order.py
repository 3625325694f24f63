"""Right requests for what a buyer does with an order of theirs, and what each role gets there."""

from tests.flows.example import Example

Cells = tuple[int, int, int, int, int, int]
_HERE = "/orders/<code>"

EXAMPLES: dict[str, Example] = {
    f"GET {_HERE}/again": Example(who="buyer"),
    f"POST {_HERE}/again": Example(303, "buyer", form=lambda _: {"client_id": "the-same-again"}),
}
CELLS: dict[str, Cells] = {
    name: (404, 404, 200 if name.startswith("GET") else 303, 404, 404, 404) for name in EXAMPLES
}
