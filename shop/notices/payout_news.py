"""Members hear of their money: it was paid, it came back, it goes to another account; its keepers hear too.

The theft to fear is a member's account that somebody changes: the member is told at the number in the
cooperative's book, and all owners. Refuses a number beyond its last four.
"""

from sqlalchemy.orm import Session

from catalog.growers import members
from catalog.growers.members import MemberFacts
from core import outbox
from core.identity import people, sellers
from core.money import format_vnd
from core.phone import format_phone
from payments.events import PayeeAccountChanged, PayoutPaid, PayoutReturned, PayoutUnwanted
from payments.payouts import accounts as payees
from shop.members_book.booking import member_in
from shop.notices import telling
from shop.notices.telling import News, Whom

_MINE = "/account/book"


def subscribe() -> None:
    """Hear of payouts and of where they go."""
    outbox.subscribe(PayoutPaid, payout_paid)
    outbox.subscribe(PayoutReturned, payout_returned)
    outbox.subscribe(PayoutUnwanted, payout_unwanted)
    outbox.subscribe(PayeeAccountChanged, account_changed)


def payout_paid(session: Session, event: PayoutPaid) -> None:
    """Tell a member who left a number that the bank has paid them."""
    facts = _facts(session, event.seller_id, event.amount_vnd, event.account_id)
    for one in _members(session, event.seller_id, event.payee):
        if facts["bank"]:
            _tell(session, one, News("member_paid", event.payout_id, one.seller_id, _MINE, facts))


def payout_returned(session: Session, event: PayoutReturned) -> None:
    """Tell the member to look at their number, and who keeps the books that it is owed again."""
    facts = _facts(session, event.seller_id, event.amount_vnd, event.account_id)
    for one in _members(session, event.seller_id, event.payee):
        _tell(session, one, News("member_unpaid", event.payout_id, one.seller_id, _MINE, facts))
        named = {**facts, "name": one.name}
        news = News("payout_came_back", event.payout_id, one.seller_id, _desk(one), named)
        telling.tell_bookkeepers(session, news)


def payout_unwanted(session: Session, event: PayoutUnwanted) -> None:
    """Tell who keeps the books that the bank paid what was cancelled: another file may be on its way."""
    for one in _members(session, event.seller_id, event.payee):
        facts = {**_facts(session, one.seller_id, event.amount_vnd, ""), "name": one.name}
        path = f"/console/{one.seller_id}/money/payouts"
        news = News("payout_unwanted", event.payout_id, one.seller_id, path, facts)
        telling.tell_bookkeepers(session, news)


def account_changed(session: Session, event: PayeeAccountChanged) -> None:
    """Warn the member of every account that is written down for them, and all owners of another one."""
    facts = _facts(session, event.seller_id, 0, event.account_id)
    for one in _members(session, event.seller_id, event.payee):
        facts |= {"name": one.name, "phone": format_phone(_seller_phone(session, one))}
        _tell(session, one, News("member_account", event.account_id, one.seller_id, _MINE, facts))
        if not event.first:
            news = News("payee_account", event.account_id, one.seller_id, _desk(one), facts)
            telling.tell_owners(session, news)


def _members(session: Session, seller_id: str, payee: str) -> list[MemberFacts]:
    return [*members.facts_of(session, seller_id, [member_in(payee)]).values()]


def _tell(session: Session, member: MemberFacts, news: News) -> None:
    """Have the member be told, if they left a number."""
    if member.phone:
        person_id = people.find_or_create(session, member.phone, member.name)
        telling.tell(session, news, Whom(person_id, member.name, member.phone))


def _facts(session: Session, seller_id: str, amount_vnd: int, account_id: str) -> dict[str, str]:
    account = payees.of_ids(session, [account_id]).get(account_id)
    return {
        "seller": sellers.facts(session, seller_id).name,
        "money": format_vnd(amount_vnd),
        "bank": f"{account.bank_name} •••• {account.last4}" if account else "",
    }


def _seller_phone(session: Session, member: MemberFacts) -> str:
    return sellers.facts(session, member.seller_id).phone


def _desk(member: MemberFacts) -> str:
    return f"/console/{member.seller_id}/money/members/{member.id}"
