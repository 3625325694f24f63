"""Two people say at one moment what the bank paid: one of them is heard. On both databases."""

import pytest
from sqlalchemy.orm import Session

from payments.desk import decisions, paid_by_hand
from payments.desk.decisions import Word
from payments.models import BankLine
from payments.payouts import book, lists, paying
from tests.factories.payouts import BOTH, A, B, make_coop
from tests.support.many_hands import Act, House, forget_the_lock

Made = tuple[str, tuple[str, str], tuple[str, str]]


def waiting(house: House) -> Made:
    """A list of two, and two lines without a code that pay the first of them; all ids."""

    def make(session: Session) -> Made:
        coop = make_coop(session)
        _, rows = coop.run(*BOTH)
        lines = coop.line("CK MOT", 300_000), coop.line("CK HAI", 300_000)
        first, second = sorted(rows, key=lambda row: row.payee)
        return coop.till.seller_id, lines, (first.id, second.id)

    return house.write(make)


def tying(seller: str, line: str, payout: str) -> Act:
    def act(session: Session) -> None:
        paid_by_hand.tie(session, Word(seller, line, 0, "p:x", "sao kê"), [payout], _OTHER)

    return act


_OTHER = paid_by_hand.RESTS[1]


def owed(house: House, seller: str) -> tuple[int, int]:
    with Session(house.engine) as session:
        return book.owed(session, seller, A), book.owed(session, seller, B)


def test_one_payout_is_paid_by_one_line_alone(house: House) -> None:
    seller, lines, (payout, _) = waiting(house)
    acts = [tying(seller, line, payout) for line in lines * 2]
    told = house.at_once(acts)
    assert told["done"] == 1
    assert set(told) <= {"done", "payout_not_waiting", "line_decided"}
    assert (owed(house, seller), house.problems()) == ((0, 200_000), [])


def test_one_line_pays_one_of_two_that_are_chosen_at_once(house: House) -> None:
    seller, (line, _), payouts = waiting(house)
    told = house.at_once([tying(seller, line, payout) for payout in payouts])
    assert told == {"done": 1, "line_decided": 1}
    assert house.problems() == []


def test_a_list_cancelled_while_its_line_is_named_is_paid_once(house: House) -> None:
    seller, (line, _), (payout, _) = waiting(house)
    with Session(house.engine) as session:
        run = lists.runs(session, seller)[0].id
    acts: list[Act] = [
        tying(seller, line, payout),
        lambda session: paying.cancel(session, seller, run, "p:y"),
    ]
    assert house.at_once(acts) == {"done": 2}
    assert (owed(house, seller), house.problems()) == ((0, 200_000), [])


def test_without_the_lines_lock_the_decisions_number_stops_the_second(
    unlocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the lock is gone, the guard in the database is not."""
    seller, (line, _), payouts = waiting(unlocked)
    forget_the_lock(monkeypatch, decisions, BankLine)
    with pytest.raises(Exception, match=r"uq_line_decisions|serialize"):
        unlocked.at_once([tying(seller, line, payout) for payout in payouts])
