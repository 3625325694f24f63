"""One line of the bank settles the orders a carrier collected for, less its fee; what is missing is named."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import fsck
from core.errors import NotFound
from payments import payments
from payments.bank import remitted
from payments.models import BankLine
from shop import orders
from shop.cash import purses, remittances
from shop.cash.errors import ListDoesNotAddUp, ListHasFaults, ListTooLong, NothingListed
from shop.cash.remittance_list import ListedOrder, read_list
from shop.cash.remittance_models import RemittanceLine
from shop.cash.remittances import Verdict
from shop.ordering.order_facts import reference_of
from shop.shipments import handing, shipments
from shop.shipments.handing import HandOver
from tests.factories.identity import make_seller
from tests.factories.payments import Transfer, new_code, sepay_body, tell
from tests.factories.shop import PRICE_VND, Stand, make_order, make_stand, pack, paid_order

WHO = ("Viettel Post", "p:accountant")
FEE_VND = 5_000


def sent(session: Session, stand: Stand) -> tuple[str, str]:
    """An order paid on delivery that a carrier took: its code and its label."""
    code = make_order(session, stand)
    orders.secure_by(session, code, "cod", "p:owner")
    pack(session, code)
    label = shipments.for_order(session, code).label_code
    handing.hand_over(session, stand.seller_id, label, HandOver("p:owner", taken_by=WHO[0]))
    return code, label


def came(session: Session, stand: Stand, amount_vnd: int) -> str:
    """The carrier's transfer: the id of its bank line."""
    transfer = Transfer("VTP CHUYEN TIEN THU HO", amount_vnd)
    tell(session, stand.till, sepay_body(stand.till, transfer))
    session.flush()
    return session.scalars(select(BankLine.id).where(BankLine.amount_vnd == amount_vnd)).one()


def test_one_line_of_the_bank_pays_many_orders_and_writes_the_fee_down(session: Session) -> None:
    stand = make_stand(session)
    (first, _), (second, label), (third, _) = (sent(session, stand) for _ in range(3))
    listed = read_list(f"1; {first}; 65.000; 5.000\n2; {label}; 65.000 đ; 5k")
    line = came(session, stand, 2 * (PRICE_VND - FEE_VND))
    seen = remittances.look(session, stand.seller_id, listed)
    assert (seen.fits, seen.missing) == (True, (third,))
    remittances.settle(session, stand.seller_id, line, listed, WHO)
    for code, state in ((first, "settled"), (second, "settled"), (third, "expected")):
        assert payments.facts(session, reference_of(code)).state == state
    assert remitted.waiting(session, stand.seller_id) == ()
    settled = remittances.lately(session, stand.seller_id)[0]
    assert (settled.orders, settled.fee_vnd) == (2, 2 * FEE_VND)
    assert purses.in_pocket_vnd(session, stand.seller_id, WHO[1]) == 0
    assert problems(session) == []


def test_each_line_that_does_not_fit_is_named_and_nothing_is_settled(session: Session) -> None:
    stand = make_stand(session)
    code, _ = sent(session, stand)
    paid = paid_order(session, stand)
    other, _ = sent(session, make_stand(session))
    listed = [
        ListedOrder(code, "", PRICE_VND - 1, 0),
        ListedOrder(paid, "", PRICE_VND, 0),
        ListedOrder(other, "", PRICE_VND, 0),
        ListedOrder(code, "", PRICE_VND, 0),
    ]
    verdicts = [line.verdict for line in remittances.look(session, stand.seller_id, listed).lines]
    assert verdicts == [Verdict.DIFFERS, Verdict.INSIDE, Verdict.UNKNOWN, Verdict.TWICE]
    with pytest.raises(ListHasFaults):
        remittances.settle(session, stand.seller_id, came(session, stand, 1), listed, WHO)
    assert payments.facts(session, reference_of(code)).state == "expected"


def test_a_list_that_is_not_what_came_is_refused(session: Session) -> None:
    stand = make_stand(session)
    listed = [ListedOrder(sent(session, stand)[0], "", PRICE_VND, FEE_VND)]
    line = came(session, stand, PRICE_VND)
    with pytest.raises(ListDoesNotAddUp), session.begin_nested():
        remittances.settle(session, stand.seller_id, line, listed, WHO)
    assert [one.id for one in remitted.waiting(session, stand.seller_id)] == [line]


def test_p3_a_line_of_the_bank_and_a_list_count_once(session: Session) -> None:
    stand = make_stand(session)
    listed = [ListedOrder(sent(session, stand)[0], "", PRICE_VND, 0)]
    line = came(session, stand, PRICE_VND)
    remittances.settle(session, stand.seller_id, line, listed, WHO)
    with pytest.raises(ListHasFaults):
        remittances.settle(session, stand.seller_id, line, listed, WHO)
    again = [ListedOrder(sent(session, stand)[0], "", PRICE_VND, 0)]
    with pytest.raises(NotFound):
        remittances.settle(session, stand.seller_id, line, again, WHO)
    with pytest.raises(NotFound):
        remitted.take_line(session, make_seller(session), line)


@pytest.mark.parametrize(
    "line",
    [
        "1\t{}\t130.000\t22.000",
        "{}; 130,000 đ; 22k",
        "| Hoa | {} | 130000 | 22.000đ |",
        "{} 130k 22k",
    ],
)
def test_a_line_is_read_as_people_paste_it(line: str) -> None:
    code = new_code()
    assert read_list(line.format(code.lower())) == (ListedOrder(code, "", 130_000, 22_000),)


def test_what_is_no_list_is_refused() -> None:
    for text in ("", "thuyền về có nhớ bến chăng", new_code(), "Tổng cộng  130.000"):
        with pytest.raises(NothingListed):
            read_list(text)
    with pytest.raises(ListTooLong):
        read_list("\n" * 2_001)


def test_fsck_finds_a_list_whose_lines_do_not_add_up(session: Session) -> None:
    stand = make_stand(session)
    listed = [ListedOrder(sent(session, stand)[0], "", PRICE_VND, FEE_VND)]
    line = came(session, stand, PRICE_VND - FEE_VND)
    remittances.settle(session, stand.seller_id, line, listed, WHO)
    session.execute(update(RemittanceLine).values(fee_vnd=0))
    assert any("cash.lists_add_up" in problem for problem in problems(session))


def problems(session: Session) -> list[str]:
    session.flush()
    return [
        f"{verdict.name}: {problem}"
        for verdict in fsck.run_all(session)
        for problem in verdict.problems
    ]
