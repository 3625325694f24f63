"""Stored notices are read once, and kept when they cannot be."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.bank import inbox
from payments.events import WebhookStored
from payments.models import BankLine, WebhookBody
from tests.factories.payments import Transfer, make_till, sepay_body, tell


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(BankLine)) or 0


def test_a_notice_becomes_a_bank_line(session: Session) -> None:
    till = make_till(session)
    webhook_id = tell(session, till, sepay_body(till, Transfer("tien che", 50_000, "FT1")))
    line = session.scalars(select(BankLine)).one()
    assert (line.account_id, line.reference, line.amount_vnd) == (till.account_id, "FT1", 50_000)
    assert line.at_ms == 1_795_608_300_000  # 19:05 of 25/11/2026 in Vietnam
    assert session.get_one(WebhookBody, webhook_id).state == "read"


def test_reading_a_notice_again_changes_nothing(session: Session) -> None:
    till = make_till(session)
    webhook_id = tell(session, till, sepay_body(till, Transfer("tien che", 50_000)))
    inbox.read_stored(session, WebhookStored(webhook_id))
    assert count(session) == 1


def test_a_notice_of_a_strangers_account_is_kept_unread(session: Session) -> None:
    till = make_till(session)
    body = sepay_body(till, Transfer("tien che", 50_000), accountNumber="0909")
    stored = session.get_one(WebhookBody, tell(session, till, body))
    assert (stored.state, stored.problem, count(session)) == ("unreadable", "not_our_account", 0)


def test_a_virtual_account_number_is_enough(session: Session) -> None:
    till = make_till(session)
    body = sepay_body(
        till, Transfer("tien che", 50_000), accountNumber="0909", subAccount=till.number
    )
    tell(session, till, body)
    assert count(session) == 1


def test_a_movement_without_a_reference_goes_by_the_providers_id(session: Session) -> None:
    till = make_till(session)
    body = sepay_body(till, Transfer("tien che", 50_000), referenceCode=None, id=92704)
    tell(session, till, body)
    tell(session, till, body)
    assert session.scalars(select(BankLine.reference)).all() == ["sepay:92704"]
