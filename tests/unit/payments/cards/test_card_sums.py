"""Moves in đồng: worked examples, to the đồng."""

import pytest

from payments.cards import card_sums
from payments.cards.card_provider import Move
from payments.cards.card_sums import CHARGE, DISPUTE, FEE, OTHER, Dong


@pytest.mark.parametrize(
    ("kind", "currency", "amount", "fee", "about_vnd", "expected"),
    [
        (CHARGE, "vnd", 130_000, 5_200, 130_000, Dong(130_000, 5_200)),
        (CHARGE, "sgd", 650, 52, 130_000, Dong(130_000, 10_400)),
        (CHARGE, "sgd", 3, 1, 100_000, Dong(100_000, 33_333)),
        (CHARGE, "sgd", 6, 1, 99_999, Dong(99_999, 16_667)),
        (DISPUTE, "sgd", -650, 100, 130_000, Dong(-130_000, 20_000)),
        (DISPUTE, "sgd", 650, -100, 130_000, Dong(130_000, -20_000)),
        (FEE, "vnd", -7_000, 0, 0, Dong(0, 7_000)),
        (OTHER, "vnd", 40_000, 1_000, 0, Dong(40_000, 1_000)),
        (OTHER, "sgd", 40_000, 1_000, 0, None),
        (FEE, "sgd", -70, 0, 0, None),
    ],
)
def test_a_move_in_dong(
    kind: str, currency: str, amount: int, fee: int, about_vnd: int, expected: Dong | None
) -> None:
    move = Move("txn_1", kind, currency, amount, fee, 0, about_vnd)
    assert card_sums.in_dong(move) == expected


def test_a_half_goes_up_in_size() -> None:
    assert [card_sums.half_up(part, 2) for part in (1, 3, -1, 0)] == [1, 2, -1, 0]
