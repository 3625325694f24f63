"""A person is a number; who types it learns and changes nothing."""

import pytest
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import NotFound
from core.identity import people
from core.identity.models import Person

PHONE = "+84912345678"


def test_a_new_number_makes_a_person_and_the_same_number_finds_it(session: Session) -> None:
    hoa = people.find_or_create(session, PHONE, "Hoa")
    assert people.find_or_create(session, PHONE, "Hoa") == hoa
    assert people.facts(session, hoa) == people.PersonFacts(hoa, "Hoa", PHONE, verified=False)


def test_typing_a_known_number_renames_nobody(session: Session) -> None:
    hoa = people.find_or_create(session, PHONE, "Hoa")
    people.find_or_create(session, PHONE, "Kẻ lạ")
    assert people.facts(session, hoa).name == "Hoa"


def test_histories_name_people_and_nobody_else(session: Session) -> None:
    hoa = people.find_or_create(session, PHONE, "Hoa")
    named = people.names_of(session, [f"p:{hoa}", "p:forgotten", f"d:{hoa}", ""])
    assert named == {f"p:{hoa}": "Hoa", "p:forgotten": "", f"d:{hoa}": "", "": ""}


def test_the_owner_may_change_the_name(session: Session) -> None:
    hoa = people.find_or_create(session, PHONE, "Hoa")
    people.rename(session, hoa, "Nguyễn Thị Hoa")
    assert people.facts(session, hoa).name == "Nguyễn Thị Hoa"


def test_the_first_proof_stays_on_record(session: Session, time_at: FixedClock) -> None:
    hoa = people.find_or_create(session, PHONE, "Hoa")
    people.mark_verified(session, hoa, "payment")
    first_ms = time_at.at_ms
    time_at.advance(5000)
    people.mark_verified(session, hoa, "code")
    row = session.get_one(Person, hoa, populate_existing=True)
    assert (row.verified_how, row.verified_ms) == ("payment", first_ms)
    assert people.facts(session, hoa).verified


def test_nobody_has_no_facts(session: Session) -> None:
    with pytest.raises(NotFound):
        people.facts(session, "nobody")
