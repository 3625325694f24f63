"""What may still go back, what lines come to, when an account rests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.errors import BadRefundAccount, RefundTooMuch
from payments.refunds import account_rules, rules
from payments.refunds.rules import REFUND, RefundLine, Source, Sums

HOUR_MS = 3_600_000
TEA, RICE = (4, 260_000), (3, 100_000)


def test_every_state_of_a_refund_can_be_reached() -> None:
    assert REFUND.reachable_from("due") == REFUND.states


@pytest.mark.parametrize(
    ("source", "amount_vnd", "given_vnd"),
    [
        (Source.PAID, 10_000, 0),
        (Source.PAID, 18_000, 8_000),
        (Source.PAID, 95_000, 85_000),
        (Source.EXTRA, 20_000, 0),
    ],
)
def test_what_nobody_owed_is_given(source: Source, amount_vnd: int, given_vnd: int) -> None:
    assert (
        rules.granted_vnd(Sums(100_000, 15_000, 20_000, 5_000, 0), source, amount_vnd) == given_vnd
    )


@pytest.mark.parametrize(("source", "amount_vnd"), [(Source.PAID, 95_001), (Source.EXTRA, 20_001)])
def test_no_more_goes_back_than_came(source: Source, amount_vnd: int) -> None:
    with pytest.raises(RefundTooMuch):
        rules.granted_vnd(Sums(100_000, 15_000, 20_000, 5_000, 0), source, amount_vnd)


def test_lines_go_back_at_what_was_paid_for_them() -> None:
    told = rules.lines_vnd([(0, 1), (1, 1)], [TEA, RICE], [])
    assert told == (RefundLine(0, 1, 65_000), RefundLine(1, 1, 33_333))


@given(st.lists(st.integers(1, 3), max_size=3).filter(lambda packs: sum(packs) <= 3))
def test_a_line_given_back_in_pieces_is_exactly_its_sum(pieces: list[int]) -> None:
    before: list[RefundLine] = []
    for packs in [*pieces, 3 - sum(pieces)]:
        before += rules.lines_vnd([(1, packs)], [TEA, RICE], before)
    assert sum(line.amount_vnd for line in before) == 100_000


@pytest.mark.parametrize("asked", [[(0, 5)], [(2, 1)], [(0, -1)], [(1, 2)]])
def test_no_pack_goes_back_twice(asked: list[tuple[int, int]]) -> None:
    with pytest.raises(RefundTooMuch):
        rules.lines_vnd(asked, [TEA, RICE], [RefundLine(1, 2, 66_666)])


@pytest.mark.parametrize(
    ("proved_vnd", "state"), [(0, "settled"), (1, "part_refunded"), (100, "refunded")]
)
def test_a_payments_state_follows_the_banks_word(proved_vnd: int, state: str) -> None:
    assert rules.after_refunds("settled", 100, proved_vnd) == state
    assert rules.after_refunds("expired", 100, proved_vnd) == "expired"


def test_only_an_account_that_replaced_another_rests_and_only_for_a_large_sum() -> None:
    assert rules.rests_until_ms([5], 9_000_000) == 0
    assert rules.rests_until_ms([5, 9], 4_999_999) == 0
    assert rules.rests_until_ms([5, 9], 5_000_000) == 9 + 72 * HOUR_MS


def test_an_account_is_tidied_as_banks_write_it() -> None:
    read = account_rules.read("970436", "0071 000.12-3456", " Nguyễn  Thị Hoa ")
    assert (read.number, read.holder, read.bank_name) == (
        "0071000123456",
        "NGUYEN THI HOA",
        "Vietcombank",
    )


@pytest.mark.parametrize(
    ("bank_bin", "number", "holder", "field"),
    [
        ("999999", "0071000123456", "NGUYEN THI HOA", "bin"),
        ("970436", "12345", "NGUYEN THI HOA", "account"),
        ("970436", "1" * 20, "NGUYEN THI HOA", "account"),
        ("970436", "0071@123", "NGUYEN THI HOA", "account"),
        ("970436", "0071000123456", "", "holder"),
        ("970436", "0071000123456", "HOA 123", "holder"),
    ],
)
def test_what_can_be_no_account_is_refused(
    bank_bin: str, number: str, holder: str, field: str
) -> None:
    with pytest.raises(BadRefundAccount) as refused:
        account_rules.read(bank_bin, number, holder)
    assert refused.value.data == {"field": field}
