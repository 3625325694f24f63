"""The line of steps an order's buyer reads."""

import pytest

from shop.buying.progress import Mark, Reached, Stop, steps
from shop.states import ORDER

WHOLE = (1, 2, 3, 4, 5, 6)
DONE, NOW, AHEAD = Mark.DONE, Mark.NOW, Mark.AHEAD


def reached(state: str, *times: int, fetched: bool = False) -> Reached:
    return Reached(state, *times, fetched=fetched)


def marks(order: Reached) -> list[Mark]:
    return [step.mark for step in steps(order)]


@pytest.mark.parametrize(
    ("state", "times", "expected"),
    [
        ("placed", 1, [NOW, AHEAD, AHEAD, AHEAD, AHEAD]),
        ("secured", 2, [DONE, NOW, AHEAD, AHEAD, AHEAD]),
        ("packing", 3, [DONE, DONE, NOW, AHEAD, AHEAD]),
        ("packed", 4, [DONE, DONE, NOW, AHEAD, AHEAD]),
        ("handed_over", 5, [DONE, DONE, DONE, NOW, AHEAD]),
        ("delivered", 6, [DONE] * 5),
        ("closed", 6, [DONE] * 5),
    ],
)
def test_an_order_stands_at_one_step_until_it_is_received(
    state: str, times: int, expected: list[Mark]
) -> None:
    assert marks(reached(state, *WHOLE[:times])) == expected


def test_what_is_fetched_waits_for_its_buyer_once_it_is_packed() -> None:
    line = steps(reached("packed", 1, 2, 3, 4, fetched=True))
    assert (line[3].stop, line[3].mark, line[3].at_ms) == (Stop.AWAY, NOW, 4)


def test_a_parcel_put_aside_is_no_longer_being_packed() -> None:
    line = steps(reached("secured", 1, 2, 3))
    assert (line[2].mark, line[2].at_ms) == (AHEAD, None)


def test_of_an_order_that_ended_only_what_happened_is_told() -> None:
    assert [step.stop for step in steps(reached("cancelled", 1, 2, 3))] == ["placed", "secured"]
    assert [step.at_ms for step in steps(reached("refused", 1, 2, 3, 4, 5))] == [1, 2, 4, 5]


@pytest.mark.parametrize("state", sorted(ORDER.states))
def test_every_state_of_an_order_has_a_line_that_begins_with_its_placing(state: str) -> None:
    first = steps(reached(state, *WHOLE))[0]
    assert (first.stop, first.at_ms) == (Stop.PLACED, 1)
