"""Orders of one buyer to one place share a parcel; what they paid for delivery too much goes back."""

import pytest
from sqlalchemy.orm import Session

from core import fsck
from core.clock import FixedClock
from core.identity.logins import Login
from payments import payments
from shop import orders
from shop.ordering import changes, fulfilment
from shop.ordering.order_facts import reference_of
from shop.orders import DeliveryChoice, PlaceOrder
from shop.shipments import handing, joining, shipments
from shop.shipments.errors import JoinedElsewhere, NotOneParcel, TooLateToJoin
from shop.shipments.handing import HandOver
from tests.factories.identity import make_login
from tests.factories.payments import pay
from tests.factories.shop import (
    RUN_VND,
    TO_THE_DOOR,
    Stand,
    buyer_of,
    make_stand,
    order,
    pack,
)

WHO = "p:packer"


def ordered(
    session: Session,
    stand: Stand,
    login: Login,
    source: str = "web",
    choice: DeliveryChoice = TO_THE_DOOR,
) -> str:
    """A paid order of one pack to the door: its code."""
    lines = (stand.line(),)
    code = orders.place(
        session, PlaceOrder(stand.seller_id, buyer_of(login), source, choice, lines)
    )
    session.flush()
    pay(session, stand.till, code, orders.facts(session, code).amount_vnd)
    orders.secure(session, code)
    session.flush()
    return code


def test_orders_of_two_shows_travel_together_for_one_fee(
    session: Session, time_at: FixedClock
) -> None:
    stand, login = make_stand(session), make_login(session)[1]
    codes = [ordered(session, stand, login, "live:morning")]
    time_at.advance(1)
    codes.append(ordered(session, stand, login, "live:evening"))
    old = shipments.for_order(session, codes[1]).label_code
    joint = joining.join(session, codes, WHO)
    assert set(joint.order_codes) == set(codes)
    assert [order(session, code).fee_vnd for code in codes] == [RUN_VND, 0]
    owed = [payments.facts(session, reference_of(code)).refund_vnd for code in codes]
    assert owed == [0, RUN_VND]
    with pytest.raises(JoinedElsewhere):
        handing.hand_over(session, stand.seller_id, old, HandOver(WHO))
    for code in codes:
        pack(session, code)
    handing.hand_over(session, stand.seller_id, joint.label_code, HandOver(WHO))
    assert {order(session, code).state for code in codes} == {"handed_over"}
    assert problems(session) == []


def test_joining_again_gives_nothing_back_twice(session: Session) -> None:
    stand, login = make_stand(session), make_login(session)[1]
    codes = [ordered(session, stand, login) for _ in range(3)]
    joining.join(session, codes[:2], WHO)
    joint = joining.join(session, [codes[1], codes[2]], WHO)
    assert joining.join(session, codes, WHO) == joint
    assert sum(order(session, code).fee_vnd for code in codes) == RUN_VND
    assert set(joint.order_codes) == set(codes)
    assert problems(session) == []


def test_another_buyer_or_another_address_travels_apart(session: Session) -> None:
    stand, login = make_stand(session), make_login(session)[1]
    mine = ordered(session, stand, login)
    elsewhere = ordered(session, stand, login, choice=DeliveryChoice("own_run", "Số 9, phố Cột Cờ"))
    other = ordered(session, stand, make_login(session)[1])
    for code in (elsewhere, other):
        with pytest.raises(NotOneParcel):
            joining.join(session, [mine, code], WHO)
    assert joining.companions(session, mine) == ()


def test_what_is_packed_does_not_join(session: Session) -> None:
    stand, login = make_stand(session), make_login(session)[1]
    codes = [ordered(session, stand, login) for _ in range(2)]
    assert joining.companions(session, codes[0]) == (codes[1],)
    pack(session, codes[0])
    with pytest.raises(TooLateToJoin):
        joining.join(session, codes, WHO)


def test_an_order_leaves_a_joint_parcel_with_a_label_of_its_own(session: Session) -> None:
    stand, login = make_stand(session), make_login(session)[1]
    codes = [ordered(session, stand, login) for _ in range(2)]
    joint = joining.join(session, codes, WHO)
    apart = joining.leave(session, codes[1], WHO)
    session.flush()
    assert apart.label_code != joint.label_code
    assert shipments.facts(session, joint.id).order_codes == (codes[0],)
    assert problems(session) == []


def test_an_order_sent_elsewhere_leaves_its_joint_parcel(session: Session) -> None:
    stand, login = make_stand(session), make_login(session)[1]
    codes = [ordered(session, stand, login) for _ in range(2)]
    joint = joining.join(session, codes, WHO)
    changes.change_delivery(session, codes[1], DeliveryChoice("own_run", "Số 9, phố Cột Cờ"), WHO)
    session.flush()
    assert shipments.facts(session, joint.id).order_codes == (codes[0],)
    assert shipments.for_order(session, codes[1]).label_code != joint.label_code
    assert problems(session) == []


def test_an_order_that_stays_where_it_goes_stays_in_its_parcel(session: Session) -> None:
    stand, login = make_stand(session), make_login(session)[1]
    codes = [ordered(session, stand, login) for _ in range(2)]
    joint = joining.join(session, codes, WHO)
    changes.change_delivery(session, codes[1], TO_THE_DOOR, WHO)
    session.flush()
    assert set(shipments.facts(session, joint.id).order_codes) == set(codes)


def test_an_order_handed_over_by_itself_does_not_keep_its_companion(session: Session) -> None:
    stand, login = make_stand(session), make_login(session)[1]
    codes = [ordered(session, stand, login) for _ in range(2)]
    joint = joining.join(session, codes, WHO)
    for code in codes:
        pack(session, code)
    fulfilment.hand_over(session, codes[0], WHO)
    handing.hand_over(session, stand.seller_id, joint.label_code, HandOver(WHO))
    assert {order(session, code).state for code in codes} == {"handed_over"}
    assert problems(session) == []


def test_a_cancelled_order_may_have_travelled_in_a_parcel_given_up_later(session: Session) -> None:
    stand, login = make_stand(session), make_login(session)[1]
    codes = [ordered(session, stand, login) for _ in range(3)]
    joining.join(session, codes[1:], WHO)
    changes.call_off(session, codes[2], WHO, "khách đổi ý")
    session.flush()
    joining.join(session, codes[:2], WHO)
    assert problems(session) == []


def problems(session: Session) -> list[str]:
    session.flush()
    return [
        f"{verdict.name}: {problem}"
        for verdict in fsck.run_all(session)
        for problem in verdict.problems
    ]
