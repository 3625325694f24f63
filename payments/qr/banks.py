"""Which banks a BIN names.

Why: people know banks by name, VietQR by six digits. Names change (mergers), so the list is dated.
Refuses: to decide whether an account may be used; a BIN that is not listed is simply unknown.
Source: `payments/data/banks.csv`; `as_of` is the day the row was taken into this repository.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

DEMO_BIN = "999999"
"""In no bank list: demo accounts stand here, so that no demo QR can move money."""


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank or wallet; `can_send` is whether its own app pays transfer QRs too."""

    bin: str
    short_name: str
    can_send: bool
    as_of: str


def _read_banks() -> Mapping[str, Bank]:
    text = (files("payments") / "data" / "banks.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    banks = (
        Bank(row["bin"], row["short_name"], row["direction"] == "transfer", row["as_of"])
        for row in rows
    )
    return MappingProxyType({bank.bin: bank for bank in banks})


BANKS = _read_banks()
"""Every listed bank by BIN."""


def by_name() -> tuple[Bank, ...]:
    """Every listed bank, in the order people look for them."""
    return tuple(sorted(BANKS.values(), key=lambda bank: bank.short_name.casefold()))
