"""Money that waits for days is told by the day on which it was heard; what was placed is not."""

from sqlalchemy.orm import Session

from core.clock import FixedClock
from payments.desk import aged, decisions
from payments.desk.aged import Turned
from payments.desk.decisions import Word
from payments.desk.desk_rules import Share
from payments.refunds.rules import Source
from payments.states import Account
from tests.factories.payments import Till, make_till
from tests.factories.refunds import bank_sends, begin, paid

DAY_MS = 86_400_000


def turned(session: Session, till: Till) -> list[tuple[int, int, int]]:
    """How old, how many, how much."""
    mine = [one for one in aged.turned(session) if one.seller_id == till.seller_id]
    return [(one.days, one.number, one.amount_vnd) for one in mine]


def test_what_waits_turns_old_after_three_days_and_once_more_after_seven(
    session: Session, time_at: FixedClock
) -> None:
    till = make_till(session)
    bank_sends(session, till, "tien che", 41_000, "in")
    bank_sends(session, till, "khong ro", 9_000)
    days = {}
    for day in range(12):
        days[day] = turned(session, till)
        time_at.advance(DAY_MS)
    three, seven = [(3, 2, 50_000)], [(7, 2, 50_000)]
    assert days == {
        **{day: [] for day in range(12)},
        **dict.fromkeys((4, 5, 6), three),
        **dict.fromkeys((8, 9, 10), seven),
    }


def test_each_day_is_told_by_itself(session: Session, time_at: FixedClock) -> None:
    till = make_till(session)
    for _day in range(2):
        bank_sends(session, till, "tien che", 41_000, "in")
        time_at.advance(DAY_MS)
    time_at.advance(3 * DAY_MS)
    found = aged.turned(session)
    assert [type(one) for one in found] == [Turned, Turned]
    assert found[0].day + 1 == found[1].day


def test_what_has_its_place_or_goes_back_is_not_old(session: Session, time_at: FixedClock) -> None:
    till = make_till(session)
    reference = paid(session, till, more_vnd=20_000)
    bank_sends(session, till, "tra no", 50_000, "in")
    time_at.advance(5 * DAY_MS)
    old = aged.of_seller(session, till.seller_id)
    assert sorted(one.amount_vnd for one in old.lines) == [20_000, 50_000]
    begin(session, till, reference, 20_000, Source.EXTRA)
    (line,) = aged.of_seller(session, till.seller_id).lines
    word = Word(till.seller_id, line.line_id, 0, "p:staff", "trả nợ")
    decisions.place(session, word, [Share(50_000, None, Account.NOT_OURS)])
    assert aged.of_seller(session, till.seller_id).lines == ()
