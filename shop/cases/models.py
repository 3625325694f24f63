"""Tables of cases: the complaint, and what was said and done about it."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Case(Base):
    """A complaint of one person about one thing of one seller; `capability` opens it without a login.

    `open_key` is its own while it runs, so one person has one running case about one thing, also when
    two devices send at once.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("subject_kind IN ('order', 'listing', 'stream')", name="subject_kind"),
        CheckConstraint("state IN ('open', 'escalated', 'settled', 'withdrawn')", name="state"),
        CheckConstraint("outcome IN ('', 'refund', 'replace', 'credit', 'reject')", name="outcome"),
        CheckConstraint("amount_vnd >= 0", name="amount"),
        CheckConstraint("(state = 'settled') = (outcome <> '')", name="settled"),
        Index("ix_cases_of_seller", "seller_id", "state", "due_ms"),
        Index("ix_cases_due", "state", "due_ms"),
        Index("ix_cases_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    subject_kind: Mapped[str] = mapped_column(String(8))
    subject_id: Mapped[str] = mapped_column(Id)
    title: Mapped[str] = mapped_column(String(160))  # what it is about, as it was called then
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    device_id: Mapped[str | None] = mapped_column(Id, ForeignKey("auth_sessions.id"))
    name: Mapped[str] = mapped_column(String(80))  # as given with the complaint
    phone: Mapped[str] = mapped_column(String(16))  # E.164, for the seller's eyes alone
    capability: Mapped[str] = mapped_column(String(43))
    open_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    problem: Mapped[str] = mapped_column(String(16))
    wants: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10), default="open")
    owner_actor: Mapped[str] = mapped_column(String(40), default="")  # who of the seller's took it
    outcome: Mapped[str] = mapped_column(String(8), default="")
    amount_vnd: Mapped[int] = mapped_column(Big, default=0)
    # What its outcomes gave back of an order, one taken to an officer included.
    given_back_vnd: Mapped[int] = mapped_column(Big, default=0)
    by_officer: Mapped[bool] = mapped_column(default=False)  # the outcome is an officer's
    opened_ms: Mapped[int] = mapped_column(Big)
    due_ms: Mapped[int] = mapped_column(Big)
    warned_ms: Mapped[int | None] = mapped_column(Big)
    answered_ms: Mapped[int | None] = mapped_column(Big)  # the seller's first word
    escalated_ms: Mapped[int | None] = mapped_column(Big)
    ended_ms: Mapped[int | None] = mapped_column(Big)


class CaseNote(Base):
    """One thing said or done in a case; never changed. Its pictures are photos of kind `case`."""

    __tablename__ = "case_notes"
    __table_args__ = (
        CheckConstraint("side IN ('reporter', 'seller', 'officer', 'market')", name="side"),
        UniqueConstraint("case_id", "number", name="uq_case_notes_number"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"))
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    number: Mapped[int] = mapped_column()  # from 1 on within the case
    side: Mapped[str] = mapped_column(String(8))
    actor: Mapped[str] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(10))  # opened, said, took, warned, escalated, …
    text: Mapped[str] = mapped_column(Text, default="")
    at_ms: Mapped[int] = mapped_column(Big)
