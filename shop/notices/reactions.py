"""What makes notices, and what sends them: events of orders and cases, and the errand behind each try.

Handlers may run twice, in any order: a notice is one for its event and person. Sending happens outside of
any write; a try that was begun and not finished counts as sent, for nothing is to come twice.
"""

from dataclasses import replace

from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from core import errands, outbox
from core.db import db, write
from core.http.pages import when
from core.identity import officers, people, sellers
from core.money import format_vnd
from payments.events import FeedConnected, ReceivingAccountTold
from shop import links
from shop.cases import case_facts
from shop.cases.case_events import CaseEscalated, CaseOpened, CaseSaid, CaseSettled, CaseWarned
from shop.cases.case_facts import CaseFacts
from shop.cases.opening import REPORTER
from shop.events import (
    LateMoneyOwed,
    OrderFreezeRuled,
    OrderHandedOver,
    OrderLapsed,
    OrderPlaced,
    OrderSecured,
    OrderStopped,
    OrderWeighed,
)
from shop.notices import (
    account_news,
    freeze_news,
    ladder,
    letters,
    mailboxes,
    money_news,
    roads,
    telling,
)
from shop.notices.ladder import Told
from shop.notices.letters import Letter
from shop.notices.notice_events import MailboxGiven, NoticeDue
from shop.notices.notice_rules import EMAIL
from shop.notices.roads import REFUSED, UNKNOWN, Fate, Recipient
from shop.notices.telling import News, Whom
from shop.ordering import balance, order_facts
from shop.ordering.order_facts import OrderFacts
from shop.reliability.reliability_events import AppealAnswered, AppealMade
from shop.states import EXPIRED, PLACED


def subscribe() -> None:
    """Hear of orders and cases, and send what is due."""
    outbox.subscribe(OrderPlaced, order_placed)
    outbox.subscribe(OrderSecured, order_secured)
    outbox.subscribe(OrderWeighed, order_weighed)
    outbox.subscribe(OrderHandedOver, order_handed_over)
    outbox.subscribe(OrderLapsed, order_lapsed)
    outbox.subscribe(LateMoneyOwed, late_money_owed)
    outbox.subscribe(OrderStopped, freeze_news.stopped)
    outbox.subscribe(OrderFreezeRuled, freeze_news.ruled)
    outbox.subscribe(CaseOpened, case_opened)
    outbox.subscribe(CaseWarned, case_warned)
    outbox.subscribe(CaseEscalated, case_escalated)
    outbox.subscribe(CaseSaid, case_said)
    outbox.subscribe(CaseSettled, case_settled)
    outbox.subscribe(AppealMade, appeal_made)
    outbox.subscribe(AppealAnswered, appeal_answered)
    outbox.subscribe(ReceivingAccountTold, account_news.receiving_told)
    outbox.subscribe(FeedConnected, account_news.feed_connected)
    errands.on(NoticeDue, send, record, give_up)
    errands.on(MailboxGiven, send_link, give_up=not_sent)


def order_placed(session: Session, event: OrderPlaced) -> None:
    order = order_facts.facts(session, event.code)
    if order.awaits_scales:
        facts = {"code": order.code, "until": when(order.pay_by_ms)}
        path = f"/console/orders/{order.code}"
        news = News("order_to_weigh", order.code, order.seller_id, path, facts)
        telling.tell_keepers(session, news)


def order_secured(session: Session, event: OrderSecured) -> None:
    _tell_buyer(session, "order_paid", order_facts.facts(session, event.code))


def order_weighed(session: Session, event: OrderWeighed) -> None:
    order = order_facts.facts(session, event.code)
    if not event.more_vnd and order.state != PLACED:
        return
    weighed = f"{event.code}.{event.at_ms}"
    if on_top := balance.owed(session, event.code):
        _tell_buyer(session, "order_weighed_more", order, weighed, on_top.due_vnd)
    elif order.cut_refund_vnd:
        _tell_buyer(session, "order_weighed_back", order, weighed, order.cut_refund_vnd)
    elif order.state == PLACED:
        _tell_buyer(session, "order_weighed_pay", order, weighed)
    else:
        _tell_buyer(session, "order_weighed", order, weighed)


def order_handed_over(session: Session, event: OrderHandedOver) -> None:
    _tell_buyer(session, "order_on_way", order_facts.facts(session, event.code))


def order_lapsed(session: Session, event: OrderLapsed) -> None:
    order = order_facts.facts(session, event.code)
    if order.refund_due:
        _tell_buyer(session, "order_refund", order)
    elif order.state == EXPIRED and order.unweighed:
        _tell_buyer(session, "order_not_weighed", order)


def late_money_owed(session: Session, event: LateMoneyOwed) -> None:
    order = order_facts.facts(session, event.code)
    _tell_buyer(session, "order_refund", order)
    money_news.late_money(session, order)


def case_opened(session: Session, event: CaseOpened) -> None:
    case = case_facts.facts(session, event.case_id)
    telling.tell_keepers(session, _news_at_desk(session, "case_opened", case, case.id))


