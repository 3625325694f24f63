"""A complaint answered with a credit: a voucher for one order, given out once, in the same commit."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core import fsck
from shop.cases import case_facts, handling
from shop.cases.case_errors import CaseOver
from shop.cases.case_rules import CREDITED, ORDER
from shop.cases.handling import Outcome
from shop.cases.opening import SELLER, Words
from shop.ordering import order_facts
from shop.vouchers import offering, spending
from shop.vouchers.spending import Wish
from tests.factories.cases import make_case
from tests.factories.shop import PRICE_VND, make_stand, paid_order

CREDIT = Outcome("credit", 30_000, Words("p:staff", "Bên mình trừ vào đơn sau."))


def credited(session: Session) -> tuple[str, str]:
    """A complaint that was answered with a credit, and its seller."""
    code = paid_order(session, make_stand(session), 2)
    case_id = make_case(session, ORDER, code)
    handling.settle(session, case_id, SELLER, CREDIT)
    session.flush()
    return case_id, order_facts.facts(session, code).seller_id


def test_a_credit_is_a_voucher_for_one_order_and_is_given_out_once(session: Session) -> None:
    case_id, seller_id = credited(session)
    with pytest.raises(CaseOver):
        handling.settle(session, case_id, SELLER, CREDIT)
    (note,) = (one for one in case_facts.thread(session, case_id) if one.what == CREDITED)
    (voucher,) = offering.of_seller(session, seller_id)
    assert (voucher.code, voucher.worth.worth, voucher.most_uses) == (note.text, 30_000, 1)
    wish = Wish(note.text.lower(), seller_id, "", PRICE_VND)
    assert spending.look(session, wish).amount_vnd == 30_000
    assert [one for verdict in fsck.run_all(session) for one in verdict.problems] == []


def test_fsck_finds_a_credit_without_its_voucher(session: Session) -> None:
    credited(session)
    session.execute(text("DELETE FROM vouchers"))
    found = {verdict.name for verdict in fsck.run_all(session) if verdict.problems}
    assert found == {"cases.credits_are_vouchers"}
