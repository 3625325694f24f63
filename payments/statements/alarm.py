"""Says which days do not add up: when the next day begins on the account, and after a statement was taken in.

Not with every line: feeds tell of them in any order, and a day that is missing one for a minute is none to
wake anybody for. Refuses to remember what was said: who listens tells people once (`shop.notices`).
"""

from sqlalchemy.orm import Session

from core import outbox
from payments.bank import accounts
from payments.events import DayBegan, DayBroken
from payments.statements import days
from payments.statements.day_rules import State
from payments.statements.days import Compared

_MOST_SAID = 3


def day_began(session: Session, event: DayBegan) -> None:
    """Judge the last day with lines before the one that began."""
    found = days.of_account(session, event.account_id, days.SHOWN_DAYS)
    before = [one for one in found if one.facts.day < event.day]
    for one in before[:1]:
        _say(session, event.account_id, one)


def judge(session: Session, account_id: str, first_day: int, last_day: int) -> None:
    """Say which days from the first to the last (`date.toordinal`) do not add up: the newest three.

    A file whose balances were read wrong must not ring a phone thirty times; the page has them all.
    """
    found = days.of_account(session, account_id, days.SHOWN_DAYS)
    asked = (one for one in found if first_day <= one.facts.day <= last_day)
    for one in [one for one in asked if one.facts.state is State.BROKEN][:_MOST_SAID]:
        _say(session, account_id, one)


def _say(session: Session, account_id: str, day: Compared) -> None:
    if day.facts.state is not State.BROKEN:
        return
    off_vnd = sum(abs(one.missing_vnd) for one in day.facts.breaks)
    seller_id = accounts.facts(session, account_id).seller_id
    outbox.publish(session, DayBroken(seller_id, account_id, day.facts.day, off_vnd))
