"""Fees and taxes of one order followed by many at once: what goes back, goes back once.

On both databases; the control takes the lock of the order's row away, and the table's own key stands.
"""

from functools import partial

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.cases import handling
from shop.cases.handling import Outcome
from shop.cases.opening import SELLER, Words
from shop.fees import fee_facts, invoice_facts, invoicing, months, reactions, ruling
from shop.fees.fee_rules import Rate
from shop.fees.models import FeeEntry
from shop.fees.ruling import NewRule
from shop.models import Order
from shop.ordering import history
from shop.tax import modes, tax_facts
from shop.tax.models import TaxEntry
from tests.factories.cases import make_case
from tests.factories.shop import paid_order
from tests.support.many_hands import Act, House, forget_the_lock

MANY = 6


def test_two_refunds_at_once_take_their_parts_back_once(house: House) -> None:
    code = taxed(house)
    acts: list[Act] = [partial(give_back, code=code, vnd=vnd) for vnd in (40_000, 25_000)]
    assert house.at_once(acts) == {"done": 2}
    assert house.at_once([partial(reactions.follow, code=code)] * MANY) == {"done": MANY}
    assert entered(house, code) == (5_000 - 2_500, 65_000, 650, 325)
    assert house.problems() == []


def test_without_the_lock_the_key_of_the_table_still_refuses_the_second(
    unlocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = taxed(unlocked)
    unlocked.write(partial(settled, code=code, vnd=65_000))
    forget_the_lock(monkeypatch, history, Order)
    with pytest.raises(IntegrityError):
        unlocked.at_once([partial(reactions.follow, code=code)] * 2)


def test_many_who_invoice_a_month_make_one_invoice_with_the_next_number(house: House) -> None:
    taxed(house)
    last = months.this_month().before
    house.write(lambda session: session.execute(update(FeeEntry).values(at_ms=last.begins_ms)))
    issue: Act = partial(invoicing.issue, seller_id=house.stand.seller_id, month=last)
    assert house.at_once([issue] * MANY) == {"done": MANY}
    with Session(house.engine) as session:
        (invoice,) = invoice_facts.of_seller(session, house.stand.seller_id)
        assert (invoice.number, invoice.total_vnd) == (1, 5_000)
        assert [one.month for one in fee_facts.months(session, house.stand.seller_id)] == [last]
        taxes = tax_facts.months(session, house.stand.seller_id)
        assert [one.tax.tax_vnd for one in taxes] == [1_950]
    assert house.problems() == []


def taxed(house: House) -> str:
    """A paid order of two packs with a fee of 5.000 đ and its tax entered."""

    def make(session: Session) -> str:
        seller = house.stand.seller_id
        modes.choose(session, seller, "record", "p:owner")
        rule = NewRule("2 %", Rate(200, least_vnd=5_000), seller_id=seller)
        ruling.add(session, rule, "operator")
        code = paid_order(session, house.stand, 2)
        reactions.follow(session, code)
        return code

    return house.write(make)


def settled(session: Session, code: str, vnd: int) -> None:
    case = make_case(session, "order", code)
    handling.settle(session, case, SELLER, Outcome("refund", vnd, Words("p:staff", "hàng dập")))


def give_back(session: Session, code: str, vnd: int) -> None:
    settled(session, code, vnd)
    reactions.follow(session, code)


def entered(house: House, code: str) -> tuple[int, int, int, int]:
    """What stays of the fee, and what goods, VAT and PIT come to."""
    with Session(house.engine) as session:
        fees = session.execute(
            select(FeeEntry.kind, FeeEntry.amount_vnd).where(FeeEntry.order_code == code)
        )
        left = sum(vnd if kind == "fee" else -vnd for kind, vnd in fees)
        sums = (TaxEntry.turnover_vnd, TaxEntry.vat_vnd, TaxEntry.pit_vnd)
        query = select(*(func.sum(one) for one in sums)).where(TaxEntry.order_code == code)
        turnover, vat, pit = session.execute(query).one()
        return left, int(turnover), int(vat), int(pit)
