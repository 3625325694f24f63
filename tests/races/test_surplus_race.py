"""What came on top once is moved once, however many clicks ask for it at one moment; so is credit.

On both databases. The control takes rule, guarded statement and constraint away: then it is kept many times.
"""

from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.models import BankLine
from payments.refunds import beginning
from payments.refunds.beginning import Asked
from payments.refunds.rules import Source
from payments.surplus import credits, moving
from payments.surplus.models import StoreCredit
from payments.surplus.moving import Chosen, Keeper
from payments.surplus.rules import OnTop
from tests.factories.payments import open_payment
from tests.factories.refunds import BUYER, paid
from tests.support.many_hands import Act, House

MORE_VND, EACH = 40_000, 3
HOA = Keeper("hoa", None)


def on_top(house: House) -> str:
    return house.write(lambda session: paid(session, house.stand.till, more_vnd=MORE_VND))


def asked_for(house: House, amount_vnd: int) -> str:
    code = house.write(lambda session: open_payment(session, house.stand.till, amount_vnd))
    return f"order:{code}"


def chosen(house: House, reference: str) -> Chosen:
    return Chosen(house.stand.till.seller_id, reference, MORE_VND, BUYER)


def keeps(house: House, reference: str) -> Act:
    return partial(moving.keep, chosen=chosen(house, reference), keeper=HOA)


def kept_vnd(house: House) -> int:
    with Session(house.engine) as session:
        return int(session.scalar(select(func.sum(StoreCredit.left_vnd))) or 0)


def test_what_is_on_top_goes_one_way_once(house: House) -> None:
    reference, other = on_top(house), asked_for(house, 500_000)
    refund = Asked(house.stand.till.seller_id, reference, MORE_VND, "thừa", BUYER, Source.EXTRA)
    put = partial(moving.put_on, chosen=chosen(house, reference), to_reference=other)
    ways = [keeps(house, reference), put, partial(beginning.begin, asked=refund)]
    outcomes = house.at_once(ways * EACH)
    assert outcomes["done"] == 1
    assert outcomes.keys() <= {"done", "nothing_on_top", "refund_too_much"}
    assert house.problems() == []


def test_without_its_rule_the_guarded_statement_still_refuses(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = on_top(house)
    monkeypatch.setattr(moving, "_check", lambda *_: None)
    outcomes = house.at_once([keeps(house, reference)] * EACH)
    assert outcomes == {"done": 1, "nothing_on_top": EACH - 1}


def test_credit_is_used_once(house: House) -> None:
    house.write(keeps(house, on_top(house)))
    mine = house.write(
        lambda session: credits.of_holder(session, house.stand.till.seller_id, "hoa")
    )
    uses = [
        partial(
            credits.spend,
            seller_id=house.stand.till.seller_id,
            ids=[one.id for one in mine],
            to_reference=asked_for(house, MORE_VND),
            actor=BUYER,
        )
        for _ in range(EACH)
    ]
    assert house.at_once(uses) == {"done": 1, "no_credit": EACH - 1}
    assert kept_vnd(house) == 0
    assert house.problems() == []


def test_with_every_guard_off_it_is_kept_many_times(
    unlocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = on_top(unlocked)
    monkeypatch.setattr(moving, "_take", _take_without_asking)
    monkeypatch.setattr(moving, "move", lambda *_: None)
    assert unlocked.at_once([keeps(unlocked, reference)] * EACH) == {"done": EACH}
    assert kept_vnd(unlocked) == EACH * MORE_VND


def _take_without_asking(session: Session, *_: object) -> tuple[OnTop, ...]:
    line = session.scalars(select(BankLine).where(BankLine.amount_vnd > MORE_VND)).first()
    assert line is not None
    return (OnTop(line.at_ms, line.reference, line.id, MORE_VND),)
