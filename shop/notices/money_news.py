"""People hear of money: buyers of what comes back to them, and those who keep
a seller's books of what was sent back, is disputed or does not add up.

Each is told once however often the event is heard. Refuses a number in full, and to let whoever changed an
account be the one who is told of it: the device that ordered and the number known before are.
"""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from core import clock, outbox
from core.errors import NotFound
from core.identity import people, sellers
from core.money import format_vnd
from core.phone import format_phone
from payments.bank import accounts as receiving
from payments.cards.card_events import CardDisputed, CardRefundEnded
from payments.cards.card_states import FAILED, SUCCEEDED
from payments.events import (
    DayBroken,
    PaymentDuplicate,
    RefundAccountChanged,
    RefundCut,
    RefundProved,
    RefundReturned,
)
from payments.refunds import told
from payments.refunds.rules import CARD, PROVED
from payments.refunds.told import RefundTold
from shop import links
from shop.fees import invoice_facts
from shop.fees.fee_events import FeeInvoiced
from shop.notices import ladder, telling
from shop.notices.telling import News, Whom
from shop.ordering.order_facts import OrderFacts
from shop.refunds import money_back

_CAME_BACK = ("refund_proved", "refund_paid", "refund_carded")


def subscribe() -> None:
    """Hear of refunds, cards and days."""
    outbox.subscribe(PaymentDuplicate, paid_twice)
    outbox.subscribe(RefundProved, refund_proved)
    outbox.subscribe(RefundReturned, refund_returned)
    outbox.subscribe(RefundCut, refund_cut)
    outbox.subscribe(RefundAccountChanged, refund_account_changed)
    outbox.subscribe(CardRefundEnded, card_refund_ended)
    outbox.subscribe(CardDisputed, card_disputed)
    outbox.subscribe(DayBroken, day_broken)
    outbox.subscribe(FeeInvoiced, fee_invoiced)
    for kind in _CAME_BACK:
        ladder.only_while(kind, _is_still_back)


def refund_proved(session: Session, event: RefundProved) -> None:
    """Tell the buyer that their money is back, unless the bank sent it back meanwhile."""
    refund = told.refund(session, event.refund_id)
    order = money_back.order_behind(session, event.reference)
    if order is None or refund.state != PROVED or refund.at_stripe:
        return
    facts = _of_order(session, order, refund.amount_vnd)
    kind = "refund_carded" if refund.method == CARD else "refund_paid"
    if refund.method != CARD and refund.account_id:
        kind, facts["bank"] = "refund_proved", told.account(session, refund.account_id).words
    _tell_buyer(session, order, kind, event.refund_id, facts)


def late_money(session: Session, order: OrderFacts) -> None:
    """Tell who keeps the books that money came for an order that had ended: all of it is owed back."""
    owed_vnd = money_back.of_order(session, order.code).still_vnd
    path = f"/console/{order.seller_id}/refunds"
    facts = _of_order(session, order, owed_vnd)
    telling.tell_bookkeepers(session, News("late_money", order.code, order.seller_id, path, facts))


def paid_twice(session: Session, event: PaymentDuplicate) -> None:
    """Tell the buyer that money came for what was paid, and that they choose what becomes of it."""
    order = money_back.order_behind(session, event.reference)
    if order is not None:
        facts = _of_order(session, order, event.amount_vnd)
        _tell_buyer(session, order, "paid_twice", f"{order.code}.{event.amount_vnd}", facts)


def refund_returned(session: Session, event: RefundReturned) -> None:
    """Tell the buyer to look at the account, and who keeps the books that the money is owed again."""
    refund = told.refund(session, event.refund_id)
    if refund.at_stripe:
        return  # told by `card_refund_ended`
    order = money_back.order_behind(session, event.reference)
    kind = "refund_card_back" if refund.method == CARD else "refund_returned"
    _tell_came_back(session, order, kind, event.refund_id, refund)


def refund_cut(session: Session, event: RefundCut) -> None:
    """Tell the same people of the part of a refund a card did not take."""
    refund = replace(told.refund(session, event.refund_id), amount_vnd=event.less_vnd)
    order = money_back.order_behind(session, event.reference)
    of = f"{event.refund_id}.{event.cut_vnd}"
    _tell_came_back(session, order, "refund_card_back", of, refund)


