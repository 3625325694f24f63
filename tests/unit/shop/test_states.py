"""Which state of an order may follow which."""

import pytest

from shop.states import ORDER, PLACED

BY_DESIGN = {
    "placed": {"secured", "expired", "cancelled"},
    "expired": {"secured"},
    "secured": {"packing", "cancelled"},
    "packing": {"packed", "secured"},
    "packed": {"handed_over", "packing"},
    "handed_over": {"delivered", "refused", "returned"},
    "delivered": {"closed", "returned"},
}


def test_every_state_can_be_reached_from_placed() -> None:
    assert ORDER.reachable_from(PLACED) == ORDER.states


def test_the_moves_are_those_of_the_design() -> None:
    moves = {old: {new for new in ORDER.states if ORDER.allows(old, new)} for old in ORDER.states}
    assert {old: new for old, new in moves.items() if new} == BY_DESIGN


@pytest.mark.parametrize("end", ["cancelled", "closed", "refused", "returned"])
def test_an_end_is_an_end(end: str) -> None:
    assert ORDER.reachable_from(end) == {end}
