"""The verify desk: that a seller, its food-safety paper and a host were looked at, and until when it counts.

Written down by an officer; a seller's own managers may confirm its hosts. Nobody confirms themselves.
Whether one counts is judged by the day it is looked at, never by a job. Refuses to change a row: what
was confirmed is withdrawn and confirmed anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import owned
from core.errors import BadRequest, LoginRequired, NotFound
from core.identity import officers, sellers, staff
from core.identity.logins import Login
from core.ids import new_id
from core.text import clean_line
from livestream.errors import NotYourself
from livestream.shows.show_models import Confirmation

KINDS = ("seller", "food", "host")
"""What is confirmed: who the seller is, that it may sell food, who stands before the camera."""
HOSTS = ("owner", "manager", "host")
MANAGERS = ("owner", "manager")
PAPER_LENGTH = 120


@dataclass(frozen=True)
class NewConfirmation:
    """What was looked at (`paper`), until which last day it counts, for a `host` the person."""

    kind: str
    seller_id: str
    paper: str
    valid_until: date
    person_id: str = ""


@dataclass(frozen=True)
class ConfirmationFacts:
    """A confirmation that was not withdrawn; `valid_until` is the last day it counts."""

    id: str
    kind: str
    seller_id: str
    person_id: str
    paper: str
    valid_until: date
    by_person_id: str
    at_ms: int

    def counts_on(self, on: date) -> bool:
        """Whether it counts on that day."""
        return on <= self.valid_until


def confirm(session: Session, new: NewConfirmation, by_person_id: str) -> str:
    """Write a confirmation down; one of the same thing that stood is withdrawn. Returns its id.

    `by_person_id` is "" for the installation itself (demo data).

    Raises:
        NotFound: no such seller, or the person does not host for it.
        BadRequest: no such kind, no paper named, or its last day is over. NotYourself: one's own hosting.
    """
    paper = _checked(session, new, by_person_id)
    for former in _standing(session, [new.seller_id]):
        if (former.kind, former.person_id or "") == (new.kind, new.person_id):
            former.withdrawn_ms = clock.now_ms()
    row = Confirmation(
        id=new_id(),
        kind=new.kind,
        seller_id=new.seller_id,
        person_id=new.person_id or None,
        paper=paper,
        valid_until=new.valid_until,
        by_person_id=by_person_id or None,
        at_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    return row.id


def withdraw(session: Session, seller_id: str, confirmation_id: str) -> None:
    """Have a confirmation count no more, from now on; a second time changes nothing.

    Raises:
        NotFound: there is none, or not of this seller.
    """
    row = owned(session, Confirmation, confirmation_id, seller_id)
    row.withdrawn_ms = row.withdrawn_ms or clock.now_ms()
    session.flush()


def get(session: Session, seller_id: str, confirmation_id: str) -> ConfirmationFacts:
    """One confirmation.

    Raises:
        NotFound: there is none, or not of this seller.
    """
    return _facts(owned(session, Confirmation, confirmation_id, seller_id))


def of_sellers(
    session: Session, seller_ids: Collection[str]
) -> dict[str, tuple[ConfirmationFacts, ...]]:
    """What stands of each of the sellers, whether its last day is over or not; one query."""
    found: dict[str, list[ConfirmationFacts]] = {one: [] for one in seller_ids}
    for row in _standing(session, seller_ids) if found else ():
        found[row.seller_id].append(_facts(row))
    return {seller_id: tuple(rows) for seller_id, rows in found.items()}


def may_confirm(session: Session, login: Login | None, seller_id: str) -> frozenset[str]:
    """The kinds `login` may confirm of a seller: an officer all, its managers its hosts.

    An officer who works for the seller is not its officer here.

    Raises:
        LoginRequired: nobody is signed in. NotFound: neither an officer nor one of its managers.
    """
    if login is None:
        raise LoginRequired()
    if login.works_for(seller_id, *MANAGERS):
        return frozenset({"host"})
    if login.works_for(seller_id) or officers.held_by(session, login) is None:
        raise NotFound()
    return frozenset(KINDS)


def is_host(session: Session, seller_id: str, person_id: str | None) -> bool:
    """Whether `person_id` is a confirmed host of the seller today."""
    on = clock.today()
    return any(
        one.kind == "host" and one.person_id == person_id and one.counts_on(on)
        for one in of_sellers(session, [seller_id])[seller_id]
    )


def _checked(session: Session, new: NewConfirmation, by_person_id: str) -> str:
    """The paper as it is written down, once all else is right."""
    if new.kind not in KINDS or (new.kind == "host") != bool(new.person_id):
        raise BadRequest(field="kind", why="not a kind")
    sellers.facts(session, new.seller_id)
    if new.kind == "host":
        if new.person_id == by_person_id:
            raise NotYourself()
        if new.person_id not in {
            one.person_id for one in staff.of_seller(session, new.seller_id, HOSTS)
        }:
            raise NotFound()
    paper = clean_line(new.paper, PAPER_LENGTH)
    if not paper:
        raise BadRequest(field="paper", why="empty")
    if new.valid_until < clock.today():
        raise BadRequest(field="valid_until", why="over")
    return paper


def _standing(session: Session, seller_ids: Collection[str]) -> list[Confirmation]:
    query = select(Confirmation).where(
        Confirmation.seller_id.in_(set(seller_ids)), Confirmation.withdrawn_ms.is_(None)
    )
    return list(session.scalars(query.order_by(Confirmation.at_ms, Confirmation.id)))


def _facts(row: Confirmation) -> ConfirmationFacts:
    return ConfirmationFacts(
        id=row.id,
        kind=row.kind,
        seller_id=row.seller_id,
        person_id=row.person_id or "",
        paper=row.paper,
        valid_until=row.valid_until,
        by_person_id=row.by_person_id or "",
        at_ms=row.at_ms,
    )
