"""`flask claims read`: what the claim reader makes of comments, one line each, without a market.

For trying phrases and for tests from outside. Needs no database and changes nothing.
"""

import re
import sys

import click

from core.commands import emit
from core.strict_json import JsonValue
from livestream.reader.claim_reader import PinSize, Reading, read
from livestream.reader.units import UNITS

claims_group = click.Group("claims", help="Read comments as claims.")

_PIN = re.compile(
    r"\s*([A-Za-z]{1,2}[0-9]{1,3}|[0-9]{1,3})\s*=\s*([0-9]*(?:\.[0-9]+)?)\s*([^\W\d_]+)\s*"
)
_MOST_BYTES = 64 * 1024


def _pins(_context: click.Context, _option: click.Parameter, written: str) -> dict[str, PinSize]:
    """The pins of `A1=200g,B3=piece`."""
    pins: dict[str, PinSize] = {}
    for part in written.split(","):
        found = _PIN.fullmatch(part)
        if found is None:
            raise click.BadParameter(f"{part!r} is no pin; write A1=200g, M1=500ml or B3=piece")
        code = found[1].upper()
        if code in pins:
            raise click.BadParameter(f"{code} stands there twice")
        pins[code] = _size(part, found[2], found[3].lower())
    return pins


def _size(part: str, number: str, word: str) -> PinSize:
    """The pack of one pin: so many base units; a word that is not weighed counts pieces."""
    unit = UNITS.get("cái" if word in {"piece", "pieces", "pcs"} else word)
    if unit is None:
        raise click.BadParameter(f"{part!r} has no unit we know; write g, kg, ml, l or piece")
    whole, _point, digits = (number or "1").partition(".")
    size, rest = divmod(int((whole or "0") + digits) * unit.size, 10 ** len(digits))
    if rest or not 0 < size < 10**12:
        raise click.BadParameter(f"{part!r} has no whole pack above 0")
    is_measure = unit.kind == "measure"
    unit_word = word if unit.kind == "pack" or (unit.kind == "piece" and size == 1) else ""
    return PinSize(size, unit.name if is_measure else "piece", unit_word)


@claims_group.command("read")
@click.option("--pins", required=True, callback=_pins, help="Codes and packs: A1=200g,B3=piece")
@click.option("--showing", help="The code of the pin on show.")
@click.option("--bare-numbers", is_flag=True, help="A bare number is a code.")
def read_comments(pins: dict[str, PinSize], showing: str | None, bare_numbers: bool) -> None:
    """Read one comment a line from stdin; print {kind, items, phone, masked, why} of each."""
    main = showing.strip().upper() if showing is not None else None
    if main is not None and main not in pins:
        raise click.BadParameter(f"{showing!r} is not among the pins", param_hint="--showing")
    first = True
    while line := sys.stdin.buffer.readline(_MOST_BYTES):
        if not line.endswith(b"\n"):
            _skip_rest(len(line))
        text, is_text = _decoded(line.removeprefix(b"\xef\xbb\xbf") if first else line)
        reading = read(text, pins, main, bare_numbers=bare_numbers)
        emit(_told(reading) if is_text else _not_text(reading))
        first = False


def _skip_rest(length: int) -> None:
    """Leave out what a line has beyond the most bytes: nobody reads so much."""
    while length == _MOST_BYTES:
        rest = sys.stdin.buffer.readline(_MOST_BYTES)
        length = 0 if rest.endswith(b"\n") else len(rest)


def _decoded(line: bytes) -> tuple[str, bool]:
    """The line without its end, and whether it is UTF-8."""
    line = line.rstrip(b"\r\n")
    try:
        return line.decode(), True
    except UnicodeDecodeError:
        return line.decode(errors="replace"), len(line) >= _MOST_BYTES - 2


def _told(reading: Reading) -> dict[str, JsonValue]:
    items: list[JsonValue] = [
        {"code": item.code}
        if reading.kind == "withdraw"
        else {"code": item.code, "packs": item.packs}
        for item in reading.items
    ]
    why = "; ".join(f"{item.code}: {item.why}" for item in reading.unclear) or reading.why
    return {
        "kind": reading.kind,
        "items": items,
        "phone": reading.phone,
        "masked": reading.masked,
        "why": why,
    }


def _not_text(reading: Reading) -> dict[str, JsonValue]:
    """What cannot be read whole orders nothing."""
    return {**_told(reading), "kind": "ambiguous", "items": [], "why": "not_utf8"}
