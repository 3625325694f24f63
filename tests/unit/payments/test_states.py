"""The sum of the facts."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.states import PAYMENT, Account, Claim, Incoming, Part, tally

ASKED = 130_000


def line(number: int, amount_vnd: int) -> Incoming:
    return Incoming(1_000 * number, f"FT{number}", f"line{number}", amount_vnd)


LINES = st.lists(st.integers(1, 3 * ASKED), max_size=5).map(
    lambda sums: [line(number, amount_vnd) for number, amount_vnd in enumerate(sums)]
)


@pytest.mark.parametrize(
    ("sums", "state", "accounts"),
    [
        ([], "expected", []),
        ([130_000], "settled", ["payment"]),
        ([60_000], "part_paid", ["payment"]),
        ([60_000, 70_000], "settled", ["payment", "payment"]),
        ([150_000], "settled", ["payment", "surplus"]),
        ([130_000, 130_000], "settled", ["payment", "duplicate"]),
        ([60_000, 130_000], "settled", ["payment", "payment", "surplus"]),
    ],
    ids=["nothing", "exact", "less", "topped up", "more", "twice", "part and whole"],
)
def test_what_came_decides_the_state(sums: list[int], state: str, accounts: list[str]) -> None:
    result = tally(Claim(ASKED), [line(at, amount) for at, amount in enumerate(sums)])
    assert (result.state, [part.account for part in result.parts]) == (state, accounts)


@pytest.mark.parametrize(
    ("sums", "state", "accounts"),
    [
        ([], "expired", []),
        ([60_000], "expired", ["refund_due"]),
        ([130_000], "settled", ["payment"]),
        ([60_000, 70_000], "settled", ["payment", "payment"]),
    ],
    ids=["nothing", "less", "late", "late in two"],
)
def test_an_expired_claim_is_filled_late_or_owed_back(
    sums: list[int], state: str, accounts: list[str]
) -> None:
    lines = [line(at, amount) for at, amount in enumerate(sums)]
    result = tally(Claim(ASKED, expired=True), lines)
    assert (result.state, [part.account for part in result.parts]) == (state, accounts)


@pytest.mark.parametrize(
    ("slip_at", "accounts"),
    [(1, ["payment", "duplicate"]), (3, ["payment", "unknown_code"])],
    ids=["slip first", "slip after the whole sum"],
)
def test_a_slip_of_letters_counts_only_while_something_is_owed(
    slip_at: int, accounts: list[str]
) -> None:
    slip = Incoming(1_000 * slip_at, "FTS", "slip", ASKED, by_slip=True)
    result = tally(Claim(ASKED), [line(2, ASKED), slip])
    assert [part.account for part in result.parts] == accounts


def test_what_must_go_back_says_so_and_stays_settled() -> None:
    result = tally(Claim(ASKED, to_refund=True), [line(1, 150_000)])
    assert result.state == "settled"
    assert [part.account for part in result.parts] == [Account.REFUND_DUE, Account.SURPLUS]


def test_it_was_paid_when_the_line_that_filled_it_was_booked() -> None:
    assert (
        tally(Claim(ASKED), [line(3, 130_000), line(2, 70_000), line(1, 60_000)]).paid_at_ms
        == 2_000
    )


@given(LINES, st.booleans(), st.booleans(), st.randoms())
def test_the_order_of_the_facts_does_not_matter(
    lines: list[Incoming], expired: bool, to_refund: bool, chance: random.Random
) -> None:
    claim = Claim(ASKED, expired, to_refund)
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert tally(claim, shuffled) == tally(claim, lines)


@given(LINES, st.booleans())
def test_every_dong_of_every_line_has_one_place(lines: list[Incoming], expired: bool) -> None:
    parts = tally(Claim(ASKED, expired), lines).parts
    for given_line in lines:
        assert _sum(parts, given_line.line_id) == given_line.amount_vnd


@given(LINES, st.booleans())
def test_never_more_than_the_sum_counts_as_paid(lines: list[Incoming], expired: bool) -> None:
    result = tally(Claim(ASKED, expired), lines)
    paid = [part for part in result.parts if part.account in ("payment", "refund_due")]
    assert result.paid_vnd == sum(part.amount_vnd for part in paid) <= ASKED
    assert (result.state == "settled") == (result.paid_vnd == ASKED)


@given(LINES, st.integers(1, ASKED), st.booleans())
def test_one_more_line_is_a_move_in_the_table(
    lines: list[Incoming], amount_vnd: int, expired: bool
) -> None:
    claim = Claim(ASKED, expired)
    before, after = tally(claim, lines), tally(claim, [*lines, line(99, amount_vnd)])
    assert before.state == after.state or PAYMENT.allows(before.state, after.state)


def test_every_state_can_be_reached() -> None:
    assert PAYMENT.reachable_from("expected") == PAYMENT.states


def _sum(parts: tuple[Part, ...], line_id: str) -> int:
    return sum(part.amount_vnd for part in parts if part.line_id == line_id)
