"""A parcel for an order: one label, found by its seller alone."""

import secrets

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from core import fsck
from core.codes import ALPHABET
from core.errors import NotFound
from shop import orders
from shop.models import Order
from shop.orders import Cancellation
from shop.shipments import labels, shipments
from shop.shipments.errors import BadLabel
from shop.shipments.models import Shipment
from tests.factories.identity import make_seller
from tests.factories.shop import make_order, make_stand, paid_order


def test_an_order_gets_one_parcel_however_often_its_label_is_wanted(session: Session) -> None:
    code = paid_order(session, make_stand(session))
    first = shipments.for_order(session, code)
    assert shipments.for_order(session, code) == first
    assert (first.order_codes, first.state) == ((code,), "open")
    assert shipments.facts(session, first.id) == first


def test_a_parcel_is_found_by_its_label_as_people_type_it(session: Session) -> None:
    made = shipments.for_order(session, paid_order(session, make_stand(session)))
    typed = labels.spoken(made.label_code).lower().removeprefix("kh ").replace(" ", " - ")
    assert shipments.by_label(session, made.seller_id, typed) == made


def test_p11_another_sellers_label_is_as_unknown_as_any(session: Session) -> None:
    made = shipments.for_order(session, paid_order(session, make_stand(session)))
    with pytest.raises(NotFound):
        shipments.by_label(session, make_seller(session), made.label_code)
    with pytest.raises(NotFound):
        shipments.by_label(session, made.seller_id, labels.new_label_code(lambda most: most - 1))


def test_there_is_no_parcel_for_no_order(session: Session) -> None:
    with pytest.raises(NotFound):
        shipments.for_order(session, "CPX7K3M9Q2")
    with pytest.raises(NotFound):
        shipments.facts(session, "nothing")


def test_a_cancelled_order_travels_in_no_parcel(session: Session) -> None:
    code = make_order(session, make_stand(session))
    made = shipments.for_order(session, code)
    orders.cancel(session, code, Cancellation("staff", by_buyer=True))
    session.flush()
    assert shipments.facts(session, made.id).order_codes == ()


def test_every_wrong_letter_of_a_label_is_noticed() -> None:
    label = labels.new_label_code(secrets.randbelow)
    for at in range(2, labels.LENGTH):
        for letter in set(ALPHABET) - {label[at]}:
            with pytest.raises(BadLabel):
                labels.read_label(label[:at] + letter + label[at + 1 :])


@pytest.mark.parametrize("text", ["", "KH", "xin chào", "CPX7K3M9Q2", "9" * 5_000, "KH 0000 0000"])
def test_what_is_no_label_is_refused(text: str) -> None:
    with pytest.raises(BadLabel):
        labels.read_label(text)


def test_a_label_is_found_in_what_a_camera_read() -> None:
    label = labels.new_label_code(secrets.randbelow)
    assert labels.read_label(f"  {label}\n") == label


def test_fsck_finds_a_parcel_of_two_buyers_and_one_half_gone(session: Session) -> None:
    stand = make_stand(session)
    mine, other = paid_order(session, stand), paid_order(session, stand)
    made = shipments.for_order(session, mine)
    assert problems(session) == []
    session.execute(update(Order).where(Order.code == other).values(shipment_id=made.id))
    assert any("shipments.one_buyer" in problem for problem in problems(session))
    left = {"state": "handed_over", "handed_over_ms": 1}
    session.execute(update(Shipment).where(Shipment.id == made.id).values(left))
    assert any("shipments.left_together" in problem for problem in problems(session))


def problems(session: Session) -> list[str]:
    session.flush()
    return [
        f"{verdict.name}: {problem}"
        for verdict in fsck.run_all(session)
        for problem in verdict.problems
        if verdict.name.startswith("shipments")
    ]
