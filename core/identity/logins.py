"""Devices and their tokens: issued, resolved to a `Login`, revoked.

A token is 32 random bytes shown once and kept only as a SHA-256 hash. Cookie, Bearer and the socket
handshake carry the same token.
"""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from core import clock
from core.errors import LoginRequired, NotFound
from core.identity.models import AuthSession, Membership, Person
from core.ids import new_id

_DEVICE_LENGTH = 120


@dataclass(frozen=True)
class Login:
    """Who is acting on which device. `person_id` is None for a device that has not given a number.

    `name` is the person's on a proved device, and what was typed on any other (ADR 0004).
    """

    device_id: str
    person_id: str | None
    name: str
    phone: str
    verified: bool
    person_verified: bool
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def actor(self) -> str:
        """The owner of client ids and carts: the person when proved, else this device alone."""
        return f"p:{self.person_id}" if self.person_id and self.verified else f"d:{self.device_id}"

    @property
    def unproved_device_id(self) -> str | None:
        """The device whose own doings alone this login may see; None on a proved device, which sees all."""
        return None if self.verified else self.device_id

    @property
    def seller_ids(self) -> tuple[str, ...]:
        """The sellers this login works for (only a proved device works for a seller)."""
        return tuple(self.roles) if self.verified else ()

    def works_for(self, seller_id: str, *roles: str) -> bool:
        """Whether this login has one of `roles` (any, if none is named) at `seller_id`."""
        held = self.roles.get(seller_id, frozenset()) if self.verified else frozenset()
        return bool(held & frozenset(roles)) if roles else bool(held)

    def owns(self, person_id: str, device_id: str | None) -> bool:
        """Whether a row of `person_id`, made on `device_id`, may be seen and changed by this login."""
        if self.person_id != person_id:
            return False
        return self.verified or self.device_id == device_id


@dataclass(frozen=True)
class SignedIn:
    """A device that is signed in: for whom, and whether it proved their number."""

    person_id: str | None
    verified: bool


def issue(
    session: Session, person_id: str | None, *, verified: bool, device: str = "", name: str = ""
) -> str:
    """Sign a device in and return its token (43 characters), which is not stored and cannot be had again.

    `device` says what it is (the browser's own words, cut at 120 characters), `name` what was typed on it.
    """
    token = secrets.token_urlsafe(32)
    session.add(
        AuthSession(
            id=new_id(),
            token_hash=hash_token(token),
            person_id=person_id,
            name=name,
            verified=verified,
            device=device[:_DEVICE_LENGTH],
            created_ms=clock.now_ms(),
        )
    )
    return token


def resolve(session: Session, token: str) -> Login | None:
    """The login behind `token`, or None when it is unknown or revoked."""
    query = (
        select(AuthSession, Person)
        .outerjoin(Person, Person.id == AuthSession.person_id)
        .where(AuthSession.token_hash == hash_token(token), AuthSession.revoked_ms.is_(None))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    device, person = found
    return Login(
        device_id=device.id,
        person_id=device.person_id,
        name=person.name if person and device.verified else device.name,
        phone=person.phone if person else "",
        verified=device.verified,
        person_verified=bool(person and person.verified_ms),
        roles=_roles(session, person.id) if person and device.verified else {},
    )


def attach(session: Session, device_id: str, person_id: str, name: str) -> None:
    """Let an unverified device act for `person_id` under the typed `name`, unless it acts for another."""
    unproved = update(AuthSession).where(
        AuthSession.id == device_id, AuthSession.verified.is_(False)
    )
    session.execute(
        unproved.where(
            or_(AuthSession.person_id.is_(None), AuthSession.person_id == person_id)
        ).values(person_id=person_id, name=name)
    )


def revoke(session: Session, device_id: str) -> None:
    """Sign a device out for good; its open sockets are closed within two seconds."""
    session.execute(
        update(AuthSession).where(AuthSession.id == device_id).values(revoked_ms=clock.now_ms())
    )


def revoked_among(session: Session, device_ids: list[str]) -> set[str]:
    """Which of `device_ids` have been signed out."""
    query = select(AuthSession.id).where(
        AuthSession.id.in_(device_ids), AuthSession.revoked_ms.is_not(None)
    )
    return set(session.scalars(query))


def signed_in(session: Session, device_ids: Collection[str]) -> Mapping[str, SignedIn]:
    """Those of `device_ids` that are signed in now, in one query."""
    query = select(AuthSession.id, AuthSession.person_id, AuthSession.verified).where(
        AuthSession.id.in_(sorted(device_ids)), AuthSession.revoked_ms.is_(None)
    )
    return {one.id: SignedIn(one.person_id, one.verified) for one in session.execute(query)}


def require_person(login: Login | None) -> str:
    """The person of `login`.

    Raises:
        LoginRequired: nobody is signed in, or the device has given no number.
    """
    if login is None or login.person_id is None:
        raise LoginRequired()
    return login.person_id


def require_staff(login: Login | None, seller_id: str, *roles: str) -> Login:
    """`login`, if it works for `seller_id` in one of `roles` (any, if none is named).

    Raises:
        LoginRequired: nobody is signed in.
        NotFound: the seller is not theirs; unknown and forbidden look the same.
    """
    if login is None:
        raise LoginRequired()
    if not login.works_for(seller_id, *roles):
        raise NotFound()
    return login


def hash_token(token: str) -> str:
    """The form in which a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def _roles(session: Session, person_id: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    query = select(Membership.seller_id, Membership.role).where(Membership.person_id == person_id)
    for seller_id, role in session.execute(query.order_by(Membership.seller_id)):
        found.setdefault(seller_id, set()).add(role)
    return {seller_id: frozenset(roles) for seller_id, roles in found.items()}
