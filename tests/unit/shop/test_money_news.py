"""People hear of money once each, however often the event comes, and of no number beyond its last four."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.identity.logins import Login
from payments import payments
from payments.cards.card_events import CardDisputed, CardRefundEnded
from payments.events import (
    DayBroken,
    PaymentDuplicate,
    RefundAccountChanged,
    RefundProved,
    RefundReturned,
)
from payments.refunds import account_rules, buyers_account
from payments.refunds.models import Refund, RefundAccount
from shop.events import LateMoneyOwed
from shop.notices import (
    ladder,
    money_news,
    old_money,
    push_devices,
    reactions,
    roads,
    telling,
)
from shop.notices.models import Notice, NoticeTry
from shop.notices.notice_rules import PAGE_MS, PUSH, SMS
from shop.notices.push_devices import Subscription
from tests.factories.identity import make_login
from tests.factories.notices import FakeRoad, state_of, tries_of
from tests.factories.payments import pay
from tests.factories.refunds import bank_sends, begin, give_account
from tests.factories.shop import PRICE_VND, Stand, make_order, make_stand
from tests.support.push_service import Browser

BACK_VND = 18_000
OTHER = account_rules.read("970405", "1500205123456", "TRAN VAN BINH")
NUMBERS = ("0071000123456", "1500205123456", "850012345678")
CHROME = "https://fcm.googleapis.com/fcm/send/"


@dataclass(frozen=True)
class Sale:
    """An order of one pack that was paid, of which 18.000 đ go back; its seller has an owner and a packer."""

    stand: Stand
    buyer: Login
    code: str
    owner: str
    accountant: str

    @property
    def reference(self) -> str:
        return f"order:{self.code}"


@pytest.fixture(autouse=True)
def no_roads() -> Iterator[None]:
    """No test of another file finds the roads of this one."""
    before = roads._State.roads
    roads.use([])
    yield
    roads.use(before)


@pytest.fixture
def sale(session: Session) -> Sale:
    stand = make_stand(session)
    owner, accountant, _ = (
        make_login(session, roles={stand.seller_id: role})[1].person_id or ""
        for role in ("owner", "accountant", "packer")
    )
    _, buyer = make_login(session)
    code = make_order(session, stand, login=buyer)
    pay(session, stand.till, code, PRICE_VND)
    payments.mark_part_refund_due(session, f"order:{code}", BACK_VND)
    return Sale(stand, buyer, code, owner, accountant)


def told(session: Session, kind: str) -> list[str]:
    """Whom a kind of notice is for; none says a number in full."""
    session.flush()
    rows = session.scalars(select(Notice).where(Notice.kind == kind)).all()
    assert not any(number in row.facts for row in rows for number in NUMBERS)
    return [row.person_id for row in rows]


def facts_of(session: Session, kind: str) -> dict[str, str]:
    return dict(json.loads(session.scalars(select(Notice.facts).where(Notice.kind == kind)).one()))


def refunded(session: Session, sale: Sale) -> str:
    """A refund (its id) that the bank's outgoing line proved."""
    refund = begin(session, sale.stand.till, sale.reference, BACK_VND)
    give_account(session, sale.reference)
    bank_sends(session, sale.stand.till, refund.code, BACK_VND)
    return refund.id


def test_the_buyer_hears_once_that_the_money_is_back(session: Session, sale: Sale) -> None:
    event = RefundProved(sale.reference, refunded(session, sale))
    for _twice in range(2):
        money_news.refund_proved(session, event)
    assert told(session, "refund_proved") == [sale.buyer.person_id]
    said = facts_of(session, "refund_proved")
    assert (said["bank"], said["money"]) == ("Vietcombank •••• 3456", "18.000 đ")


