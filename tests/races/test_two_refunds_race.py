"""Two staff who begin a refund at one moment give back what came, once.

On both databases. The control takes rule, guarded statement and constraint away: then it goes back often.
"""

from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from payments import payments, settle
from payments.models import Payment
from payments.refunds import beginning, rules
from payments.refunds.beginning import Asked
from shop.ordering.order_facts import reference_of
from tests.factories.shop import PRICE_VND, paid_order
from tests.support.many_hands import Act, House

MANY = 6


def begins(house: House, code: str) -> list[Act]:
    asked = Asked(house.stand.till.seller_id, reference_of(code), PRICE_VND, "hộp móp", "p:staff")
    return [partial(beginning.begin, asked=asked)] * MANY


def begun_vnd(house: House, code: str) -> int:
    with Session(house.engine) as session:
        return payments.facts(session, reference_of(code)).begun_vnd


def test_what_came_once_goes_back_once(house: House) -> None:
    code = house.write(lambda session: paid_order(session, house.stand, 1))
    assert house.at_once(begins(house, code)) == {"done": 1, "refund_too_much": MANY - 1}
    assert begun_vnd(house, code) == PRICE_VND
    assert house.problems() == []


def test_without_its_rule_the_guarded_statement_still_refuses(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = house.write(lambda session: paid_order(session, house.stand, 1))
    monkeypatch.setattr(rules, "granted_vnd", lambda *_: 0)
    assert house.at_once(begins(house, code)) == {"done": 1, "refund_too_much": MANY - 1}


def test_with_every_guard_off_it_goes_back_many_times(
    unlocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = unlocked.write(lambda session: paid_order(session, unlocked.stand, 1))
    with unlocked.engine.begin() as connection:
        connection.execute(text("ALTER TABLE payments DROP CONSTRAINT ck_payments_back"))
    monkeypatch.setattr(rules, "granted_vnd", lambda *_: 0)
    monkeypatch.setattr(beginning, "_take", _count_without_asking)
    monkeypatch.setattr(settle, "work_out_again", lambda *_: None)
    assert unlocked.at_once(begins(unlocked, code)) == {"done": MANY}
    assert begun_vnd(unlocked, code) == MANY * PRICE_VND


def _count_without_asking(_session: Session, payment: Payment, amount_vnd: int) -> None:
    payment.back_vnd += amount_vnd
