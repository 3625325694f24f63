"""Days in the grower book: what is written down has happened."""

from datetime import date

from catalog.growers.errors import DayToCome
from core import clock


def no_later_than_today(day: date | None, field: str) -> None:
    """Let `day` through if it has come, or if there is none.

    Raises:
        DayToCome: it lies after today; `field` names the field it was given in.
    """
    if day is not None and day > clock.today():
        raise DayToCome(field, shown(day))


def shown(day: date) -> str:
    """`21/11/2026`, as days are written here."""
    return f"{day:%d/%m/%Y}"
