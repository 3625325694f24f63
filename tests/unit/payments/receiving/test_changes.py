"""Where a seller's money arrives changes by two owners or after a day, and all owners hear of it."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import fsck, outbox
from core.clock import FixedClock
from core.errors import BadRequest, NotFound
from payments import payments
from payments.bank import accounts
from payments.bank.change_errors import (
    AccountKnown,
    AnotherOwnerNeeded,
    ChangeOver,
    HolderDiffers,
    NoSuchBank,
    ReceivesAlready,
)
from payments.bank.change_rules import WAIT_MS
from payments.events import ReceivingAccountTold
from payments.receiving import changes
from payments.receiving.changes import Given
from payments.receiving.models import ReceivingChange
from shop.notices import account_news
from shop.notices.models import Notice
from tests.factories.identity import make_login, make_seller
from tests.factories.payments import Till, make_till, open_payment

BANK, NUMBER, HOLDER = "970436", "0123456789", "HTX CHE"
FIRST, SECOND = "p:first-owner", "p:second-owner"


def given(seller: str, number: str = NUMBER, **changed: str) -> Given:
    said = {"number": number, "number_again": number, "holder": HOLDER, "holder_again": HOLDER}
    return Given(seller, **{"bank": BANK, **said, **changed})


def another(session: Session, till: Till, number: str = NUMBER) -> str:
    return changes.add(session, given(till.seller_id, number), "Vietcombank")


def asked(session: Session, till: Till, number: str = NUMBER) -> tuple[str, str]:
    """One more account, asked for by the first owner: its id and the change's."""
    account = another(session, till, number)
    return account, changes.ask(session, account, given(till.seller_id, number), FIRST)


def receives(session: Session, till: Till) -> str:
    return accounts.receiving(session, till.seller_id).id


def test_the_first_account_receives_at_once_and_one_more_does_not(session: Session) -> None:
    seller = make_seller(session)
    first = changes.add(session, given(seller), "Vietcombank")
    changes.add(session, given(seller, "555566667777"), "Vietcombank")
    assert accounts.receiving(session, seller).id == first


def test_a_second_owners_yes_changes_it_at_once(session: Session) -> None:
    till = make_till(session)
    account, change = asked(session, till)
    assert receives(session, till) == till.account_id
    changes.confirm(session, till.seller_id, change, SECOND)
    assert receives(session, till) == account


def test_without_a_second_owner_it_takes_a_day(session: Session, time_at: FixedClock) -> None:
    till = make_till(session)
    account, _ = asked(session, till)
    time_at.advance(WAIT_MS - 1)
    assert receives(session, till) == till.account_id
    time_at.advance(1)
    assert receives(session, till) == account


def test_one_stolen_phone_leads_no_money_away_before_another_owner_stops_it(
    session: Session, time_at: FixedClock
) -> None:
    till = make_till(session)
    _, change = asked(session, till)
    with pytest.raises(AnotherOwnerNeeded):
        changes.confirm(session, till.seller_id, change, FIRST)
    time_at.advance(WAIT_MS - 1)
    code = open_payment(session, till)
    assert payments.facts_by_code(session, code).account_number == till.number
    changes.stop(session, till.seller_id, change, SECOND)
    time_at.advance(10 * WAIT_MS)
    assert receives(session, till) == till.account_id


def test_what_was_asked_for_before_keeps_its_account(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    _, change = asked(session, till)
    changes.confirm(session, till.seller_id, change, SECOND)
    assert payments.facts_by_code(session, code).account_number == till.number
    later = payments.facts_by_code(session, open_payment(session, till))
    assert (later.account_number, later.account_holder) == (NUMBER, HOLDER)


def test_a_change_that_is_over_is_neither_confirmed_nor_stopped(
    session: Session, time_at: FixedClock
) -> None:
    till = make_till(session)
    _, change = asked(session, till)
    time_at.advance(WAIT_MS)
    for act in (changes.confirm, changes.stop):
        with pytest.raises(ChangeOver):
            act(session, till.seller_id, change, SECOND)


def test_another_wish_ends_the_one_that_waits(session: Session, time_at: FixedClock) -> None:
    till = make_till(session)
    _, first = asked(session, till)
    time_at.advance(1)
    account, _ = asked(session, till, "888899990000")
    assert [one.state for one in changes.lately(session, till.seller_id)] == [
        "waiting",
        "cancelled",
    ]
    with pytest.raises(ChangeOver):
        changes.confirm(session, till.seller_id, first, SECOND)
    time_at.advance(WAIT_MS)
    assert receives(session, till) == account


def test_what_is_typed_wrong_is_refused_and_nothing_is_added(session: Session) -> None:
    till = make_till(session)
    for wrong, why in (
        (given(till.seller_id, holder_again="HTX CHE KHAC"), HolderDiffers),
        (given(till.seller_id, "12"), BadRequest),
    ):
        with pytest.raises(why):
            changes.add(session, wrong, "Vietcombank")
    account = another(session, till)
    with pytest.raises(AccountKnown):
        another(session, make_till(session))
    with pytest.raises(HolderDiffers):
        changes.ask(session, account, given(till.seller_id, holder_again="AI DO"), FIRST)
    with pytest.raises(NoSuchBank):
        changes.bank_name("123456", demo=False)


def test_nothing_changes_across_sellers(session: Session) -> None:
    till, other = make_till(session), make_till(session)
    account, change = asked(session, till)
    with pytest.raises(NotFound):
        changes.ask(session, account, given(other.seller_id), FIRST)
    with pytest.raises(NotFound):
        changes.confirm(session, other.seller_id, change, SECOND)
    same = Given(till.seller_id, "", "", till.number, "", "HTX Chè Tân Cương")
    with pytest.raises(ReceivesAlready):
        changes.ask(session, till.account_id, same, FIRST)


def test_every_owner_hears_of_each_step_once_and_nobody_else(session: Session) -> None:
    till = make_till(session)
    owners = {_staff(session, till, "owner"), _staff(session, till, "owner")}
    _staff(session, till, "packer")
    account, change = asked(session, till)
    for step in ("asked", "asked", "stopped"):
        event = ReceivingAccountTold(till.seller_id, account, change, step)
        account_news.receiving_told(session, event)
    told = session.execute(select(Notice.person_id, Notice.kind, Notice.facts)).all()
    kinds = ("account_asked", "account_stopped")
    assert sorted((who, kind) for who, kind, _ in told) == sorted(
        (who, kind) for who in owners for kind in kinds
    )
    assert not any(NUMBER in facts for _, _, facts in told)


def _staff(session: Session, till: Till, role: str) -> str:
    _, login = make_login(session, roles={till.seller_id: role})
    return login.person_id or ""


def test_a_wish_is_told_in_the_same_transaction(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(outbox, "publish", lambda _, event: told.append(event))
    till = make_till(session)
    account, change = asked(session, till)
    assert told == [ReceivingAccountTold(till.seller_id, account, change, "asked")]


def test_fsck_sees_buyers_led_to_another_sellers_account(session: Session) -> None:
    till = make_till(session)
    asked(session, till)
    session.execute(update(ReceivingChange).values(account_id=make_till(session).account_id))
    problems = [found for verdict in fsck.run_all(session) for found in verdict.problems]
    assert [one for one in problems if "another seller's account" in one]
