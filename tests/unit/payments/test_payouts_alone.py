"""A large sum does not pass in slices: what one person releases alone within 72 hours counts together."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from core import clock
from core.clock import FixedClock
from payments.bank.change_errors import SecondPersonNeeded
from payments.bank.change_rules import ALONE_MS, TWO_PERSONS_FROM_VND
from payments.payouts import accounts, book, lists, paying
from payments.payouts.accounts import NewAccount
from payments.payouts.book import Recorded
from payments.payouts.errors import CashNeedsAnother
from payments.payouts.paying import Wanted
from tests.factories.payments import make_till

A, BOSS, OTHER = "member:a", "p:boss", "p:other"
SLICE_VND = TWO_PERSONS_FROM_VND // 2


@dataclass(frozen=True)
class Coop:
    """A seller that owes A much."""

    session: Session
    seller: str

    def draft(self, actor: str = BOSS, amount_vnd: int = SLICE_VND) -> str:
        return paying.draft(self.session, self.seller, [Wanted(A, "Bà Nụ", amount_vnd)], actor)

    def give(self, actor: str = BOSS, amount_vnd: int = SLICE_VND) -> None:
        given = Wanted(A, "Bà Nụ", amount_vnd)
        paying.give_cash(self.session, self.seller, given, "ký nhận", actor)

    def agree(self, run: str, actor: str) -> None:
        paying.agree(self.session, self.seller, run, actor)

    def state(self, run: str) -> str:
        return lists.run(self.session, self.seller, run).state


@pytest.fixture
def coop(session: Session) -> Coop:
    seller = make_till(session).seller_id
    said = Recorded(A, "extra", 10 * TWO_PERSONS_FROM_VND, "chè", clock.now_ms())
    book.record(session, seller, said, BOSS)
    accounts.put(session, seller, NewAccount(A, "Agribank", "85001234", "Nguyễn Thị Nụ"), BOSS)
    return Coop(session, seller)


def test_the_list_that_makes_it_much_waits_for_another(coop: Coop) -> None:
    first, second = coop.draft(), coop.draft()
    assert (coop.state(first), coop.state(second)) == ("agreed", "drafted")
    with pytest.raises(SecondPersonNeeded):
        coop.agree(second, BOSS)
    coop.agree(second, OTHER)
    assert coop.state(second) == "agreed"


def test_a_list_cancelled_after_it_was_agreed_counts_as_gone(coop: Coop) -> None:
    paying.cancel(coop.session, coop.seller, coop.draft(), BOSS)
    assert coop.state(coop.draft()) == "drafted"


def test_another_person_and_another_week_count_anew(coop: Coop, time_at: FixedClock) -> None:
    coop.draft()
    assert coop.state(coop.draft(OTHER)) == "agreed"
    time_at.advance(ALONE_MS)
    assert coop.state(coop.draft()) == "agreed"


def test_what_two_people_released_is_nobodys_alone(coop: Coop) -> None:
    coop.agree(coop.draft(amount_vnd=TWO_PERSONS_FROM_VND), OTHER)
    assert coop.state(coop.draft()) == "agreed"


def test_much_cash_is_given_by_another_or_as_a_list(coop: Coop) -> None:
    coop.draft()
    with pytest.raises(CashNeedsAnother):
        coop.give()
    coop.give(OTHER)
    with pytest.raises(CashNeedsAnother):
        coop.give("p:third", TWO_PERSONS_FROM_VND)
    assert coop.state(coop.draft(OTHER)) == "drafted"