def refund_account_changed(session: Session, event: RefundAccountChanged) -> None:
    """Warn the buyer on the device that ordered, unless that one did it, and else at the person's number."""
    order = money_back.order_behind(session, event.reference)
    if order is None:
        return
    account = told.account(session, event.account_id)
    seller = sellers.facts(session, order.seller_id)
    facts = {
        **_of_order(session, order, 0),
        "bank": account.words,
        "phone": format_phone(seller.phone),
    }
    did_it = account.actor == f"d:{order.device_id}"
    phone = people.facts(session, order.person_id).phone
    whom = Whom(order.person_id, order.name, phone, None if did_it else order.device_id)
    telling.tell(session, _news(order, "refund_account", event.account_id, facts), whom)


def card_refund_ended(session: Session, event: CardRefundEnded) -> None:
    """Tell the buyer of money that staff gave back at Stripe itself; ours end with a refund's own event."""
    order = money_back.order_behind(session, event.reference)
    if order is None or not event.by_hand:
        return
    if event.state == SUCCEEDED:
        facts = _of_order(session, order, event.amount_vnd)
        _tell_buyer(session, order, "refund_carded", event.refund_id, facts)
    elif event.state == FAILED and event.had_gone:
        gone = RefundTold(event.seller_id, order.code, CARD, event.amount_vnd, FAILED, None)
        _tell_came_back(session, order, "refund_card_back", event.refund_id, gone)


def card_disputed(session: Session, event: CardDisputed) -> None:
    """Tell owners and accountants at once: a dispute that nobody answers in time is lost."""
    order = money_back.order_behind(session, event.reference)
    facts = {
        "seller": sellers.facts(session, event.seller_id).name,
        "code": order.code if order else event.reference,
        "money": format_vnd(event.amount_vnd),
    }
    path = f"/console/{event.seller_id}/money/cards"
    news = News("card_disputed", event.line_id, event.seller_id, path, facts)
    telling.tell_bookkeepers(session, news)


def day_broken(session: Session, event: DayBroken) -> None:
    """Tell owners and accountants of a day that does not add up, once for the account and the day."""
    account = receiving.facts(session, event.account_id)
    facts = {
        "seller": sellers.facts(session, event.seller_id).name,
        "day": f"{date.fromordinal(event.day):%d/%m/%Y}",
        "bank": f"{account.bank_name} {account.masked_number}",
        "money": format_vnd(event.off_vnd),
    }
    path = f"/console/{event.seller_id}/money/days?account={event.account_id}"
    of = f"{event.account_id}.{event.day}"
    telling.tell_bookkeepers(session, News("day_broken", of, event.seller_id, path, facts))


def fee_invoiced(session: Session, event: FeeInvoiced) -> None:
    """Tell owners and accountants of the month's invoice of fees, once."""
    invoice = invoice_facts.opened(session, event.seller_id, event.number).invoice
    facts = {
        "seller": sellers.facts(session, event.seller_id).name,
        "month": invoice.month.words,
        "money": format_vnd(invoice.total_vnd),
        "day": f"{clock.day_of(invoice.due_ms):%d/%m/%Y}",
    }
    path = f"/console/{event.seller_id}/fees/invoices/{event.number}"
    telling.tell_bookkeepers(
        session, News("fee_invoiced", invoice.id, event.seller_id, path, facts)
    )


def _is_still_back(session: Session, refund_id: str) -> bool:
    """Whether it is true yet that the money went; one made at Stripe itself tells of its return by itself."""
    try:
        return told.refund(session, refund_id).state == PROVED
    except NotFound:
        return True


def _tell_came_back(
    session: Session, order: OrderFacts | None, kind: str, of: str, refund: RefundTold
) -> None:
    if order is not None:
        facts = _of_order(session, order, refund.amount_vnd)
        _tell_buyer(session, order, kind, of, facts)
    facts = {
        "seller": sellers.facts(session, refund.seller_id).name,
        "code": order.code if order else refund.payment_code,
        "money": format_vnd(refund.amount_vnd),
    }
    path = f"/console/{refund.seller_id}/refunds"
    news = News("refund_came_back", of, refund.seller_id, path, facts)
    telling.tell_bookkeepers(session, news)


def _tell_buyer(
    session: Session, order: OrderFacts, kind: str, of: str, facts: dict[str, str]
) -> None:
    whom = Whom(order.person_id, order.name, order.phone, order.device_id)
    telling.tell(session, _news(order, kind, of, facts), whom)


def _news(order: OrderFacts, kind: str, of: str, facts: dict[str, str]) -> News:
    return News(kind, of, order.seller_id, links.order_path(order.code, order.capability), facts)


def _of_order(session: Session, order: OrderFacts, money_vnd: int) -> dict[str, str]:
    return {
        "code": order.code,
        "seller": sellers.facts(session, order.seller_id).name,
        "money": format_vnd(money_vnd),
    }