def test_a_returned_refund_is_told_to_its_buyer_and_to_who_keeps_the_books(
    session: Session, sale: Sale
) -> None:
    refund_id = refunded(session, sale)
    money_news.refund_proved(session, RefundProved(sale.reference, refund_id))
    code = facts_of(session, "refund_proved")["code"]
    bank_sends(session, sale.stand.till, _code_of(session, refund_id), BACK_VND, "in")
    for _twice in range(2):
        money_news.refund_returned(session, RefundReturned(sale.reference, refund_id))
    assert told(session, "refund_returned") == [sale.buyer.person_id]
    assert sorted(told(session, "refund_came_back")) == sorted((sale.owner, sale.accountant))
    assert code == sale.code


def test_late_money_is_told_to_who_keeps_the_books(session: Session, sale: Sale) -> None:
    for _twice in range(2):
        reactions.late_money_owed(session, LateMoneyOwed(sale.code, "web", sale.stand.seller_id))
    assert sorted(told(session, "late_money")) == sorted((sale.owner, sale.accountant))
    assert facts_of_all(session, "late_money")["money"] == "18.000 đ"
    assert told(session, "order_refund") == [sale.buyer.person_id]


def test_a_buyer_who_paid_twice_hears_that_they_choose(session: Session, sale: Sale) -> None:
    for _twice in range(2):
        money_news.paid_twice(session, PaymentDuplicate(sale.reference, PRICE_VND))
    assert told(session, "paid_twice") == [sale.buyer.person_id]
    assert facts_of(session, "paid_twice")["code"] == sale.code


def facts_of_all(session: Session, kind: str) -> dict[str, str]:
    """The facts of a kind that went to several people alike."""
    query = select(Notice.facts).where(Notice.kind == kind).distinct()
    return dict(json.loads(session.scalars(query).one()))


def _code_of(session: Session, refund_id: str) -> str:
    return str(session.get_one(Refund, refund_id).code)


def test_money_the_bank_sent_back_is_not_said_to_be_there(
    session: Session, sale: Sale, time_at: FixedClock
) -> None:
    money_news.subscribe()
    refund_id = refunded(session, sale)
    money_news.refund_proved(session, RefundProved(sale.reference, refund_id))
    bank_sends(session, sale.stand.till, _code_of(session, refund_id), BACK_VND, "in")
    roads.use([FakeRoad(SMS)])
    time_at.advance(PAGE_MS)
    ladder.climb(session)
    notice = session.scalars(select(Notice).where(Notice.kind == "refund_proved")).one()
    assert (state_of(session, notice.id), tries_of(session, notice.id)) == ("seen", [])


def changed(session: Session, sale: Sale, actor: str) -> str:
    """The notice (its id) of an account that `actor` gave in place of another; told twice, made once."""
    give_account(session, sale.reference)
    buyers_account.give(session, sale.reference, OTHER, actor)
    (account,) = session.scalars(select(RefundAccount.id).where(RefundAccount.actor == actor))
    for _twice in range(2):
        event = RefundAccountChanged(sale.reference, account)
        money_news.refund_account_changed(session, event)
    assert told(session, "refund_account") == [sale.buyer.person_id]
    return session.scalars(select(Notice.id).where(Notice.kind == "refund_account")).one()


def listen(session: Session, login: Login, name: str) -> None:
    told_at = Subscription(**Browser(endpoint=CHROME + name).fields, lang="vi")
    push_devices.subscribe(session, login, told_at)


def sent_to(session: Session, time_at: FixedClock) -> list[tuple[str, list[str]]]:
    """By which road the one notice goes, and to which devices."""
    time_at.advance(PAGE_MS)
    roads.use([_Push(PUSH), FakeRoad(SMS)])
    ladder.climb(session)
    session.flush()
    tries = session.scalars(select(NoticeTry.id)).all()
    tasks = [task for one in tries if (task := ladder.begin(session, one))]
    return [(one.road, [at.endpoint for _, to in one.to for at in to.devices]) for one in tasks]


