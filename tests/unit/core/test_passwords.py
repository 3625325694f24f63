"""Passwords: right or wrong, and the same work for everybody."""

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy.orm import Session

from core.identity import passwords, people
from core.identity.passwords import NOBODYS_HASH, WrongLogin
from tests.factories.identity import make_person

PHONE = "+84912345678"


def test_the_right_password_is_the_persons(session: Session) -> None:
    hoa = make_person(session, phone=PHONE, password="chè xanh 2026")
    assert passwords.person_with(passwords.kept_for(session, PHONE), "chè xanh 2026") == hoa


@pytest.mark.parametrize("typed", ["", "chè xanh", "Chè xanh 2026", "chè xanh 2026 ", "\0"])
def test_any_other_password_is_refused(session: Session, typed: str) -> None:
    make_person(session, phone=PHONE, password="chè xanh 2026")
    with pytest.raises(WrongLogin):
        passwords.person_with(passwords.kept_for(session, PHONE), typed)


def test_a_person_without_a_password_cannot_use_one(session: Session) -> None:
    people.find_or_create(session, PHONE, "Hoa")
    with pytest.raises(WrongLogin):
        passwords.person_with(passwords.kept_for(session, PHONE), "")


def test_an_unknown_number_costs_the_same_work(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_on: list[str] = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher,
        "verify",
        lambda self, kept, typed: worked_on.append(kept) or verify(self, kept, typed),
    )
    with pytest.raises(WrongLogin):
        passwords.person_with(passwords.kept_for(session, PHONE), "x")
    assert worked_on == [NOBODYS_HASH]
    assert extract_parameters(NOBODYS_HASH) == extract_parameters(passwords.hashed("x"))


def test_a_hash_is_salted_and_tells_nothing(session: Session) -> None:
    one, two = passwords.hashed("chè xanh"), passwords.hashed("chè xanh")
    assert one != two
    assert one.startswith("$argon2id$")
    assert len(one) <= 200
