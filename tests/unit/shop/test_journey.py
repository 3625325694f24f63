"""What an order's page tells beside the money: who packed it, from which lots, who took it, why it ended."""

from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.identity.logins import Login
from shop import orders
from shop.buying import journey, pay_page
from shop.buying.journey import Journey
from shop.ordering import changes, fulfilment
from shop.shipments import handing, joining, shipments
from shop.shipments.handing import HandOver
from tests.factories.identity import make_login, make_person
from tests.factories.shop import make_order, make_stand, order, pack, packed_order, paid_order


def seen(session: Session, code: str, login: Login | None = None) -> Journey:
    return journey.read(session, order(session, code), login)


def test_lots_are_told_once_the_parcel_is_made_up(session: Session) -> None:
    code = paid_order(session, make_stand(session))
    assert not seen(session, code).lots
    pack(session, code)
    line = order(session, code).lines[0].id
    assert [lot.code for lot in seen(session, code).lots[line]]


def test_who_packed_it_is_named_whoever_noted_something_later(session: Session) -> None:
    packer = make_login(session, make_person(session, name="Lan"))[1]
    code = pack(session, paid_order(session, make_stand(session)), packer.actor)
    fulfilment.hand_over(session, code, "p:driver")
    assert seen(session, code).packer == "Lan"
    fulfilment.refuse(session, code, "p:driver", "không có nhà")
    assert seen(session, code).packer == "Lan"


def test_with_whom_it_left_is_told(session: Session) -> None:
    code = packed_order(session, make_stand(session))
    label = shipments.for_order(session, code)
    how = HandOver("p:packer", taken_by="Nhà xe Hà Lan", plate="20B-123.45")
    handing.hand_over(session, label.seller_id, label.label_code, how)
    parcel = seen(session, code).parcel
    assert parcel
    assert (parcel.taken_by, parcel.plate) == ("Nhà xe Hà Lan", "20B-123.45")


def test_an_order_called_off_tells_the_reason_its_seller_gave(session: Session) -> None:
    code = paid_order(session, make_stand(session))
    changes.call_off(session, code, "p:boss", "mưa đá")
    ending = seen(session, code).ending
    assert ending
    assert (ending.state, ending.reason) == ("cancelled", "mưa đá")


def test_who_holds_the_link_alone_does_not_learn_the_codes_of_what_travels_along(
    session: Session,
) -> None:
    stand, (_, login) = make_stand(session), make_login(session)
    codes = [make_order(session, stand, login=login) for _ in "ab"]
    for code in codes:
        orders.secure_by(session, code, "cod", "p:boss")
    joining.join(session, codes, "p:packer")
    assert (seen(session, codes[0]).together, seen(session, codes[0]).beside) == ((), 1)
    assert seen(session, codes[0], login).together == (codes[1],)


def test_the_mark_of_the_page_changes_with_every_step(
    session: Session, time_at: FixedClock
) -> None:
    code = paid_order(session, make_stand(session))
    time_at.advance(10 * 60_000)
    marks = []
    for step in (fulfilment.pack, fulfilment.hand_over, fulfilment.deliver):
        page = pay_page.read(session, code, None, order(session, code).capability)
        marks.append((page.version, page.poll_ms))
        step(session, code, "p:packer")
    assert len(set(marks)) == 3
    assert {poll_ms for _, poll_ms in marks} == {15_000}
