"""Lists for the bank made at one moment: each has its own number, and nobody is promised a đồng twice.

On both databases; the control takes the lock of the seller's series away.
"""

import threading
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import clock
from payments.bank import intake
from payments.bank.intake import Said
from payments.ledger import posting
from payments.models import BankAccount
from payments.payouts import accounts, book, paying
from payments.payouts.accounts import NewAccount
from payments.payouts.book import Recorded
from payments.payouts.models import PayRun
from payments.payouts.paying import Wanted
from tests.factories.payouts import BOSS, BOTH, A, make_coop
from tests.support.many_hands import Act, House

PAYEES = tuple(f"member:{letter}" for letter in "abcd")
MUCH_VND = 100_000


def test_lists_made_at_once_are_numbered_one_after_the_other(house: House) -> None:
    house.write(partial(owe, seller_id=house.stand.seller_id))
    assert house.at_once([drafting(house, payee) for payee in PAYEES]) == {"done": len(PAYEES)}
    assert numbers(house) == [1, 2, 3, 4]
    assert house.problems() == []


def test_one_is_promised_once_by_lists_and_cash_at_once(house: House) -> None:
    house.write(partial(owe, seller_id=house.stand.seller_id))
    wanted = Wanted(PAYEES[0], "Bà Nụ", MUCH_VND)
    cash = partial(
        paying.give_cash, seller_id=house.stand.seller_id, given=wanted, word="ký", actor="p:boss"
    )
    acts: list[Act] = [drafting(house, PAYEES[0]), cash] * 2
    assert house.at_once(acts) == {"done": 1, "more_than_owed": 3}


def test_nobody_is_promised_what_a_cancelled_list_pays_at_the_same_moment(house: House) -> None:
    """The bank pays what was cancelled while a new list is made: it is refused, or falls off it."""
    seller, code = house.write(_cancelled)
    told = house.at_once(
        [
            lambda session: paying.draft(session, seller, [BOTH[0]], BOSS),
            lambda session: _bank_pays(session, seller, code),
        ]
    )
    assert told["done"] in (1, 2)
    with Session(house.engine) as session:
        assert paying.on_their_way(session, seller) == {}
        assert book.owed(session, seller, A) == 0
    assert house.problems() == []


def _cancelled(session: Session) -> tuple[str, str]:
    coop = make_coop(session)
    run, rows = coop.run(BOTH[0])
    paying.cancel(session, coop.till.seller_id, run.id, BOSS)
    return coop.till.seller_id, rows[0].code


def _bank_pays(session: Session, seller: str, code: str) -> None:
    account = session.scalars(select(BankAccount.id).where(BankAccount.seller_id == seller)).one()
    said = Said("feed:x", "x", code, False, BOTH[0].amount_vnd, code, f"FT{code}", clock.now_ms())
    intake.take_in(session, account, [said])


def test_without_the_lock_two_lists_take_the_same_number(
    unlocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked.write(partial(owe, seller_id=unlocked.stand.seller_id))
    number_unlocked(monkeypatch)
    with pytest.raises(IntegrityError):
        unlocked.at_once([drafting(unlocked, payee) for payee in PAYEES[:2]])


def number_unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody holds the series, and two read the last number before either writes the next."""
    gate, number = threading.Barrier(2), paying.next_number

    def read(session: Session, seller_id: str) -> int:
        found = number(session, seller_id)
        gate.wait(timeout=30)
        return found

    for lock in ("locked_series", "hold"):
        monkeypatch.setattr(posting, lock, lambda _session, _seller: None)
    monkeypatch.setattr(paying, "next_number", read)


def owe(session: Session, seller_id: str) -> None:
    for payee in PAYEES:
        said = Recorded(payee, "extra", MUCH_VND, "chè", clock.now_ms())
        book.record(session, seller_id, said, "p:boss")
        new = NewAccount(payee, "Agribank", "85001234", "Nguyễn Thị Nụ")
        accounts.put(session, seller_id, new, "p:boss")


def drafting(house: House, payee: str) -> Act:
    wanted = (Wanted(payee, "Bà Nụ", MUCH_VND),)
    seller_id = house.stand.seller_id
    return partial(paying.draft, seller_id=seller_id, wanted=wanted, actor="p:boss")


def numbers(house: House) -> list[int]:
    with Session(house.engine) as session:
        return list(session.scalars(select(PayRun.number).order_by(PayRun.number)))
