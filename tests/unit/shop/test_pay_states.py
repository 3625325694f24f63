"""What the buyer is told on the pay page."""

import pytest

from shop.buying.pay_states import PayState, Standing, pay_state


@pytest.mark.parametrize(
    ("order", "payment", "told"),
    [
        ("placed", "expected", PayState.WAITING),
        ("placed", "part_paid", PayState.PART_PAID),
        ("placed", "settled", PayState.RECEIVED),
        ("expired", "settled", PayState.RECEIVED),
        ("secured", "settled", PayState.PAID),
        ("packed", "settled", PayState.PAID),
        ("secured", "expected", PayState.ON_DELIVERY),
        ("delivered", "part_paid", PayState.ON_DELIVERY),
        ("refused", "expired", PayState.CAME_BACK),
        ("expired", "expired", PayState.EXPIRED),
        ("cancelled", "expired", PayState.CANCELLED),
    ],
)
def test_order_and_payment_make_one_word(order: str, payment: str, told: PayState) -> None:
    on_time = order != "expired"
    assert pay_state(Standing(order, False, payment, on_time)) is told


@pytest.mark.parametrize("payment", ["expected", "part_paid"])
def test_an_order_past_its_time_shows_no_qr_before_anybody_ended_it(payment: str) -> None:
    assert pay_state(Standing("placed", False, payment, on_time=False)) is PayState.EXPIRED


@pytest.mark.parametrize("order", ["expired", "cancelled", "secured"])
def test_a_refund_that_is_due_comes_before_all_else(order: str) -> None:
    assert pay_state(Standing(order, True, "settled", on_time=True)) is PayState.REFUND_DUE
