"""A list that was cancelled and paid by the bank all the same: nobody is paid twice, no đồng is lost."""

import pytest
from sqlalchemy.orm import Session

from core import clock, outbox
from core.clock import FixedClock
from core.outbox import Event
from payments.bank.change_errors import PayoutRests
from payments.events import PayeeAccountChanged, PayoutReturned, PayoutUnwanted
from payments.payouts import accounts, lists, paying
from payments.payouts.accounts import NewAccount
from payments.payouts.errors import MoreThanOwed
from payments.payouts.models import Payout
from shop.members_book import paylist
from tests.factories.payouts import BOSS, BOTH, OTHER, A, Coop, clean, make_coop


@pytest.fixture
def coop(session: Session) -> Coop:
    return make_coop(session)


def two_lists(coop: Coop) -> tuple[list[Payout], list[Payout]]:
    """What stands on a list that was cancelled, and on the one that waits in its place."""
    run, old = coop.run(*BOTH)
    paying.cancel(coop.session, coop.till.seller_id, run.id, BOSS)
    return old, coop.run(*BOTH)[1]


def states(rows: list[Payout]) -> list[str]:
    return [row.state for row in rows]


def test_who_is_paid_by_the_old_list_falls_off_the_new_one(coop: Coop) -> None:
    old, new = two_lists(coop)
    coop.line(old[0].code, 300_000)
    assert (coop.owed(), states(new)) == ((0, 200_000), ["cancelled", "waiting"])
    sheet = paylist.for_bank(coop.session, coop.till.seller_id, new[0].run_id or "")
    assert [row[4] for row in sheet.rows] == [200_000]
    assert clean(coop.session)


def test_the_new_list_is_paid_without_whom_the_old_one_paid(coop: Coop) -> None:
    old, new = two_lists(coop)
    coop.line(old[0].code, 300_000)
    run = lists.run(coop.session, coop.till.seller_id, new[0].run_id or "")
    coop.line(run.code, 200_000)
    assert (coop.owed(), states(new)) == ((0, 0), ["cancelled", "paid"])
    assert clean(coop.session)


def test_what_the_bank_paid_twice_is_kept_back_the_next_time(coop: Coop) -> None:
    old, new = two_lists(coop)
    coop.line(old[0].code, 300_000)
    coop.line(new[0].code, 300_000)
    assert coop.owed() == (-300_000, 200_000)
    coop.owe(400_000)
    with pytest.raises(MoreThanOwed):
        coop.run(coop.wants(100_001))
    coop.run(coop.wants(100_000))
    assert clean(coop.session)


def test_what_is_owed_since_stays_on_the_new_list(coop: Coop, time_at: FixedClock) -> None:
    run, old = coop.run(BOTH[0])
    paying.cancel(coop.session, coop.till.seller_id, run.id, BOSS)
    coop.owe(50_000)
    small = coop.run(coop.wants(50_000))[1]
    time_at.advance(1)
    large = coop.run(coop.wants(300_000))[1]
    coop.line(old[0].code, 300_000)
    assert (coop.owed()[0], states(small), states(large)) == (50_000, ["waiting"], ["cancelled"])


def test_a_return_that_was_none_takes_its_new_promise_back(coop: Coop) -> None:
    _, old = coop.run(BOTH[0])
    coop.line(old[0].code, 300_000)
    back = coop.line("HOAN TRA", 300_000, "in")
    coop.tie(back, old[0].id)
    _, new = coop.run(BOTH[0])
    coop.take_back(back)
    assert (coop.owed()[0], states(new)) == (0, ["cancelled"])
    assert clean(coop.session)


def test_people_hear_of_what_was_paid_though_cancelled_and_of_what_came_back(
    coop: Coop, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Event] = []
    old, _ = two_lists(coop)
    monkeypatch.setattr(outbox, "publish", lambda _, event: said.append(event))
    coop.line(old[0].code, 300_000)
    coop.line(f"HOAN {old[0].code}", 300_000, "in")
    where = (coop.till.seller_id, old[0].id, A, 300_000)
    assert PayoutUnwanted(*where) in said
    assert PayoutReturned(*where, old[0].account_id or "") in said


def moved(coop: Coop, time_at: FixedClock, actor: str = OTHER) -> str:
    time_at.advance(1)
    new = NewAccount(A, "BIDV", "21510001", "NGUYEN THI NU")
    return accounts.put(coop.session, coop.till.seller_id, new, actor)


def test_a_list_pays_the_account_it_was_made_for_whatever_is_written_since(
    coop: Coop, time_at: FixedClock
) -> None:
    coop.owe(6_000_000)
    run, _ = coop.run(coop.wants(6_000_000))
    moved(coop, time_at)
    paying.agree(coop.session, coop.till.seller_id, run.id, OTHER)
    sheet = paylist.for_bank(coop.session, coop.till.seller_id, run.id)
    assert [row[2] for row in sheet.rows] == ["850012345678"]


def test_cancelling_a_list_does_not_lead_its_money_to_a_new_account_at_once(
    coop: Coop, time_at: FixedClock
) -> None:
    run, _ = coop.run(BOTH[0])
    moved(coop, time_at)
    paying.cancel(coop.session, coop.till.seller_id, run.id, BOSS)
    with pytest.raises(PayoutRests):
        coop.run(BOTH[0])


def test_the_same_account_again_rests_no_longer_and_is_told_to_nobody(
    coop: Coop, time_at: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Event] = []
    monkeypatch.setattr(outbox, "publish", lambda _, event: said.append(event))
    first = moved(coop, time_at)
    assert moved(coop, time_at, BOSS) == first
    assert said == [PayeeAccountChanged(coop.till.seller_id, A, first, first=False)]
    assert accounts.newest(coop.session, coop.till.seller_id, [A])[A].at_ms < clock.now_ms()
