"""The tables of the live room say what the room promises, and nothing in them is out of reach."""

import pytest

from core.states import BadTransition, Table
from livestream.states import HELD_PART, PIN, SESSION, WAITING_PART, status_of


@pytest.mark.parametrize(
    ("table", "first"),
    [(SESSION, "draft"), (PIN, "queued"), (HELD_PART, "none"), (WAITING_PART, "waiting")],
)
def test_every_state_can_be_reached(table: Table, first: str) -> None:
    assert table.reachable_from(first) == table.states


@pytest.mark.parametrize("state", ["live", "interrupted", "checked"])
def test_an_ended_session_is_not_started_again(state: str) -> None:
    with pytest.raises(BadTransition):
        SESSION.move("ended", state)


@pytest.mark.parametrize("state", ["queued", "showing", "side"])
def test_a_closed_pin_stays_closed(state: str) -> None:
    with pytest.raises(BadTransition):
        PIN.move("closed", state)


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        (("held", "none", 0), "held"),
        (("held", "waiting", 2), "split"),
        (("none", "waiting", 2), "waitlisted"),
        (("none", "ended", 0), "ended"),
        (("ordered", "waiting", 2), "ordered"),
        (("withdrawn", "left", 0), "withdrawn"),
        (("lapsed", "none", 0), "lapsed"),
    ],
)
def test_a_claim_has_one_public_word(parts: tuple[str, str, int], word: str) -> None:
    assert status_of(*parts) == word
