"""What a carrier's list says, line by line: which order, how much was collected, what the carrier kept.

Read as people paste it from Excel or a message: columns apart by tabs, semicolons, bars or two spaces; the
order's code or the parcel's label anywhere; the first sum after it was collected, a second is the fee.
Refuses to guess: a line without a code, or without a sum behind it, is passed over.
"""

import re
from dataclasses import dataclass

from core.codes import find_order_codes
from core.errors import DomainError
from core.money import parse_vnd
from shop.cash.errors import ListTooLong, NothingListed
from shop.shipments.errors import BadLabel
from shop.shipments.labels import read_label

MOST_LINES = 2_000
_APART = re.compile(r"[\t;|]+| {2,}")
_SUM = re.compile(r"\d[\d.,]*\s*(?:đ|vnđ|vnd|k)?", re.IGNORECASE)


@dataclass(frozen=True)
class ListedOrder:
    """One line: an order's `code` or a parcel's `label` (the other is ""), đồng collected and kept."""

    code: str
    label: str
    cod_vnd: int
    fee_vnd: int


def read_list(text: str) -> tuple[ListedOrder, ...]:
    """The lines of a carrier's list, in their order.

    Raises:
        NothingListed: no line names an order with a sum. ListTooLong: more than 2,000 lines.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise ListTooLong(MOST_LINES)
    found = tuple(one for line in lines if (one := _read(line)) is not None)
    if not found:
        raise NothingListed()
    return found


def _read(line: str) -> ListedOrder | None:
    cells = [cell.strip() for cell in _APART.split(line) if cell.strip()]
    if len(cells) < 2:
        cells = line.split()
    for at, cell in enumerate(cells):
        codes, label = find_order_codes(cell), _label(cell)
        if codes or label:
            sums = [vnd for other in cells[at + 1 :] if (vnd := _vnd(other)) is not None]
            if not sums:
                return None
            return ListedOrder(codes[0] if codes else "", label, sums[0], (*sums, 0)[1])
    return None


def _label(cell: str) -> str:
    try:
        return read_label(cell) if cell[:2].upper() == "KH" else ""
    except BadLabel:
        return ""


def _vnd(cell: str) -> int | None:
    if not _SUM.fullmatch(cell):
        return None
    try:
        return parse_vnd(cell)
    except DomainError:
        return None
