"""People: a phone number and a name, found or made; how and when the number was proved.

Refuses to let whoever types a number learn or change whose it is: an existing person is never renamed
by `find_or_create`, only by its proved owner (ADR 0004).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.errors import NotFound
from core.identity.models import Person
from core.ids import new_id

_PERSON = "p:"
_NO_PHONE = "nick:"
_PHONE_LENGTH = 16

Proof = Literal["code", "payment", "call", "demo"]
"""How a number was proved: a code sent to it, a bank payment, a call by staff, demo data."""


@dataclass(frozen=True)
class PersonFacts:
    """Who a person is; `phone` is E.164 and shown to the person and the sellers concerned only.

    It is "" for who is known by a nick alone (`add_without_phone`).
    """

    id: str
    name: str
    phone: str
    verified: bool


def find_or_create(session: Session, phone: str, name: str) -> str:
    """The id of the person with `phone` (E.164), made with `name` if there is none.

    An existing person keeps its name. Two callers at once get the same person.
    """
    values: dict[str, object] = {"id": new_id(), "phone": phone, "name": name}
    insert_new(session, Person, {**values, "created_ms": clock.now_ms()})
    return session.scalars(select(Person.id).where(Person.phone == phone)).one()


def add_without_phone(session: Session, name: str) -> str:
    """A new person known by `name` alone, for who orders on another channel; nobody can sign in as them."""
    person = Person(
        id=new_id(),
        phone=f"{_NO_PHONE}{new_id()}"[:_PHONE_LENGTH],
        name=name,
        created_ms=clock.now_ms(),
    )
    session.add(person)
    session.flush()
    return person.id


def rename(session: Session, person_id: str, name: str) -> None:
    """Call `person_id` by `name` (one clean line, at most 80 characters) from now on."""
    session.execute(update(Person).where(Person.id == person_id).values(name=name))


def mark_verified(session: Session, person_id: str, how: Proof) -> None:
    """Note that the person's number was proved; the first proof stays the one on record."""
    session.execute(
        update(Person)
        .where(Person.id == person_id, Person.verified_ms.is_(None))
        .values(verified_ms=clock.now_ms(), verified_how=how)
    )


def set_password(session: Session, person_id: str, password_hash: str) -> None:
    """Let the person sign in with a password, given as `passwords.hashed` answers it."""
    session.execute(
        update(Person).where(Person.id == person_id).values(password_hash=password_hash)
    )


def facts(session: Session, person_id: str) -> PersonFacts:
    """Who `person_id` is.

    Raises:
        NotFound: there is no such person.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound()
    return _facts_of(person)


def facts_of(session: Session, person_ids: Collection[str]) -> dict[str, PersonFacts]:
    """The facts of several people by id, in one query; unknown ids are absent."""
    query = select(Person).where(Person.id.in_(set(person_ids)))
    return {person.id: _facts_of(person) for person in session.scalars(query)}


def names_of(session: Session, actors: Collection[str]) -> dict[str, str]:
    """Who stands behind each of `actors` as histories name them (`p:<person id>`), in one query.

    A device, a command, nobody and whoever is forgotten has no name: "".
    """
    ids = {actor.removeprefix(_PERSON) for actor in actors if actor.startswith(_PERSON)}
    query = select(Person.id, Person.name).where(Person.id.in_(ids))
    found = {f"{_PERSON}{id_}": name for id_, name in session.execute(query)}
    return {actor: found.get(actor, "") for actor in actors}


def _facts_of(person: Person) -> PersonFacts:
    phone = "" if person.phone.startswith(_NO_PHONE) else person.phone
    return PersonFacts(person.id, person.name, phone, person.verified_ms is not None)
