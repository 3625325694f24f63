"""Who works for a seller, as the packages above may know it. Refuses to change anything."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity.models import Membership, Person


@dataclass(frozen=True)
class StaffFacts:
    """One who works for a seller, with all their roles there; for eyes of that seller and of officers."""

    person_id: str
    name: str
    roles: frozenset[str]


def of_seller(session: Session, seller_id: str, roles: Collection[str]) -> tuple[StaffFacts, ...]:
    """Those with one of `roles` at `seller_id`, by name; one query."""
    query = (
        select(Person.id, Person.name, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.seller_id == seller_id)
        .order_by(Person.name, Person.id)
    )
    names: dict[str, str] = {}
    held: dict[str, set[str]] = {}
    for person_id, name, role in session.execute(query):
        names[person_id] = name
        held.setdefault(person_id, set()).add(role)
    wanted = set(roles)
    return tuple(
        StaffFacts(person_id, name, frozenset(held[person_id]))
        for person_id, name in names.items()
        if held[person_id] & wanted
    )
