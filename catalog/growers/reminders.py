"""Sixty days before a paper ends its seller is told once, by message where this market sends any.

The desk counts the days by itself (`certificates.ending_soon`), so a market without messages, or one
that was switched off that day, still says it.
"""

from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalog import certificates
from catalog.growers.days import shown
from catalog.growers.events import CertificateEnding
from catalog.models import Certificate
from core import clock, errands, messages, outbox
from core.db import db
from core.errors import N_
from core.identity import sellers

EVERY_S = 3600.0
_AT_ONCE = 200
_TEXT = N_("Chợ Phiên: giấy tờ số %(number)s hết hạn ngày %(last)s. Bạn lo gia hạn sớm nhé.")


def subscribe() -> None:
    """Have sellers told by message, outside of writes."""
    errands.on(CertificateEnding, tell, told)


def remind_due(session: Session) -> None:
    """Mark and announce each paper that counts today, ends within 60 days and was not announced yet."""
    today = clock.today()
    query = select(Certificate).where(
        Certificate.reminded_ms.is_(None),
        Certificate.valid_until >= today,
        Certificate.valid_until <= today + timedelta(days=certificates.SOON_DAYS),
        or_(Certificate.withdrawn_on.is_(None), Certificate.withdrawn_on > today),
    )
    for paper in session.scalars(
        query.order_by(Certificate.valid_until, Certificate.id).limit(_AT_ONCE)
    ):
        paper.reminded_ms = clock.now_ms()
        outbox.publish(session, CertificateEnding(paper.id, paper.seller_id))


def tell(event: CertificateEnding) -> str:
    """Send the seller a message; says what came of it: `sent`, `sms_off`, or `over` if it counts no more."""
    session = db.session()
    paper = certificates.get(session, event.seller_id, event.certificate_id)
    if paper.valid_until is None or not paper.counts_on(clock.today()):
        return "over"
    text = _TEXT % {"number": paper.number, "last": shown(paper.valid_until)}
    try:
        messages.send(sellers.facts(session, event.seller_id).phone, text)
    except messages.SmsOff:
        return messages.SmsOff.code
    return "sent"


def told(_session: Session, _event: CertificateEnding, _outcome: str) -> None:
    """Nothing is left to write: the paper was marked when it was announced."""
