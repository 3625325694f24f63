"""Gifts: to another door, with a note, without prices, and with a number only the seller sees."""

import pytest
from sqlalchemy.orm import Session

from shop import orders
from shop.buying import order_form
from shop.buying.order_form import WrongRecipient
from shop.errors import GiftNeedsDoor
from shop.ordering import orders_answer
from shop.orders import DeliveryChoice, Gift, PlaceOrder
from tests.factories.identity import make_login
from tests.factories.shop import Stand, buyer_of, make_stand, order

MOTHER = Gift("Bà Lan", "+84912000111", "Chúc mẹ khỏe", hides_prices=True)
FORM: dict[str, str] = {
    "commune": "",
    "way": "own_run",
    "slot": "",
    "address": "Xóm 3",
    "gift": "1",
    "gift_name": "Bà Lan",
    "gift_phone": "0912 000 111",
    "gift_note": "Chúc mẹ khỏe",
    "hide_prices": "1",
    "voucher": "",
}


def place(session: Session, stand: Stand, choice: DeliveryChoice) -> str:
    buyer = buyer_of(make_login(session)[1])
    return orders.place(session, PlaceOrder(stand.seller_id, buyer, "web", choice, (stand.line(),)))


def test_an_order_keeps_who_gets_it_and_who_paid(session: Session) -> None:
    code = place(session, make_stand(session), DeliveryChoice("own_run", "Xóm 3", MOTHER))
    kept = order(session, code)
    assert kept.gift is not None
    assert (kept.gift.name, kept.gift.phone, kept.gift.note) == (
        MOTHER.name,
        MOTHER.phone,
        MOTHER.note,
    )
    assert kept.gift.hides_prices
    assert kept.phone != MOTHER.phone


def test_the_api_tells_no_recipients_number(session: Session) -> None:
    code = place(session, make_stand(session), DeliveryChoice("own_run", "Xóm 3", MOTHER))
    told = orders_answer.answer(session, code)
    assert told["gift"] == {"name": "Bà Lan", "note": "Chúc mẹ khỏe", "hide_prices": True}
    assert MOTHER.phone not in str(told)


def test_a_gift_goes_to_a_door(session: Session) -> None:
    with pytest.raises(GiftNeedsDoor):
        place(session, make_stand(session), DeliveryChoice("pickup", gift=MOTHER))


def test_an_order_for_oneself_has_no_gift(session: Session) -> None:
    code = place(session, make_stand(session), DeliveryChoice("own_run", "Xóm 3"))
    assert order(session, code).gift is None
    assert "gift" not in orders_answer.answer(session, code)


def test_the_form_says_what_the_body_says() -> None:
    choice = order_form.choice_of(order_form.nested(FORM))
    assert choice == DeliveryChoice("own_run", "Xóm 3", MOTHER)
    assert order_form.choice_of(order_form.nested({**FORM, "gift": ""})).gift is None


@pytest.mark.parametrize(
    ("field", "typed"), [("gift_name", ""), ("gift_phone", "12"), ("gift_phone", "")]
)
def test_a_gift_needs_a_name_and_a_number(field: str, typed: str) -> None:
    with pytest.raises(WrongRecipient) as refused:
        order_form.nested({**FORM, field: typed})
    assert order_form.told(refused.value)["field"] == field
