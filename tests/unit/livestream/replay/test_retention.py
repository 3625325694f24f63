"""How long a recording is kept: dated terms, the longest of those that were in force since its show."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from livestream.replay.retention import Term, kept_through, months_for

FIRST = Term(0, 36, "default")
_TERMS = some.lists(
    some.builds(Term, some.integers(1, 1_000), some.integers(1, 600), some.just("law")),
    max_size=6,
    unique_by=lambda one: one.from_ms,
)


@pytest.mark.parametrize(
    ("ended", "months", "last"),
    [
        (date(2026, 11, 22), 36, date(2029, 11, 22)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
    ],
)
def test_the_last_day_is_so_many_months_later(ended: date, months: int, last: date) -> None:
    assert kept_through(ended, months) == last


def test_a_longer_term_counts_for_what_is_kept_and_a_shorter_one_for_later_shows() -> None:
    longer, shorter = Term(100, 60, "law"), Term(200, 12, "law")
    terms = (FIRST, longer, shorter)
    assert [months_for(terms, 50, now) for now in (60, 150, 250)] == [36, 60, 60]
    assert months_for(terms, 150, 250) == 60
    assert months_for(terms, 250, 300) == 12


def test_without_a_term_nothing_is_ever_due() -> None:
    assert months_for((), 5, 10) is None
    assert months_for((Term(20, 36, "law"),), 5, 10) is None


@given(_TERMS, some.integers(0, 1_000), some.integers(0, 1_000), some.integers(0, 1_000))
def test_what_was_promised_is_never_taken_back(
    terms: list[Term], ended: int, now: int, later: int
) -> None:
    all_of = (FIRST, *terms)
    told = months_for(all_of, ended, ended + now)
    after = months_for(all_of, ended, ended + now + later)
    assert told is not None
    assert after is not None
    assert after >= told
