"""Members hear of their money, at the number in the cooperative's book; its keepers hear what went wrong."""

import json
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.events import PayeeAccountChanged, PayoutPaid, PayoutReturned, PayoutUnwanted
from payments.payouts import accounts
from payments.payouts.accounts import NewAccount
from shop.members_book.booking import payee_of
from shop.notices import payout_news
from shop.notices.models import Notice
from tests.factories.growers import make_member
from tests.factories.identity import make_login
from tests.factories.payments import make_till

NUMBER, MEMBERS_PHONE = "850012345678", "+84912000041"


@dataclass(frozen=True)
class Book:
    """A cooperative with an owner, an accountant and two members; one of them left a number."""

    session: Session
    seller: str
    owner: str
    accountant: str
    payees: tuple[str, str]

    def account(self, payee: str, number: str = NUMBER) -> str:
        new = NewAccount(payee, "Agribank", number, "Nguyễn Thị Nụ")
        return accounts.put(self.session, self.seller, new, "p:boss")

    def told(self, kind: str) -> list[tuple[str, str]]:
        """Whom a kind of notice is for, with the number it goes to; none says an account in full."""
        self.session.flush()
        rows = self.session.scalars(select(Notice).where(Notice.kind == kind)).all()
        assert not any(NUMBER in row.facts for row in rows)
        return sorted((row.person_id, row.phone) for row in rows)

    def people(self, kind: str) -> set[str]:
        return {person for person, _phone in self.told(kind)}


@pytest.fixture
def kept(session: Session) -> Book:
    seller = make_till(session).seller_id
    owner, accountant = (
        make_login(session, roles={seller: role})[1].person_id or ""
        for role in ("owner", "accountant")
    )
    named = (("Nụ", MEMBERS_PHONE), ("Tấm", ""))
    payees = [payee_of(make_member(session, seller, name, phone=phone)) for name, phone in named]
    return Book(session, seller, owner, accountant, (payees[0], payees[1]))


def test_a_member_who_left_a_number_hears_that_the_bank_paid(kept: Book) -> None:
    for payee in kept.payees:
        account = kept.account(payee)
        for _twice in range(2):
            event = PayoutPaid(kept.seller, f"out{payee}"[-16:], payee, 300_000, account)
            payout_news.payout_paid(kept.session, event)
    assert [phone for _, phone in kept.told("member_paid")] == [MEMBERS_PHONE]
    facts = kept.session.scalars(select(Notice.facts).where(Notice.kind == "member_paid")).one()
    assert json.loads(facts)["bank"] == "Agribank •••• 5678"


def test_money_sent_back_is_told_to_the_member_and_to_who_keeps_the_books(kept: Book) -> None:
    account = kept.account(kept.payees[0])
    for _twice in range(2):
        event = PayoutReturned(kept.seller, "out", kept.payees[0], 300_000, account)
        payout_news.payout_returned(kept.session, event)
    assert [phone for _, phone in kept.told("member_unpaid")] == [MEMBERS_PHONE]
    assert kept.people("payout_came_back") == {kept.owner, kept.accountant}


def test_who_left_no_number_is_told_of_by_those_who_keep_the_books(kept: Book) -> None:
    payout_news.payout_returned(
        kept.session, PayoutReturned(kept.seller, "out", kept.payees[1], 1_000, "")
    )
    assert (kept.told("member_unpaid"), len(kept.told("payout_came_back"))) == ([], 2)


def test_another_account_is_told_to_the_member_and_to_all_owners(kept: Book) -> None:
    account = kept.account(kept.payees[0])
    for _twice in range(2):
        event = PayeeAccountChanged(kept.seller, kept.payees[0], account, first=False)
        payout_news.account_changed(kept.session, event)
    assert [phone for _, phone in kept.told("member_account")] == [MEMBERS_PHONE]
    assert kept.people("payee_account") == {kept.owner}


def test_the_first_account_is_told_to_the_member_alone(kept: Book) -> None:
    event = PayeeAccountChanged(
        kept.seller, kept.payees[0], kept.account(kept.payees[0]), first=True
    )
    payout_news.account_changed(kept.session, event)
    assert (len(kept.told("member_account")), kept.told("payee_account")) == (1, [])


def test_what_was_paid_though_cancelled_is_told_to_who_keeps_the_books(kept: Book) -> None:
    payout_news.payout_unwanted(
        kept.session, PayoutUnwanted(kept.seller, "out", kept.payees[0], 300_000)
    )
    assert kept.people("payout_unwanted") == {kept.owner, kept.accountant}
