"""Tables of moves."""

import pytest

from core.states import BadTransition, Table

LAMP = Table("lamp", {("off", "on"), ("on", "off"), ("on", "broken"), ("lost", "found")})


def test_a_move_in_the_table_gives_the_new_state() -> None:
    assert LAMP.move("off", "on") == "on"


@pytest.mark.parametrize(("old", "new"), [("broken", "on"), ("on", "on"), ("on", "sold")])
def test_a_move_outside_the_table_is_a_conflict(old: str, new: str) -> None:
    with pytest.raises(BadTransition) as raised:
        LAMP.move(old, new)
    assert raised.value.status == 409
    assert raised.value.data == {"table": "lamp", "now": old, "wanted": new}


def test_states_that_cannot_be_reached_show() -> None:
    assert LAMP.reachable_from("off") == {"off", "on", "broken"}
    assert LAMP.states - LAMP.reachable_from("off") == {"lost", "found"}
