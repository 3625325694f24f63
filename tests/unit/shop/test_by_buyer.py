"""What a buyer changes alone: on their own device, at a fee they have seen, while nobody packs."""

import pytest
from sqlalchemy.orm import Session

from core.identity.logins import Login
from core.states import BadTransition
from payments import payments
from shop.ordering import by_buyer, changes, fulfilment, what_if
from shop.ordering.by_buyer import Agreed, ChangingDeviceNeeded, FeeChanged
from shop.ordering.order_facts import reference_of
from shop.orders import secure
from tests.factories.identity import make_login
from tests.factories.payments import pay
from tests.factories.shop import PICK_UP, PRICE_VND, RUN_VND, TO_THE_DOOR, make_order, order
from tests.support.order_desk import Desk


class Hoa:
    """A buyer with an order of three packs, to be picked up, on their own phone."""

    def __init__(self, session: Session) -> None:
        self.session, self.desk = session, Desk(session)
        self.login: Login = make_login(session)[1]
        self.code = make_order(session, self.desk.stand, self.desk.stand.line(3), login=self.login)

    def pays(self) -> None:
        pay(self.session, self.desk.stand.till, self.code, 3 * PRICE_VND)
        secure(self.session, self.code)
        self.session.flush()

    def due_vnd(self) -> int:
        return payments.facts(self.session, reference_of(self.code)).due_vnd


@pytest.fixture
def hoa(session: Session) -> Hoa:
    return Hoa(session)


def test_what_a_change_would_cost_is_known_before_and_charged_after(hoa: Hoa) -> None:
    shown = what_if.delivered(hoa.session, hoa.code, TO_THE_DOOR)
    assert (shown.fee_vnd, shown.more_vnd) == (RUN_VND, RUN_VND)
    more_vnd = by_buyer.send(hoa.session, hoa.code, hoa.login, Agreed(TO_THE_DOOR, shown.fee_vnd))
    assert (more_vnd, hoa.due_vnd()) == (RUN_VND, shown.amount_vnd)
    assert hoa.desk.problems() == []


def test_another_fee_than_the_one_seen_is_not_charged(hoa: Hoa) -> None:
    with pytest.raises(FeeChanged) as refused:
        by_buyer.send(hoa.session, hoa.code, hoa.login, Agreed(TO_THE_DOOR, RUN_VND - 5_000))
    assert refused.value.data["fee_vnd"] == RUN_VND


def test_whoever_only_holds_the_link_changes_nothing(hoa: Hoa) -> None:
    _, stranger = make_login(hoa.session)
    line = order(hoa.session, hoa.code).lines[0].id
    with pytest.raises(ChangingDeviceNeeded):
        by_buyer.send(hoa.session, hoa.code, stranger, Agreed(PICK_UP, 0))
    with pytest.raises(ChangingDeviceNeeded):
        by_buyer.drop_line(hoa.session, hoa.code, line, stranger, "không")
    with pytest.raises(ChangingDeviceNeeded):
        by_buyer.add(hoa.session, hoa.code, stranger, [(hoa.desk.honey, 1)])


def test_more_goods_join_an_order_not_paid_and_its_code_asks_for_all(hoa: Hoa) -> None:
    assert by_buyer.add(hoa.session, hoa.code, hoa.login, [(hoa.desk.honey, 1)]) == hoa.code
    assert hoa.due_vnd() == 4 * PRICE_VND
    pay(hoa.session, hoa.desk.stand.till, hoa.code, 3 * PRICE_VND)  # the picture saved before
    assert hoa.due_vnd() == PRICE_VND
    assert hoa.desk.problems() == []


def test_more_goods_with_a_paid_order_are_an_order_of_their_own(hoa: Hoa) -> None:
    hoa.pays()
    new = by_buyer.add(hoa.session, hoa.code, hoa.login, [(hoa.desk.honey, 1)])
    assert new != hoa.code
    assert order(hoa.session, new).belongs_to(hoa.login)
    assert hoa.desk.problems() == []


def test_a_line_goes_until_somebody_packs_and_the_last_one_takes_the_order_along(hoa: Hoa) -> None:
    by_buyer.add(hoa.session, hoa.code, hoa.login, [(hoa.desk.honey, 1)])
    tea, honey = order(hoa.session, hoa.code).lines
    by_buyer.drop_line(hoa.session, hoa.code, tea.id, hoa.login, "đổi ý")
    assert hoa.due_vnd() == PRICE_VND
    by_buyer.drop_line(hoa.session, hoa.code, honey.id, hoa.login, "đổi ý")
    assert order(hoa.session, hoa.code).state == "cancelled"
    assert hoa.desk.problems() == []


def test_what_is_being_packed_keeps_its_lines_but_may_still_go_elsewhere(hoa: Hoa) -> None:
    hoa.pays()
    fulfilment.start_packing(hoa.session, hoa.code, "p:packer")
    line = order(hoa.session, hoa.code).lines[0].id
    with pytest.raises(BadTransition):
        by_buyer.drop_line(hoa.session, hoa.code, line, hoa.login, "đổi ý")
    by_buyer.send(hoa.session, hoa.code, hoa.login, Agreed(TO_THE_DOOR, RUN_VND))
    assert hoa.desk.on_top(hoa.code).due_vnd == RUN_VND


def test_a_packed_parcel_goes_where_it_is_addressed(hoa: Hoa) -> None:
    hoa.pays()
    hoa.desk.packed(hoa.code)
    with pytest.raises(BadTransition):
        what_if.delivered(hoa.session, hoa.code, TO_THE_DOOR)


def test_the_ways_of_an_order_are_those_of_its_goods_now(hoa: Hoa) -> None:
    found = what_if.ways_to(hoa.session, order(hoa.session, hoa.code), "")
    assert [(one.quote.kind, one.quote.fee_vnd) for one in found] == [
        ("pickup", 0),
        ("own_run", RUN_VND),
    ]
    changes.change_delivery(hoa.session, hoa.code, TO_THE_DOOR, "p:staff")
    typed = what_if.as_it_is(order(hoa.session, hoa.code))
    assert typed["address"] == TO_THE_DOOR.address
