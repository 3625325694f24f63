"""A day that does not add up is said when it is over, or when the statement was taken in."""

import pytest
from sqlalchemy.orm import Session

from core import outbox
from core.events import Event
from payments.events import DayBegan, DayBroken
from payments.statements import alarm
from tests.factories.payments import Till, Transfer, make_till, sepay_body, tell

pytestmark = pytest.mark.usefixtures("time_at")
DAY = 739_944


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """The events of days, in their order."""
    found: list[Event] = []
    monkeypatch.setattr(outbox, "publish", lambda _, event: found.append(event))
    return found


def hear(session: Session, till: Till, amount_vnd: int, balance_vnd: int, at: str) -> None:
    body = sepay_body(till, Transfer("tien che", amount_vnd, at=f"2026-11-{at}"))
    tell(session, till, body.replace(b'"accumulated": 0', f'"accumulated": {balance_vnd}'.encode()))


def days_said(said: list[Event]) -> list[tuple[str, int]]:
    return [(type(one).__name__, one.day) for one in said if isinstance(one, DayBegan | DayBroken)]


def test_a_day_begins_once_on_an_account(session: Session, said: list[Event]) -> None:
    till = make_till(session)
    for at in ("24 08:00:00", "24 09:00:00", "25 07:00:00"):
        hear(session, till, 50_000, 0, at)
    assert days_said(said) == [("DayBegan", DAY), ("DayBegan", DAY + 1)]


def broken_till(session: Session) -> Till:
    """An account of which the feed missed 30.000 đ on the 24th."""
    till = make_till(session)
    hear(session, till, 50_000, 150_000, "24 08:00:00")
    hear(session, till, 20_000, 200_000, "24 09:00:00")
    return till


def test_a_day_that_is_over_and_does_not_add_up_is_said(
    session: Session, said: list[Event]
) -> None:
    till = broken_till(session)
    alarm.day_began(session, DayBegan(till.account_id, DAY))  # it runs still
    assert DayBroken(till.seller_id, till.account_id, DAY, 30_000) not in said
    alarm.day_began(session, DayBegan(till.account_id, DAY + 1))
    assert said[-1] == DayBroken(till.seller_id, till.account_id, DAY, 30_000)


def test_days_of_a_statement_are_judged_and_no_others(session: Session, said: list[Event]) -> None:
    till = broken_till(session)
    alarm.judge(session, till.account_id, DAY - 9, DAY - 1)
    assert not [one for one in said if isinstance(one, DayBroken)]
    alarm.judge(session, till.account_id, DAY - 9, DAY)
    assert [one for one in said if isinstance(one, DayBroken)]


def test_a_day_that_adds_up_is_not_said(session: Session, said: list[Event]) -> None:
    till = make_till(session)
    hear(session, till, 50_000, 150_000, "24 08:00:00")
    hear(session, till, 20_000, 170_000, "24 09:00:00")
    alarm.judge(session, till.account_id, DAY, DAY)
    assert not [one for one in said if isinstance(one, DayBroken)]
