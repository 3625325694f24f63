"""Refunds at one moment: a complaint has one outcome, and what two things give back adds up.

On both databases; the control takes the lock of the case's row away.
"""

from functools import partial

import pytest
from sqlalchemy.orm import Session

from payments import payments
from shop.cases import handling
from shop.cases.handling import Outcome
from shop.cases.models import Case
from shop.cases.opening import SELLER, Words
from shop.ordering import changes
from shop.ordering.changes import Delivered
from shop.ordering.order_facts import reference_of
from tests.factories.cases import make_case
from tests.factories.shop import PRICE_VND, paid_order
from tests.support.many_hands import Act, House, forget_the_lock

MANY = 8
BACK = Outcome("refund", 40_000, Words("p:staff", "hàng dập"))


def test_a_complaint_settled_by_eight_at_once_gives_back_once(house: House) -> None:
    code, case = complained(house)
    settle = partial(handling.settle, case_id=case, side=SELLER, outcome=BACK)
    assert house.at_once([settle] * MANY) == {"done": 1, "case_over": MANY - 1}
    assert owed_vnd(house, code) == 40_000
    assert house.problems() == []


def test_a_complaint_and_a_short_box_at_once_give_back_both(house: House) -> None:
    code, case = complained(house)
    assert house.at_once(both(house, code, case)) == {"done": 2}
    assert owed_vnd(house, code) == 40_000 + PRICE_VND
    assert house.problems() == []


def test_without_the_cases_lock_it_gives_back_twice(
    unlocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, case = complained(unlocked)
    forget_the_lock(monkeypatch, handling, Case)
    settle = partial(handling.settle, case_id=case, side=SELLER, outcome=BACK)
    assert unlocked.at_once([settle, settle]) == {"done": 2}
    assert owed_vnd(unlocked, code) == 2 * 40_000


def complained(house: House) -> tuple[str, str]:
    """A paid order of two packs, and a running complaint about it."""

    def make(session: Session) -> tuple[str, str]:
        code = paid_order(session, house.stand, 2)
        return code, make_case(session, "order", code)

    return house.write(make)


def both(house: House, code: str, case: str) -> list[Act]:
    """The outcome of the complaint, and a packer who finds one pack missing."""
    (line,) = house.facts(code).lines
    there = Delivered(line.id, 1, "p:packer", "hết hàng")
    return [
        partial(handling.settle, case_id=case, side=SELLER, outcome=BACK),
        partial(changes.shorten, code=code, delivered=there),
    ]


def owed_vnd(house: House, code: str) -> int:
    with Session(house.engine) as session:
        return payments.facts(session, reference_of(code)).refund_vnd
