"""What a person must tell of money they saw, and what the bank's word makes of theirs."""

from datetime import date

import pytest

from payments.bank.seen_errors import BadTail, SeenDay
from payments.bank.seen_rules import Standing, day_of, standing, tail_of

TODAY = date(2026, 11, 25)
DAY = TODAY.toordinal()


@pytest.mark.parametrize("typed", ["FT26 4471", "…4471", "4471", "ft26-44 71"])
def test_the_last_four_are_read_of_what_was_typed(typed: str) -> None:
    assert tail_of(typed) == "4471"


@pytest.mark.parametrize("typed", ["", "447", "....", "chè thơm"])
def test_fewer_than_four_letters_are_no_reference(typed: str) -> None:
    with pytest.raises(BadTail):
        tail_of(typed)


def test_the_day_is_today_or_not_long_ago() -> None:
    assert day_of("2026-11-25", TODAY) == TODAY
    for typed in ("2026-11-26", "2025-11-25", "hôm qua", "2026-13-01"):
        with pytest.raises(SeenDay):
            day_of(typed, TODAY)


def test_a_statement_that_covers_the_day_and_lacks_the_money_makes_it_missing() -> None:
    around, before = (DAY - 1, DAY + 1), (DAY - 9, DAY - 1)
    told = {"told_by_bank": False, "taken_back": False}
    assert standing(DAY, **told, periods=[before]) is Standing.WAITING
    assert standing(DAY, **told, periods=[before, around]) is Standing.MISSING


def test_the_banks_word_and_ones_own_come_before_what_a_statement_lacks() -> None:
    periods = [(DAY, DAY)]
    confirmed = standing(DAY, told_by_bank=True, taken_back=False, periods=periods)
    back = standing(DAY, told_by_bank=False, taken_back=True, periods=periods)
    assert (confirmed, back) == (Standing.CONFIRMED, Standing.TAKEN_BACK)
