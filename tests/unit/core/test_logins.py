"""Tokens, and what a login may see."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import LoginRequired, NotFound
from core.identity import logins
from core.identity.models import AuthSession
from tests.factories.identity import make_login, make_person, make_seller


def test_a_token_finds_its_login_and_is_not_stored(session: Session) -> None:
    token, login = make_login(session)
    assert logins.resolve(session, token) == login
    assert token not in session.scalars(select(AuthSession.token_hash)).one()


def test_an_unknown_or_revoked_token_is_nobody(session: Session) -> None:
    token, login = make_login(session)
    logins.revoke(session, login.device_id)
    assert logins.resolve(session, token) is None
    assert logins.resolve(session, "x" * 43) is None
    assert logins.revoked_among(session, [login.device_id, "other"]) == {login.device_id}


def test_an_unproved_device_goes_by_the_name_typed_on_it(session: Session) -> None:
    hoa = make_person(session, "Nguyễn Thị Hoa", verified=True)
    token = logins.issue(session, hoa, verified=False, name="Kẻ lạ")
    login = logins.resolve(session, token)
    assert login is not None
    assert (login.name, login.verified) == ("Kẻ lạ", False)


def test_an_unproved_device_owns_only_what_it_made(session: Session) -> None:
    hoa = make_person(session)
    _, phone = make_login(session, hoa, verified=False)
    _, laptop = make_login(session, hoa)
    assert phone.owns(hoa, phone.device_id)
    assert not phone.owns(hoa, laptop.device_id)
    assert not phone.owns(hoa, None)
    assert laptop.owns(hoa, phone.device_id)
    assert not laptop.owns(make_person(session), laptop.device_id)


def test_only_a_proved_device_works_for_a_seller(session: Session) -> None:
    seller, hoa = make_seller(session), make_person(session)
    _, laptop = make_login(session, hoa, roles={seller: "host"})
    _, phone = make_login(session, hoa, verified=False)
    assert laptop.works_for(seller, "host", "owner")
    assert not laptop.works_for(seller, "owner")
    assert not phone.works_for(seller)
    assert (laptop.seller_ids, phone.seller_ids) == ((seller,), ())


def test_staff_of_another_seller_find_nothing(session: Session) -> None:
    ours, theirs = make_seller(session, "A"), make_seller(session, "B")
    _, login = make_login(session, roles={ours: "owner"})
    assert logins.require_staff(login, ours, "owner") is login
    with pytest.raises(NotFound):
        logins.require_staff(login, theirs)
    with pytest.raises(LoginRequired):
        logins.require_staff(None, ours)


def test_a_device_without_a_number_is_given_one_but_never_another(session: Session) -> None:
    hoa, lan = make_person(session, "Hoa"), make_person(session, "Lan")
    token = logins.issue(session, None, verified=False)
    guest = logins.resolve(session, token)
    assert guest is not None
    with pytest.raises(LoginRequired):
        logins.require_person(guest)
    logins.attach(session, guest.device_id, hoa, "Hoa")
    logins.attach(session, guest.device_id, lan, "Lan")
    login = logins.resolve(session, token)
    assert logins.require_person(login) == hoa
