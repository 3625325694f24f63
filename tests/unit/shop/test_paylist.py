"""What is paid for a time is what its statement says, less what was paid since, never more than is owed."""

import pytest
from sqlalchemy.orm import Session

from core import clock
from core.clock import FixedClock
from payments.payouts import book, paying
from payments.payouts.book import Recorded
from payments.payouts.paying import Wanted
from shop.members_book import paylist, reading
from shop.members_book.booking import payee_of
from tests.factories.growers import make_member
from tests.factories.payments import make_till

DAY_MS = 86_400_000


@pytest.fixture
def owed(session: Session, time_at: FixedClock) -> tuple[str, str, int]:
    """A member with 100.000 đ until a moment and 70.000 đ since: seller, member, the moment."""
    seller = make_till(session).seller_id
    member = make_member(session, seller, "Bà Nụ")
    write(session, seller, member, "extra", 100_000)
    time_at.advance(DAY_MS)
    until_ms = clock.now_ms()
    write(session, seller, member, "extra", 70_000)
    return seller, member, until_ms


def write(session: Session, seller: str, member: str, kind: str, amount_vnd: int) -> None:
    said = Recorded(payee_of(member), kind, amount_vnd, "chè", clock.now_ms())
    book.record(session, seller, said, "p:boss")


def due(session: Session, seller: str, until_ms: int | None) -> int:
    return sum(one.due_vnd for one in paylist.payable(session, seller, until_ms))


def test_what_is_due_until_a_day_is_what_its_statement_says(
    session: Session, owed: tuple[str, str, int]
) -> None:
    seller, member, until_ms = owed
    told = reading.statement(session, seller, member, 0, until_ms)
    assert (due(session, seller, until_ms), told.after_vnd) == (100_000, 100_000)
    assert due(session, seller, None) == 170_000


def test_what_was_paid_since_is_not_due_again(session: Session, owed: tuple[str, str, int]) -> None:
    seller, member, until_ms = owed
    given = Wanted(payee_of(member), "Bà Nụ", 100_000)
    paying.give_cash(session, seller, given, "ký nhận", "p:boss")
    assert (due(session, seller, until_ms), due(session, seller, None)) == (0, 70_000)


def test_no_more_is_due_than_is_owed_now(session: Session, owed: tuple[str, str, int]) -> None:
    seller, member, until_ms = owed
    write(session, seller, member, "advance", 120_000)
    assert due(session, seller, until_ms) == 50_000
