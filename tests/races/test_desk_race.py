"""Two staff at one line at the same moment: one of them decides, the other is told. On both databases."""

from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments import payments
from payments.desk import decisions
from payments.desk.decisions import Word
from payments.desk.desk_rules import Share
from payments.desk.models import LineDecision
from payments.models import BankLine
from tests.factories.payments import Till, Transfer, make_till, open_payment, sepay_body, tell
from tests.support.many_hands import Act, House, forget_the_lock

MANY = 6


def waiting(house: House) -> tuple[Till, str, list[str]]:
    """A line of 130.000 that waits, and two payments of that sum."""

    def make(session: Session) -> tuple[Till, str, list[str]]:
        till = make_till(session)
        codes = [open_payment(session, till), open_payment(session, till)]
        tell(session, till, sepay_body(till, Transfer("tien che", 130_000)))
        line = select(BankLine.id).where(BankLine.account_id == till.account_id)
        return till, session.scalars(line).one(), codes

    return house.write(make)


def placing(till: Till, line: str, code: str) -> Act:
    def act(session: Session) -> None:
        share = Share(130_000, payments.facts_by_code(session, code).id)
        decisions.place(session, Word(till.seller_id, line, 0, "p:staff"), [share])

    return act


def decided(house: House) -> int:
    with Session(house.engine) as session:
        return session.scalar(select(func.count()).select_from(LineDecision)) or 0


def test_one_line_placed_onto_two_payments_at_once_pays_one(house: House) -> None:
    till, line, codes = waiting(house)
    acts = [placing(till, line, codes[at % 2]) for at in range(MANY)]
    assert house.at_once(acts) == {"done": 1, "line_decided": MANY - 1}
    with Session(house.engine) as session:
        states = [payments.facts_by_code(session, code).state for code in codes]
    assert sorted(states) == ["expected", "settled"]
    assert (decided(house), house.problems()) == (1, [])


def test_a_decision_and_the_rest_of_the_money_at_once_both_count(house: House) -> None:
    till, line, (code, _) = waiting(house)
    later = sepay_body(till, Transfer(f"{code} them", 10_000))
    assert house.at_once([placing(till, line, code), partial(tell, till=till, body=later)]) == {
        "done": 2
    }
    with Session(house.engine) as session:
        facts = payments.facts_by_code(session, code)
    assert (facts.state, facts.surplus_vnd, house.problems()) == ("settled", 10_000, [])


def test_without_the_lines_lock_only_the_number_of_the_decision_is_left_to_stop_it(
    unlocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    till, line, codes = waiting(unlocked)
    forget_the_lock(monkeypatch, decisions, BankLine)
    with pytest.raises(Exception, match="uq_line_decisions"):
        unlocked.at_once([placing(till, line, code) for code in codes])
