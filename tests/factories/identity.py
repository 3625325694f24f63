"""People, sellers and logins for tests."""

import itertools
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from core import clock
from core.identity import logins, passwords, people
from core.identity.logins import Login
from core.identity.models import Membership, Seller
from livestream.shows import confirmations
from livestream.shows.confirmations import NewConfirmation

_numbers = itertools.count(1)


def new_phone() -> str:
    """A mobile number (E.164) no other call gave."""
    return f"+8491{next(_numbers):07d}"


def make_seller(
    session: Session,
    name: str = "HTX Chè Tân Cương",
    kind: str = "cooperative",
    *,
    confirmed: bool = True,
) -> str:
    """A seller, which may sell live unless `confirmed` is off; returns its id."""
    seller = Seller(
        kind=kind,
        name=name,
        owner_name="Người đại diện",
        phone=new_phone(),
        address="Xóm Hồng Thái",
        commune="Tân Cương",
        created_ms=clock.now_ms(),
    )
    session.add(seller)
    session.flush()
    for what in ("seller", "food") if confirmed else ():
        confirm(session, what, seller.id)
    return seller.id


def confirm(
    session: Session, kind: str, seller_id: str, person_id: str = "", *, days: int = 365
) -> str:
    """Confirm a seller, its food paper or a host for so many days more; returns the confirmation's id."""
    until = clock.today() + timedelta(days=days)
    new = NewConfirmation(kind, seller_id, "Số 12/GCN", until, person_id)
    return confirmations.confirm(session, new, "")


def make_person(
    session: Session,
    name: str = "Hoa",
    *,
    phone: str = "",
    verified: bool = True,
    password: str = "",
) -> str:
    """A person; returns its id."""
    person_id = people.find_or_create(session, phone or new_phone(), name)
    if verified:
        people.mark_verified(session, person_id, "call")
    if password:
        people.set_password(session, person_id, passwords.hashed(password))
    return person_id


def make_login(
    session: Session,
    person_id: str | None = None,
    *,
    verified: bool = True,
    roles: Mapping[str, str] | None = None,
) -> tuple[str, Login]:
    """A signed-in device of `person_id` (or of a new person) with `roles` by seller: its token and login.

    Those who may host are confirmed hosts.
    """
    person_id = person_id or make_person(session, verified=verified)
    for seller_id, role in (roles or {}).items():
        session.merge(Membership(person_id=person_id, seller_id=seller_id, role=role))
        session.flush()
        if role in confirmations.HOSTS:
            confirm(session, "host", seller_id, person_id)
    name = people.facts(session, person_id).name
    token = logins.issue(session, person_id, verified=verified, device="Firefox", name=name)
    session.flush()
    login = logins.resolve(session, token)
    assert login is not None
    return token, login


def bearer(token: str) -> dict[str, str]:
    """The headers of a request signed in by `token`."""
    return {"Authorization": f"Bearer {token}"}
