"""Which lines give what is moved, and how a line is shared out afterwards."""

from itertools import permutations

from payments.desk.desk_rules import Share, check_shares
from payments.states import Account
from payments.surplus.rules import OnTop, moved, taken

EARLY, LATE = OnTop(1, "FT1", "a", 30_000), OnTop(2, "FT2", "b", 50_000)
CREDIT = Share(0, None, Account.STORE_CREDIT)


def test_what_came_last_goes_first_in_whichever_order_it_is_told() -> None:
    for lines in permutations([EARLY, LATE]):
        gives = [(one.line_id, one.amount_vnd) for one in taken(lines, 60_000)]
        assert gives == [("b", 50_000), ("a", 10_000)]


def test_lines_give_no_more_than_they_hold() -> None:
    assert sum(one.amount_vnd for one in taken([EARLY, LATE], 100_000)) == 80_000
    assert taken([], 1) == ()


def test_a_move_keeps_the_sum_of_the_line_and_joins_what_is_alike() -> None:
    stands = [Share(100, "one"), Share(40, "one"), Share(10, "two")]
    shares = moved(stands, Share(40, "one"), Share(0, "two"))
    assert sorted(shares, key=lambda one: one.amount_vnd) == [Share(50, "two"), Share(100, "one")]
    check_shares(150, shares)


def test_what_leaves_whole_leaves_no_empty_share() -> None:
    assert moved([Share(40, "one")], Share(40, "one"), CREDIT) == (
        Share(40, None, Account.STORE_CREDIT),
    )
