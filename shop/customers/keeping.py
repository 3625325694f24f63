"""What staff write into the customer book, and the file it leaves the house as, with who took it and why."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import clock
from core.db import owned
from core.errors import NotFound
from core.identity import people
from core.ids import new_id
from core.phone import format_phone
from core.tables import sheets
from core.tables.sheets import Sheet
from shop.customers import customers
from shop.customers.customers import Customer
from shop.customers.models import CustomerExport, CustomerNote

NOTE_LENGTH = 300
REASON_LENGTH = 160
_MOST_LISTED = 20


@dataclass(frozen=True)
class NoteFacts:
    """A note about a buyer: what, by whom, when (UTC ms)."""

    id: str
    text: str
    name: str
    at_ms: int


@dataclass(frozen=True)
class ExportFacts:
    """That the book went out: what for, how many buyers, by whom, when (UTC ms)."""

    reason: str
    people: int
    name: str
    at_ms: int


def note(session: Session, seller_id: str, person_id: str, text: str, actor: str) -> None:
    """Note something of a buyer.

    Raises:
        NotFound: they never ordered from this seller.
    """
    customers.one(session, seller_id, person_id)
    row = CustomerNote(id=new_id(), seller_id=seller_id, person_id=person_id, text=text)
    row.actor, row.at_ms = actor, clock.now_ms()
    session.add(row)
    session.flush()


def drop_note(session: Session, seller_id: str, person_id: str, note_id: str) -> None:
    """Take a note away for good.

    Raises:
        NotFound: it is not this seller's, or about somebody else.
    """
    row = owned(session, CustomerNote, note_id, seller_id)
    if row.person_id != person_id:
        raise NotFound()
    session.execute(delete(CustomerNote).where(CustomerNote.id == note_id))


def notes_of(session: Session, seller_id: str, person_id: str) -> tuple[NoteFacts, ...]:
    """The notes about a buyer, the newest first."""
    query = select(CustomerNote).where(
        CustomerNote.seller_id == seller_id, CustomerNote.person_id == person_id
    )
    rows = session.scalars(query.order_by(CustomerNote.at_ms.desc(), CustomerNote.id)).all()
    names = people.names_of(session, {row.actor for row in rows})
    return tuple(NoteFacts(row.id, row.text, names[row.actor], row.at_ms) for row in rows)


def log_export(session: Session, seller_id: str, reason: str, actor: str) -> None:
    """Write down that the book is taken away as a file now, and what for."""
    row = CustomerExport(id=new_id(), seller_id=seller_id, reason=reason, actor=actor)
    row.people, row.at_ms = len(customers.everybody(session, seller_id)), clock.now_ms()
    session.add(row)
    session.flush()


def exports_of(session: Session, seller_id: str) -> tuple[ExportFacts, ...]:
    """Who took the book away, the last first, at most twenty."""
    query = select(CustomerExport).where(CustomerExport.seller_id == seller_id)
    newest = query.order_by(CustomerExport.at_ms.desc(), CustomerExport.id).limit(_MOST_LISTED)
    rows = session.scalars(newest).all()
    names = people.names_of(session, {row.actor for row in rows})
    return tuple(ExportFacts(row.reason, row.people, names[row.actor], row.at_ms) for row in rows)


def as_csv(session: Session, seller_id: str) -> bytes:
    """The book as a file for spreadsheets, in the language of this request."""
    header = (
        *(_("Tên"), _("Số điện thoại"), _("Số đơn"), _("Đơn đã mua"), _("Đã mua (đ)")),
        _("Đơn gần nhất"),
    )
    rows = tuple(_line(one) for one in customers.everybody(session, seller_id))
    return sheets.as_csv(Sheet(_("Sổ khách"), header, rows))


def _line(one: Customer) -> tuple[str | int | date, ...]:
    phone, last = format_phone(one.phone), clock.day_of(one.last_ms)
    return (one.name, phone, one.orders, one.bought, one.bought_vnd, last)