class _Push(FakeRoad):
    def leads_to(self, recipient: roads.Recipient) -> bool:
        return bool(recipient.devices)


def test_a_changed_account_is_told_on_the_device_that_ordered_and_not_on_the_thiefs(
    session: Session, sale: Sale, time_at: FixedClock
) -> None:
    _, thief = make_login(session, sale.buyer.person_id)
    listen(session, sale.buyer, "mine")
    listen(session, thief, "thief")
    changed(session, sale, thief.actor)
    assert sent_to(session, time_at) == [(PUSH, [CHROME + "mine"])]


def test_where_only_the_thief_listens_the_number_is_told(
    session: Session, sale: Sale, time_at: FixedClock
) -> None:
    _, thief = make_login(session, sale.buyer.person_id)
    listen(session, thief, "thief")
    notice = changed(session, sale, thief.actor)
    telling.seen_by(session, sale.buyer.person_id or "")  # the thief reads the notices at once
    telling.seen(session, notice)
    assert state_of(session, notice) == "waiting"
    assert [road for road, _ in sent_to(session, time_at)] == [SMS]


def test_the_device_that_changed_it_is_not_asked_about_itself(
    session: Session, sale: Sale, time_at: FixedClock
) -> None:
    listen(session, sale.buyer, "mine")
    changed(session, sale, f"d:{sale.buyer.device_id}")
    assert [road for road, _ in sent_to(session, time_at)] == [SMS]


def test_a_dispute_is_told_to_owners_and_accountants_once(session: Session, sale: Sale) -> None:
    event = CardDisputed(sale.stand.seller_id, sale.reference, PRICE_VND, "line")
    for _twice in range(2):
        money_news.card_disputed(session, event)
    assert sorted(told(session, "card_disputed")) == sorted((sale.owner, sale.accountant))


@pytest.mark.parametrize(
    ("state", "had_gone", "kind"),
    [("succeeded", False, "refund_carded"), ("failed", True, "refund_card_back")],
)
def test_what_staff_gave_back_at_stripe_itself_is_told_too(
    session: Session, sale: Sale, state: str, had_gone: bool, kind: str
) -> None:
    where = (sale.stand.seller_id, sale.reference)
    event = CardRefundEnded(*where, "stripe:re_1", "r1", 20_000, state, had_gone, 0)
    for _twice in range(2):
        money_news.card_refund_ended(session, event)
    assert told(session, kind) == [sale.buyer.person_id]


def test_one_of_ours_is_told_by_its_own_event(session: Session, sale: Sale) -> None:
    where = (sale.stand.seller_id, sale.reference)
    event = CardRefundEnded(*where, "refund:x", "r1", 20_000, "succeeded", False, 0)
    money_news.card_refund_ended(session, event)
    assert told(session, "refund_carded") == []


def test_a_day_that_breaks_is_told_to_owners_and_accountants_once(
    session: Session, sale: Sale
) -> None:
    till = sale.stand.till
    day = date(2026, 11, 24).toordinal()
    for _twice in range(2):
        event = DayBroken(till.seller_id, till.account_id, day, 30_000)
        money_news.day_broken(session, event)
    assert sorted(told(session, "day_broken")) == sorted((sale.owner, sale.accountant))


def test_money_that_waits_is_told_to_owners_and_accountants_once(
    session: Session, sale: Sale, time_at: FixedClock
) -> None:
    bank_sends(session, sale.stand.till, "tien che", 41_000, "in")
    time_at.advance(4 * 86_400_000)
    for _twice in range(2):
        old_money.tell(session)
        time_at.advance(3_600_000)
    assert sorted(told(session, "money_waits")) == sorted((sale.owner, sale.accountant))
    rows = session.scalars(select(Notice.facts).where(Notice.kind == "money_waits"))
    facts = [json.loads(row) for row in rows]
    assert {(one["number"], one["money"], one["days"]) for one in facts} == {("1", "41.000 đ", "3")}
