"""What is proposed to a person and what they may write."""

import pytest

from payments.desk import desk_rules
from payments.desk.desk_errors import SharesOff
from payments.desk.desk_rules import DAY_MS, Guess, Share, Why
from payments.states import Account


def test_one_payment_of_the_very_sum_is_ticked_beforehand() -> None:
    assert desk_rules.default(130_000, [Guess("a", 130_000, Why.SUM)]) == "a"


def test_two_equal_sums_are_never_guessed() -> None:
    guesses = [Guess("a", 130_000, Why.SUM), Guess("b", 130_000, Why.SUM)]
    assert desk_rules.default(130_000, guesses) is None


def test_a_slip_that_owes_another_sum_is_shown_and_not_ticked() -> None:
    assert desk_rules.default(130_000, [Guess("a", 65_000, Why.SLIP)]) is None


def test_a_payment_proposed_twice_stands_once_with_its_better_reason() -> None:
    guesses = [Guess("a", 1, Why.SUM), Guess("b", 1, Why.SUM), Guess("b", 1, Why.SLIP)]
    assert [(one.payment_id, one.why) for one in desk_rules.ranked(guesses)] == [
        ("b", Why.SLIP),
        ("a", Why.SUM),
    ]


def test_a_split_is_written_into_the_form_only_where_the_named_payments_owe_the_sum() -> None:
    named = [Guess("a", 60_000, Why.NAMED), Guess("b", 70_000, Why.NAMED)]
    assert desk_rules.split(130_000, named) == (Share(60_000, "a"), Share(70_000, "b"))
    assert desk_rules.split(131_000, named) == ()
    assert desk_rules.split(60_000, named[:1]) == ()


@pytest.mark.parametrize(
    ("shares", "left"),
    [
        ([Share(60_000, "a")], 70_000),
        ([Share(60_000, "a"), Share(80_000, "b")], -10_000),
        ([Share(65_000, "a"), Share(65_000, "a")], 0),
        ([Share(130_000, "a"), Share(0, None, Account.NOT_OURS)], 0),
        ([], 130_000),
    ],
    ids=["too little", "too much", "one twice", "nothing", "none"],
)
def test_shares_that_are_not_the_line_are_refused(shares: list[Share], left: int) -> None:
    with pytest.raises(SharesOff) as refused:
        desk_rules.check_shares(130_000, shares)
    assert refused.value.data == {"left": left}


def test_a_payer_is_known_by_the_words_that_stay() -> None:
    first = desk_rules.payer_words("NGUYEN THI HOA chuyen tien FT26326001 ngay 22/11")
    assert first == desk_rules.payer_words("Nguyễn Thị Hoa chuyển tiền FT26327999 ngay 25/11")
    assert desk_rules.payer_words("CK 123") == ""


def test_waits_are_counted_in_days() -> None:
    ages = [0, DAY_MS - 1, DAY_MS, 3 * DAY_MS - 1, 3 * DAY_MS]
    assert [desk_rules.bucket(age) for age in ages] == ["fresh", "fresh", "days", "days", "old"]
