"""A show as a calendar file, which every phone can read and which reminds without us.

Pure. One event in one file (RFC 5545), an alarm a quarter of an hour before; times are in UTC, so no zone
has to be described.
"""

import datetime
from dataclasses import dataclass

_LINE_OCTETS = 75
"""The longest line (RFC 5545, 3.1); what goes on begins with a space."""
_ALARM = "-PT15M"


@dataclass(frozen=True)
class CalendarEvent:
    """What the file says: `uid` is the same for every version of one show; times in UTC ms."""

    uid: str
    starts_ms: int
    ends_ms: int
    written_ms: int
    title: str
    words: str
    url: str


def written(event: CalendarEvent) -> str:
    """`event` as the text of an `.ics` file. Precondition: it starts before it ends."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cho Phien//Phien live//VI",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_utc(event.written_ms)}",
        f"DTSTART:{_utc(event.starts_ms)}",
        f"DTEND:{_utc(event.ends_ms)}",
        f"SUMMARY:{_text(event.title)}",
        f"DESCRIPTION:{_text(event.words)}",
        f"LOCATION:{_text(event.url)}",
        f"URL:{event.url}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:{_ALARM}",
        f"DESCRIPTION:{_text(event.title)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(at_ms: int) -> str:
    return f"{datetime.datetime.fromtimestamp(at_ms // 1000, datetime.UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11)."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """`line` cut between letters, never inside one, so that no piece is too long."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > _LINE_OCTETS:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])
