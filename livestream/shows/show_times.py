"""When a show is, in the words of this request: `Hôm nay`, `Ngày mai`, `Thứ Bảy, 28/11`.

Refuses to decide when.
"""

from dataclasses import dataclass

from flask_babel import gettext as _

from core import clock


@dataclass(frozen=True)
class ShowTime:
    """A planned start: the day in words and `20:05`."""

    day: str
    time: str


def show_time(at_ms: int) -> ShowTime:
    """The planned start `at_ms` (UTC ms) by Vietnam's clock, told from today."""
    at = clock.in_vietnam(at_ms)
    return ShowTime(_day(at_ms), f"{at:%H:%M}")


def weekday(at_ms: int) -> str:
    """The day of the week."""
    names = (
        _("Thứ Hai"),
        _("Thứ Ba"),
        _("Thứ Tư"),
        _("Thứ Năm"),
        _("Thứ Sáu"),
        _("Thứ Bảy"),
        _("Chủ nhật"),
    )
    return names[clock.in_vietnam(at_ms).weekday()]


def _day(at_ms: int) -> str:
    away = (clock.day_of(at_ms) - clock.today()).days
    if away == 0:
        return _("Hôm nay")
    if away == 1:
        return _("Ngày mai")
    return f"{weekday(at_ms)}, {clock.in_vietnam(at_ms):%d/%m}"
