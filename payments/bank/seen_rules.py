"""Money that a person says they saw: what they must tell of it, and what the bank's word makes of theirs.

Pure. Refuses a day to come or long gone, a reference of fewer than four letters, and to call money missing
of whose day no statement was taken in.
"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from payments.bank.seen_errors import BadTail, SeenDay

TAIL = 4
MOST_DAYS = 92
"""How many days back a person may still tell of money: longer ago, the statement is at hand."""
BACK = "back:"
"""Begins the key of the telling that takes another one back; the key of that one follows."""


class Standing(StrEnum):
    """What is known of money that a person saw."""

    MISSING = "missing"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    TAKEN_BACK = "taken_back"


def tail_of(typed: str) -> str:
    """Return the last four letters or digits of a reference as typed, in capitals.

    Raises:
        BadTail: there are fewer than four, or others than A–Z and 0–9 among them.
    """
    tail = "".join(letter for letter in typed.upper() if letter.isalnum())[-TAIL:]
    if len(tail) < TAIL or not tail.isascii():
        raise BadTail()
    return tail


def day_of(typed: str, today: date) -> date:
    """Return the day written as `YYYY-MM-DD`, if it is one of the last `MOST_DAYS`.

    Raises:
        SeenDay: it is none, is to come, or is too long ago.
    """
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise SeenDay() from error
    if not today - timedelta(days=MOST_DAYS) <= day <= today:
        raise SeenDay()
    return day


def standing(
    day: int, *, told_by_bank: bool, taken_back: bool, periods: Collection[tuple[int, int]]
) -> Standing:
    """Return what is known of money seen on `day` (`date.toordinal`).

    `told_by_bank`: a feed or a statement tells of it too. `periods` are the first and last days of the
    statements that were taken in whole: one that covers the day and does not hold the money makes it missing.
    """
    if taken_back:
        return Standing.TAKEN_BACK
    if told_by_bank:
        return Standing.CONFIRMED
    is_covered = any(first <= day <= last for first, last in periods)
    return Standing.MISSING if is_covered else Standing.WAITING
