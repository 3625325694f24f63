"""A program that does no work is given up, and a stream gets no more than its share."""

import pytest

from livestream.media.allowance import Allowance
from livestream.media.health import DRY_MS, HEAVY_MS, Health


def looked(*seconds: tuple[int, int]) -> list[str]:
    """What is said second by second; each gives (what came out, ms of processor) of that second."""
    health, given, used_ms, said = Health(0), 0, 0, []
    for at, (more, used) in enumerate(seconds, 1):
        given, used_ms = given + more, used_ms + used
        said.append(health.look(at * 1000, given, used_ms))
    return said


def test_a_program_that_gives_something_is_left_alone() -> None:
    assert set(looked(*[(5, 30)] * 200)) == {""}


def test_a_program_that_is_fed_and_gives_nothing_is_given_up() -> None:
    assert looked((5, 30), *[(0, 30)] * 15)[-2:] == ["", "no_output"]
    assert looked(*[(0, 30)] * 15)[-1] == "no_output"
    assert DRY_MS == 15_000


def test_a_program_that_eats_a_core_is_given_up_and_a_busy_moment_is_none() -> None:
    assert looked(*[(5, 950)] * 20)[-2:] == ["", "too_heavy"]
    assert set(looked(*([(5, 950)] * 15 + [(5, 200)]) * 5)) == {""}
    assert HEAVY_MS == 20_000


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ([(0, 10), (0, 1)], [True, False]),
        ([(0, 10), (1000, 2), (1000, 1)], [True, True, False]),
        ([(0, 10), (500, 1), (500, 1)], [True, True, False]),
        ([(0, 10), (60_000, 10), (60_000, 1)], [True, True, False]),
        ([(5_000, 10), (0, 1), (5_500, 1)], [True, False, True]),
        ([(0, 11), (0, 10)], [False, True]),
    ],
)
def test_what_is_saved_up_may_be_spent_and_comes_back_with_time(
    asked: list[tuple[int, int]], given: list[bool]
) -> None:
    allowance = Allowance(10, per_s=2)
    assert [allowance.take(cost, at_ms) for at_ms, cost in asked] == given
