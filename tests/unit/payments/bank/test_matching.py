"""Which payment a bank's text names."""

import pytest

from payments.bank.matching import Candidate, Match, Unmatched, codes_to_look_up, match

CODE, OTHER, SLIPPED = "CPX7K3M9Q2", "CPA2B3C4DS", "CPX7K3M9O2"


def candidate(code: str = CODE, account: str = "a1", *, is_open: bool = True) -> Candidate:
    return Candidate(f"payment of {code}", code, account, is_open)


FOUND = Match(f"payment of {CODE}")


@pytest.mark.parametrize("text", [CODE, f"MBVCB.327.{CODE}.CT tu 012", "cp x7k3-m9q2 tra tien"])
def test_the_code_is_found_wherever_it_stands(text: str) -> None:
    assert match(text, "a1", [candidate()]) == FOUND


def test_a_settled_or_expired_payment_is_still_named_by_its_code() -> None:
    assert match(CODE, "a1", [candidate(is_open=False)]) == FOUND


def test_money_on_another_account_of_the_seller_is_flagged() -> None:
    found = match(CODE, "a2", [candidate()])
    assert isinstance(found, Match)
    assert (found.payment_id, found.flags) == (FOUND.payment_id, "other_account")


def test_a_letter_taken_for_another_is_read_if_only_one_payment_can_be_meant() -> None:
    assert CODE in codes_to_look_up(SLIPPED)
    found = match(SLIPPED, "a1", [candidate()])
    assert isinstance(found, Match)
    assert (found.payment_id, found.flags) == (FOUND.payment_id, "slip")


@pytest.mark.parametrize("payment", [candidate(account="a2"), candidate(is_open=False)])
def test_a_slip_counts_only_where_that_sum_is_expected(payment: Candidate) -> None:
    assert match(SLIPPED, "a1", [payment]) is Unmatched.NO_CODE


def test_two_readings_of_a_slip_are_never_guessed() -> None:
    readings = [candidate(CODE), candidate(OTHER)]
    assert match(SLIPPED, "a1", readings) is Unmatched.UNKNOWN_CODE


def test_two_codes_in_one_text_are_for_a_person() -> None:
    both = [candidate(CODE), candidate(OTHER)]
    assert match(f"{CODE} {OTHER}", "a1", both) is Unmatched.SEVERAL_CODES


def test_one_known_code_beside_a_strangers_is_enough() -> None:
    assert match(f"{OTHER} {CODE}", "a1", [candidate()]) == FOUND


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tien che thang 11", Unmatched.NO_CODE),
        ("", Unmatched.NO_CODE),
        (CODE, Unmatched.UNKNOWN_CODE),
    ],
)
def test_money_that_names_nothing_of_ours_says_why(text: str, why: Unmatched) -> None:
    assert match(text, "a1", []) is why
