"""What an entry is: it sums to zero, its accounts are in the chart, its hash covers all of it."""

from dataclasses import replace

import pytest

from payments.ledger import chart
from payments.ledger.chart import UnknownAccount
from payments.ledger.entries import (
    FIRST_IN_CHAIN,
    Balance,
    Line,
    Sealed,
    Unbalanced,
    digest_of,
    entry_hash,
    reversed_lines,
    whole,
)
from payments.states import Account

LINES = (Line(chart.CASH_STALL, 130_000), Line(chart.RECEIVED, -130_000, "payment"))
SEALED = Sealed("seller", 1, "sale:1", "Thu tiền", 5, 4, LINES, FIRST_IN_CHAIN)


def test_lines_of_one_account_and_subject_become_one() -> None:
    twice = [Line(chart.CASH_STALL, 30_000), Line(chart.CASH_STALL, 100_000), LINES[1]]
    assert whole(twice) == whole(LINES)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        LINES[:1],
        (*LINES, Line(chart.OTHER_IN, -1)),
        (Line(chart.RECEIVED, 5), Line(chart.RECEIVED, -5)),
    ],
)
def test_what_does_not_come_to_zero_or_says_nothing_is_refused(lines: tuple[Line, ...]) -> None:
    with pytest.raises(Unbalanced):
        whole(lines)


@pytest.mark.parametrize("name", ["cash", "cash:other", "bank:", "suspence:surplus", ""])
def test_an_account_nobody_named_is_refused(name: str) -> None:
    with pytest.raises(UnknownAccount):
        whole([Line(name, 5), Line(chart.RECEIVED, -5)])


def test_every_account_of_a_placed_part_is_in_the_chart() -> None:
    assert {account.value for account in Account} <= set(chart.OF_PART)
    assert all(chart.meaning(account).number for account in chart.OF_PART.values())


def test_a_bank_account_has_the_number_accountants_know() -> None:
    assert chart.meaning(chart.bank("abc")).number == "112"
    assert chart.bank_account_of(chart.bank("abc")) == "abc"
    assert chart.bank_account_of(chart.CASH_STALL) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"seller_id": "other"},
        {"number": 2},
        {"key": "sale:2"},
        {"what": "Thu tiền."},
        {"at_ms": 6},
        {"happened_ms": 5},
        {"lines": tuple(reversed_lines(LINES))},
        {"previous_hash": bytes(31) + b"1"},
    ],
)
def test_whatever_is_changed_changes_the_hash(changed: dict[str, object]) -> None:
    assert entry_hash(replace(SEALED, **changed)) != entry_hash(SEALED)  # type: ignore[arg-type]


def test_the_order_of_lines_changes_neither_hash_nor_digest() -> None:
    assert entry_hash(replace(SEALED, lines=LINES[::-1])) == entry_hash(SEALED)
    rows = [Balance("a", "", 5), Balance("b", "x", -5), Balance("c", "", 0)]
    assert digest_of(rows) == digest_of(rows[1::-1])
    assert digest_of(rows) != digest_of([Balance("a", "", 5), Balance("b", "y", -5)])
