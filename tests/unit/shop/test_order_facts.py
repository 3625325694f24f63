"""Who may see an order, and where orders are listed."""

import pytest
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import NotFound
from core.identity import logins
from payments import payments
from shop.models import Order
from shop.ordering import order_facts, order_lists
from shop.ordering.order_facts import reference_of
from shop.ordering.order_lists import Show
from tests.factories.identity import make_login
from tests.factories.shop import make_order, make_stand, order, paid_order


def test_the_capability_opens_one_order_without_login(session: Session) -> None:
    code = make_order(session, make_stand(session))
    key = order(session, code).capability
    assert len(key) == 43
    assert order_facts.seen_by(session, code, None, key).code == code


@pytest.mark.parametrize("key", ["", "x" * 43, "mở ra"])
def test_the_code_alone_opens_nothing(session: Session, key: str) -> None:
    code = make_order(session, make_stand(session))
    with pytest.raises(NotFound):
        order_facts.seen_by(session, code, None, key)


def test_one_orders_capability_does_not_open_another(session: Session) -> None:
    stand = make_stand(session)
    mine, yours = make_order(session, stand), make_order(session, stand)
    with pytest.raises(NotFound):
        order_facts.seen_by(session, yours, None, order(session, mine).capability)


def test_a_proved_device_sees_all_orders_of_its_person(session: Session) -> None:
    _, first = make_login(session, verified=False)
    code = make_order(session, make_stand(session), login=first)
    _, proved = make_login(session, first.person_id)
    assert order_facts.seen_by(session, code, proved, "").code == code
    assert [mine.code for mine in order_lists.of_buyer(session, proved)] == [code]


def test_a_device_that_only_typed_the_number_sees_nothing_of_others(session: Session) -> None:
    _, first = make_login(session)
    code = make_order(session, make_stand(session), login=first)
    token = logins.issue(session, first.person_id, verified=False)
    session.flush()
    stranger = logins.resolve(session, token)
    assert stranger is not None
    assert order_lists.of_buyer(session, stranger) == ()
    with pytest.raises(NotFound):
        order_facts.seen_by(session, code, stranger, "")


def test_staff_of_the_seller_have_no_way_in_by_the_buyers_door(session: Session) -> None:
    stand = make_stand(session)
    _, staff = make_login(session, roles={stand.seller_id: "owner"})
    with pytest.raises(NotFound):
        order_facts.seen_by(session, make_order(session, stand), staff, "")


def test_a_seller_sees_its_own_orders_only_the_newest_first(
    session: Session, time_at: FixedClock
) -> None:
    mine, yours = make_stand(session), make_stand(session)
    make_order(session, yours)
    codes = []
    for _ in range(3):
        codes.append(make_order(session, mine))
        time_at.advance(1_000)
    page = order_lists.of_sellers(session, [mine.seller_id], Show.ALL)
    assert [one.code for one in page.orders] == codes[::-1]


def test_a_sellers_orders_are_sorted_by_what_to_do(session: Session) -> None:
    stand = make_stand(session)
    placed, paid, refund = (make_order(session, stand), paid_order(session, stand), "")
    refund = paid_order(session, stand)
    row = session.get_one(Order, refund)
    row.state, row.refund_due = "cancelled", True
    payments.mark_refund_due(session, reference_of(refund), "cancelled")
    session.flush()
    found = {
        show: {one.code for one in order_lists.of_sellers(session, [stand.seller_id], show).orders}
        for show in (Show.WAITING, Show.PAID, Show.REFUND, Show.ENDED)
    }
    assert found == {
        Show.WAITING: {placed},
        Show.PAID: {paid},
        Show.REFUND: {refund},
        Show.ENDED: {refund},
    }


def test_pages_of_orders_neither_repeat_nor_miss_one(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_lists, "PAGE", 2)
    stand = make_stand(session)
    codes = {make_order(session, stand) for _ in range(5)}  # all in one millisecond
    seen, before = [], ""
    while True:
        page = order_lists.of_sellers(session, [stand.seller_id], Show.ALL, before)
        seen += [one.code for one in page.orders]
        if page.before is None:
            break
        before = page.before
    assert sorted(seen) == sorted(codes)


def test_a_page_does_not_begin_at_another_sellers_order(session: Session) -> None:
    mine, yours = make_stand(session), make_stand(session)
    make_order(session, mine)
    foreign = make_order(session, yours)
    assert order_lists.of_sellers(session, [mine.seller_id], Show.ALL, foreign).orders == ()
