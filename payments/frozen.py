"""What a payment was opened for, kept with it as it was then, so that its receipt needs nobody else."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class FrozenLine:
    """A line as the buyer saw it: `packs` times `unit_price_vnd`, in all `amount_vnd`."""

    name: str
    unit_word: str
    packs: int
    unit_price_vnd: int
    amount_vnd: int


@dataclass(frozen=True)
class Frozen:
    """The lines, the fee of delivery with its label, and the buyer with the phone already masked.

    `discount_vnd` is taken off the whole; its label says why.
    """

    lines: tuple[FrozenLine, ...]
    fee_vnd: int
    fee_label: str
    buyer_name: str
    buyer_phone_masked: str
    discount_vnd: int = 0
    discount_label: str = ""

    @property
    def total_vnd(self) -> int:
        """The sum of the lines and the fee, less the discount."""
        return sum(line.amount_vnd for line in self.lines) + self.fee_vnd - self.discount_vnd


def dumps(frozen: Frozen) -> str:
    """`frozen` as the JSON that is stored."""
    return json.dumps(asdict(frozen), ensure_ascii=False)


def loads(stored: str) -> Frozen:
    """What `dumps` was given."""
    fields = json.loads(stored)
    return Frozen(**{**fields, "lines": read_lines(fields["lines"])})


def read_lines(rows: Iterable[Mapping[str, str | int]]) -> tuple[FrozenLine, ...]:
    """Lines as they were before they became JSON."""
    return tuple(FrozenLine(**row) for row in rows)  # type: ignore[arg-type]  # our own JSON
