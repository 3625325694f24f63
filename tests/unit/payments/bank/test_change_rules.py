"""When a change of the receiving account counts, how an account is checked, when nothing is paid out."""

import itertools

import pytest

from payments.bank import change_rules
from payments.bank.change_errors import (
    HolderDiffers,
    NumberDiffers,
    PayoutRests,
    SecondPersonNeeded,
)
from payments.bank.change_rules import REST_MS, TWO_PERSONS_FROM_VND, WAIT_MS, Change
from payments.qr import vietqr
from payments.qr.vietqr import VietQR

BANK, NUMBER = "970436", "0123456789"


def test_a_change_counts_from_a_second_yes_or_after_a_day() -> None:
    waits = Change("new", 0, WAIT_MS)
    yes, stopped = Change("new", 0, WAIT_MS, confirmed_ms=5), Change("new", 0, WAIT_MS, None, 5)
    assert [change_rules.state(waits, at) for at in (0, WAIT_MS - 1, WAIT_MS)] == [
        "waiting",
        "waiting",
        "in_force",
    ]
    assert (change_rules.state(yes, 5), change_rules.state(stopped, WAIT_MS)) == (
        "in_force",
        "cancelled",
    )


def test_the_last_change_in_force_receives_whatever_order_they_are_told_in() -> None:
    changes = [
        Change("b", 0, WAIT_MS),
        Change("c", 1, WAIT_MS + 1, confirmed_ms=10),
        Change("d", 2, WAIT_MS + 2, cancelled_ms=3),
    ]
    for order in itertools.permutations(changes):
        at = [change_rules.receiving(order, now) for now in (0, 10, WAIT_MS - 1, WAIT_MS)]
        assert at == [None, "c", "c", "b"]


@pytest.mark.parametrize("again", [" nguyễn  thị HOA", "NGUYEN THI HOA"])
def test_a_holders_name_is_one_whatever_its_marks(again: str) -> None:
    assert change_rules.check_holder("Nguyễn Thị Hoa", again) == "NGUYEN THI HOA"


@pytest.mark.parametrize(("said", "again"), [("Nguyen Thi Hoa", "Nguyen Thi Ha"), ("…", "…")])
def test_another_name_or_none_is_refused(said: str, again: str) -> None:
    with pytest.raises(HolderDiffers):
        change_rules.check_holder(said, again)


def test_a_number_is_checked_by_typing_it_again_or_by_its_own_qr() -> None:
    code = vietqr.write(VietQR(BANK, NUMBER, dynamic=False))
    found = [change_rules.check_number(BANK, NUMBER, again) for again in ("0123 456 789", code)]
    assert found == ["typed", "qr"]


@pytest.mark.parametrize(
    "again",
    [
        "0123456788",
        "",
        "000201",
        vietqr.write(VietQR("970415", NUMBER, dynamic=False)),
        vietqr.write(VietQR(BANK, "999", dynamic=False)),
    ],
    ids=["other digits", "nothing", "no whole code", "other bank", "other account"],
)
def test_another_number_or_another_accounts_qr_is_refused(again: str) -> None:
    with pytest.raises(NumberDiffers):
        change_rules.check_number(BANK, NUMBER, again)


def test_nothing_goes_to_a_new_account_for_72_hours_and_much_only_by_two() -> None:
    small, large = TWO_PERSONS_FROM_VND - 1, TWO_PERSONS_FROM_VND
    with pytest.raises(PayoutRests):
        change_rules.check_payout(1, 0, REST_MS - 1, persons=2)
    with pytest.raises(SecondPersonNeeded):
        change_rules.check_payout(large, None, 0, persons=1)
    change_rules.check_payout(small, 0, REST_MS, persons=1)
    change_rules.check_payout(large, None, 0, persons=2)


def test_slices_of_one_person_count_together() -> None:
    large = TWO_PERSONS_FROM_VND
    assert not change_rules.needs_second(large - 1, 0)
    assert not change_rules.needs_second(1, large - 2)
    assert change_rules.needs_second(1, large - 1)
    assert change_rules.needs_second(large, 0)