def case_warned(session: Session, event: CaseWarned) -> None:
    case = case_facts.facts(session, event.case_id)
    telling.tell_keepers(session, _news_at_desk(session, "case_warned", case, case.id))


def case_escalated(session: Session, event: CaseEscalated) -> None:
    case = case_facts.facts(session, event.case_id)
    office = f"/officer/cases/{case.id}"
    news = News("case_late", case.id, case.seller_id, office, _facts(session, case))
    held = {one.person_id for one in officers.all_now(session)}
    for one in people.facts_of(session, held).values():
        telling.tell(session, news, Whom(one.id, one.name, one.phone))
    _tell_reporter(session, "case_moved", case, case.id)


def case_said(session: Session, event: CaseSaid) -> None:
    case = case_facts.facts(session, event.case_id)
    if event.side == REPORTER:
        telling.tell_keepers(session, _news_at_desk(session, "case_said", case, event.note_id))
    else:
        _tell_reporter(session, "case_said", case, event.note_id)


def case_settled(session: Session, event: CaseSettled) -> None:
    case = case_facts.facts(session, event.case_id)
    _tell_reporter(session, "case_settled", case, f"{case.id}.{case.ended_ms}")


def appeal_made(session: Session, event: AppealMade) -> None:
    who = people.facts(session, event.person_id).name
    path = f"/console/{event.seller_id}/deposits"
    news = News("deposit_appeal", event.appeal_id, event.seller_id, path, {"who": who})
    telling.tell_keepers(session, news)


def appeal_answered(session: Session, event: AppealAnswered) -> None:
    kind = "deposit_forgiven" if event.forgiven else "deposit_kept"
    facts = {"seller": sellers.facts(session, event.seller_id).name}
    path = f"/deposits/{event.seller_id}"
    news = News(kind, event.appeal_id, event.seller_id, path, facts)
    who = people.facts(session, event.person_id)
    telling.tell(session, news, Whom(who.id, who.name, who.phone))


def send(event: NoticeDue) -> Told:
    """Send one try, if nobody has begun it; what it came to."""
    task = write(lambda session: ladder.begin(session, event.try_id))
    if task is None:
        return Told(Fate(UNKNOWN, "begun before"))
    road, link = roads.named(task.road), links.notice_url(task.notice_id)
    if road is None or not task.to:  # it was switched off meanwhile
        return Told(Fate(REFUSED, "no such road"))
    fates = []
    for lang, whom in task.to:
        letter = letters.written(task.kind, task.facts, link, lang)
        fates.append(road.send(whom, replace(letter, stale_ms=task.stale_ms), task.key))
    return Told(roads.merged(fates), letter.text)


def record(session: Session, event: NoticeDue, told: Told) -> None:
    ladder.record(session, event.try_id, told)


def give_up(session: Session, event: NoticeDue) -> None:
    ladder.record(session, event.try_id, Told(Fate(UNKNOWN, "given up")))


def send_link(event: MailboxGiven) -> None:
    """Send the link that proves whose mailbox it is; it may come twice, which does no harm."""
    mailbox = mailboxes.of_person(db.session(), event.person_id)
    token = mailboxes.token_of(db.session(), event.person_id)
    road = roads.named(EMAIL)
    if road is None or mailbox.confirmed or not token:
        return
    with force_locale(mailbox.lang):
        subject = gettext("Xác nhận hộp thư của bạn ở Chợ Phiên")
        text = gettext("Bạn mở đường dẫn này để nhận tin của chợ qua thư:")
    letter = Letter(subject, f"{text} {links.mailbox_url(token)}")
    road.send(Recipient("", "", mailbox.address), letter, token.replace(".", "-"))


def not_sent(_session: Session, _event: MailboxGiven) -> None:
    """The page says that it waits; typing the address again sends another link."""


def _tell_buyer(
    session: Session,
    kind: str,
    order: OrderFacts,
    event: str = "",
    money_vnd: int = 0,
) -> None:
    seller = sellers.facts(session, order.seller_id)
    facts = {"code": order.code, "seller": seller.name, "sum": format_vnd(order.amount_vnd)}
    if money_vnd:
        facts["money"] = format_vnd(money_vnd)
    path = links.order_path(order.code, order.capability)
    news = News(kind, event or order.code, order.seller_id, path, facts)
    telling.tell(session, news, Whom(order.person_id, order.name, order.phone, order.device_id))


def _tell_reporter(session: Session, kind: str, case: CaseFacts, event: str) -> None:
    path = links.case_path(case.id, case.capability)
    news = News(kind, event, case.seller_id, path, _facts(session, case))
    telling.tell(session, news, Whom(case.person_id, case.name, case.phone, case.device_id))


def _news_at_desk(session: Session, kind: str, case: CaseFacts, event: str) -> News:
    facts = {**_facts(session, case), "who": case.name}
    path = f"/console/{case.seller_id}/cases/{case.id}"
    return News(kind, event, case.seller_id, path, facts)


def _facts(session: Session, case: CaseFacts) -> dict[str, str]:
    seller = sellers.facts(session, case.seller_id).name
    until = when(case.until_ms) if case.until_ms else ""
    return {"title": case.title, "seller": seller, "who": seller, "until": until}
