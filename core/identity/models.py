"""Tables of people, sellers and logins."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Seller(Base):
    """An organisation that sells and owns bank accounts: the tenant of every row with a `seller_id`."""

    __tablename__ = "sellers"
    __table_args__ = (CheckConstraint("kind IN ('household', 'cooperative')", name="kind"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    story: Mapped[str] = mapped_column(Text, default="")
    owner_name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(200))
    commune: Mapped[str] = mapped_column(String(80))
    tax_id: Mapped[str] = mapped_column(String(20), default="")
    art: Mapped[str] = mapped_column(String(20), default="tea")
    demo: Mapped[bool] = mapped_column(default=False)
    created_ms: Mapped[int] = mapped_column(Big)


class Person(Base):
    """A phone number and a name; a password only for those who want one."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    phone: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    verified_ms: Mapped[int | None] = mapped_column(Big)
    verified_how: Mapped[str | None] = mapped_column(String(12))  # code | payment | call | demo
    created_ms: Mapped[int] = mapped_column(Big)


class Membership(Base):
    """What a person may do for a seller."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint(
            "role IN ('owner', 'manager', 'host', 'moderator', 'packer', 'accountant')", name="role"
        ),
    )

    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(
        Id, ForeignKey("sellers.id"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(12), primary_key=True)


class Officer(Base):
    """Who holds an office of the province: named by an operator, never by themselves."""

    __tablename__ = "officers"

    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), primary_key=True)
    office: Mapped[str] = mapped_column(String(120), default="")
    since_ms: Mapped[int] = mapped_column(Big)
    until_ms: Mapped[int | None] = mapped_column(Big)


class AuthSession(Base):
    """One signed-in device: the token behind cookie, Bearer and socket handshake alike.

    `verified` says this device has proved the number (code, password); a device that merely typed a
    number shares its limits but sees and changes only what it made itself, and goes by the `name`
    typed on it, never by the name somebody else gave that number (ADR 0004).
    """

    __tablename__ = "auth_sessions"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str | None] = mapped_column(Id, ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    verified: Mapped[bool] = mapped_column(default=False)
    device: Mapped[str] = mapped_column(String(120), default="")
    created_ms: Mapped[int] = mapped_column(Big)
    revoked_ms: Mapped[int | None] = mapped_column(Big)


class OneTimeCode(Base):
    """A code sent to a phone number, kept hashed, good for a few minutes and a few tries."""

    __tablename__ = "one_time_codes"
    __table_args__ = (Index("ix_one_time_codes_phone", "phone", "created_ms"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    phone: Mapped[str] = mapped_column(String(16))
    code_hash: Mapped[str] = mapped_column(String(64))
    expires_ms: Mapped[int] = mapped_column(Big)
    tries: Mapped[int] = mapped_column(default=0)
    used_ms: Mapped[int | None] = mapped_column(Big)
    created_ms: Mapped[int] = mapped_column(Big)


class ClientWrite(Base):
    """The answer given to one write of one actor, kept so that a repeat gets the same (promise P5)."""

    __tablename__ = "client_writes"

    actor: Mapped[str] = mapped_column(String(24), primary_key=True)
    client_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(Text, default="")
    created_ms: Mapped[int] = mapped_column(Big, index=True)


class ClockMark(Base):
    """The highest committed time (one row), so that time never runs back over a restart."""

    __tablename__ = "clock_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    at_ms: Mapped[int] = mapped_column(Big)
