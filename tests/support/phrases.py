"""The phrases of docs/algorithms/claim_reader.md, so that tests and the bench read what the page says."""

import re
from dataclasses import dataclass
from pathlib import Path

from livestream.reader.claim_reader import PinSize, Reading, read

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "claim_reader.md"
PINS = {
    "A1": PinSize(200, "g"),
    "A2": PinSize(500, "g"),
    "B3": PinSize(1, "piece"),
    "C1": PinSize(1000, "g"),
    "M1": PinSize(500, "ml"),
    "Q1": PinSize(10, "piece"),
    "SP05": PinSize(1, "piece"),
}
NUMBERED = {"12": PinSize(200, "g"), "13": PinSize(1, "piece")}
_ROW = re.compile(r"\| `(?P<comment>.+)` \| (?P<reading>.+) \|")


@dataclass(frozen=True)
class Phrase:
    """A row of the page: the comment, what it is read as, and under which heading it stands."""

    comment: str
    reading: str
    heading: str

    def read(self, comment: str | None = None) -> Reading:
        """Read it, or `comment` in its place, with the pins its heading names."""
        text = self.comment if comment is None else comment
        if self.heading == "Where bare numbers are codes":
            return read(text, NUMBERED, None, bare_numbers=True)
        return read(text, PINS, None if self.heading == "Without a pin on show" else "A1")


def phrases() -> list[Phrase]:
    """Every row of the page's tables."""
    heading, found = "", list[Phrase]()
    for line in PAGE.read_text("utf-8").splitlines():
        if line.startswith("### "):
            heading = line.removeprefix("### ")
        elif (row := _ROW.fullmatch(line)) is not None:
            found.append(Phrase(row["comment"], row["reading"], heading))
    return found


def told(reading: Reading) -> str:
    """A reading as the page writes it."""
    is_order = reading.kind == "claim"
    items = [f"{item.code} {item.packs}" if is_order else item.code for item in reading.items]
    unclear = ", ".join(f"{item.code}: {item.why}" for item in reading.unclear)
    why = f"({unclear})" if unclear else reading.why
    return " ".join(part for part in (reading.kind, ", ".join(items), why) if part)
