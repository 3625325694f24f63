"""What a carrier's table says of parcels, line by line: which one, its code there, and how far it is.

Read as people paste it from Excel or a message, in the words post offices use. Refuses to guess: words it
does not know leave the parcel where it is, and the line says so.
"""

import re
from dataclasses import dataclass

from core.text import fold
from shop.carriers.carrier_errors import NoStatusLines, TooManyStatusLines
from shop.carriers.parcel_states import DELIVERED, LOST, MOVING, PICKED_UP, REFUSED, RETURNED
from shop.shipments.errors import BadLabel
from shop.shipments.labels import read_label

MOST_LINES = 1_000
_SHOWN = 40
_APART = re.compile(r"[\t;|,]+| {2,}")
_TRACKING = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9.\-]{5,39}")
_WORDS = (
    (
        MOVING,
        (
            *("khong thanh cong", "chua giao", "chua phat", "that bai", "giao lai", "hen giao"),
            *("khong lien lac", "khong nhan may", "khong nhan dien thoai", "giao cho buu ta"),
        ),
    ),
    (
        RETURNED,
        ("da hoan", "hoan thanh cong", "da tra hang", "tra hang thanh cong", "tra thanh cong"),
    ),
    (REFUSED, ("chuyen hoan", "dang hoan", "hoan hang", "tra hang", "tu choi", "khong nhan")),
    (LOST, ("that lac", "mat hang", "boi thuong", "den bu")),
    (
        DELIVERED,
        ("da giao", "giao thanh cong", "da phat", "phat thanh cong"),
    ),
    (
        MOVING,
        ("dang giao", "dang phat", "van chuyen", "luan chuyen", "trung chuyen", "dang chuyen"),
    ),
    (PICKED_UP, ("da lay", "lay hang", "nhap kho", "nhan gui", "da gui")),
)
"""Words as post offices write them, without marks; the first that fits, so what denies stands first."""


@dataclass(frozen=True)
class StatusLine:
    """A line: its parcel's label ("" if none is read), the carrier's code, and the state ("" if unknown)."""

    label: str
    tracking_code: str
    state: str
    said: str


def read_statuses(text: str) -> tuple[StatusLine, ...]:
    """The lines of a carrier's table in their order; a first line without a label is its heading.

    Raises:
        NoStatusLines: no line names a parcel of ours. TooManyStatusLines: more than a thousand lines.
    """
    lines = [line for line in text.replace("\ufeff", "").splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise TooManyStatusLines(MOST_LINES)
    found = [_read(line) for line in lines]
    if not any(one.label for one in found):
        raise NoStatusLines()
    return tuple(found if found[0].label else found[1:])


def _read(line: str) -> StatusLine:
    cells = [cell.strip().strip("\"'") for cell in _APART.split(line) if cell.strip()]
    labels = {cell: label for cell in cells if (label := _label(cell))}
    rest = [cell for cell in cells if cell not in labels]
    codes = [cell for cell in rest if _TRACKING.fullmatch(cell.upper()) and not _state(cell)]
    states = [state for cell in rest if (state := _state(cell))]
    return StatusLine(
        label=next(iter(labels.values()), ""),
        tracking_code=codes[0] if codes else "",
        state=states[-1] if states else "",
        said=" ".join(rest)[:_SHOWN],
    )


def _label(cell: str) -> str:
    try:
        return read_label(cell) if cell[:2].upper() == "KH" else ""
    except BadLabel:
        return ""


def _state(cell: str) -> str:
    words = fold(cell)
    return next((state for state, some in _WORDS if any(one in words for one in some)), "")
