"""How somebody comes in and goes out, the same for the JSON edge and the pages.

A number that is only typed gives a device that sees what it makes itself; a password or a code gives one
that sees all of the person's (ADR 0004). No answer here depends on whether a number was known. These are
edges: they write, and they read who is calling from the request.
"""

from dataclasses import dataclass

from flask import current_app, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from core import messages, outbox, rate
from core.config import Settings
from core.db import db, write
from core.errors import LoginRequired
from core.http import current
from core.http.current import current_login
from core.http.origin import comes_from_our_page
from core.identity import codes_by_phone, devices, logins, passwords, people
from core.identity.events import ActorChanged
from core.identity.logins import Login

_NUMBERS_BY_ADDRESS = rate.Limit("auth.phone", burst=2000, refill_ms=50)
_CODES_BY_ADDRESS = rate.Limit("auth.otp", burst=100, refill_ms=2000)
_TRIES_BY_ADDRESS = rate.Limit("auth.tries", burst=300, refill_ms=200)
_TRIES_BY_NUMBER = rate.Limit("auth.login", burst=200, refill_ms=30_000)
# Tighter from one place: whoever guesses there must not lock the owner out everywhere.
_TRIES_BY_NUMBER_HERE = rate.Limit("auth.login.here", burst=10, refill_ms=30_000)
_NAMELESS = "Khách"


@dataclass(frozen=True)
class Entry:
    """A device that is in: its token, the name it goes by, whether it proved its number."""

    token: str
    name: str
    verified: bool


@dataclass(frozen=True)
class _Before:
    """The device the request came from; in a browser (`by_cookie`) a new token replaces its own."""

    login: Login
    by_cookie: bool


def by_number(phone: str, name: str) -> Entry:
    """Let this device act for `phone` (E.164) under `name`, unproved.

    A device that has given this number before, or none, keeps its token.

    Raises:
        TooFast: one network gives numbers faster than a province would.
    """
    rate.take(_NUMBERS_BY_ADDRESS, rate.network_of(request.remote_addr))
    before, token = _before(), _presented()
    if before and token and before.login.verified and before.login.phone == phone:
        return Entry(token, before.login.name, verified=True)
    if before and token and (before.login.person_id is None or before.login.phone == phone):
        device_id = before.login.device_id
        write(lambda session: _give_number(session, device_id, phone, name))
        return Entry(token, name, verified=False)
    words = current.user_agent()

    def admit(session: Session) -> Entry:
        person_id = people.find_or_create(session, phone, name)
        token = logins.issue(session, person_id, verified=False, device=words, name=name)
        return _take_over(session, token, before)

    return write(admit)


def by_password(phone: str, password: str) -> Entry:
    """Sign in with a number (E.164) and a password.

    Raises:
        WrongLogin: they are nobody's.
        TooFast: too many tries for this number, or from this network.
    """
    network = rate.network_of(request.remote_addr)
    rate.take(_TRIES_BY_ADDRESS, network)
    rate.take(_TRIES_BY_NUMBER_HERE, f"{phone} {network}")
    rate.take(_TRIES_BY_NUMBER, phone)
    kept = passwords.kept_for(db.session(), phone)
    db.session.rollback()  # logins that wait for a hash keep no connection from the pages
    person_id = passwords.person_with(kept, password)
    before, words = _before(), current.user_agent()
    return write(lambda session: _admit(session, person_id, before, words))


def send_code(phone: str) -> None:
    """Send a one-time code to `phone` (E.164), known or not.

    Raises:
        SmsOff: this market sends no messages, or none to that number.
        TooFast: too many codes for this number, or from this network.
    """
    messages.require_road()
    rate.take(_CODES_BY_ADDRESS, rate.network_of(request.remote_addr))
    secret_key = _settings().secret_key
    code = write(lambda session: codes_by_phone.make(session, secret_key, phone))
    text = gettext("Mã vào Chợ Phiên: %(code)s. Dùng trong 5 phút, đừng đưa mã cho ai.", code=code)
    if messages.send(phone, text).outcome == messages.REFUSED:
        raise messages.SmsOff()


def by_code(phone: str, code: str) -> Entry:
    """Sign in with the code sent to `phone` (E.164): it proves the number, for the person and this device.

    Raises:
        WrongCode: it does not work (any more).
        TooFast: too many tries from this network.
    """
    rate.take(_TRIES_BY_ADDRESS, rate.network_of(request.remote_addr))
    guess = write(lambda session: codes_by_phone.spend_try(session, phone))
    codes_by_phone.judge(guess, _settings().secret_key, code)
    before, words = _before(), current.user_agent()
    typed = before.login.name if before and before.login.phone == phone else ""

    def admit(session: Session) -> Entry:
        codes_by_phone.use(session, guess)
        person_id = people.find_or_create(session, phone, typed or _NAMELESS)
        if typed and not people.facts(session, person_id).verified:
            people.rename(session, person_id, typed)
        people.mark_verified(session, person_id, "code")
        return _admit(session, person_id, before, words)

    return write(admit)


def keep(entry: Entry) -> None:
    """Keep the token in the browser if a page of ours asks; other clients keep it themselves."""
    if comes_from_our_page(request, _settings()):
        current.keep_device(entry.token)


def leave() -> None:
    """Sign this device out for good.

    Raises:
        LoginRequired: it is not signed in.
    """
    login = current_login()
    if login is None:
        raise LoginRequired()
    write(lambda session: devices.sign_out(session, login, login.device_id))
    current.forget_device()


def _admit(session: Session, person_id: str, before: _Before | None, words: str) -> Entry:
    token = logins.issue(session, person_id, verified=True, device=words)
    return _take_over(session, token, before)


def _take_over(session: Session, token: str, before: _Before | None) -> Entry:
    """Have the new device go on with what the one before began; a browser's old token ends here."""
    entered = logins.resolve(session, token)
    assert entered is not None, "a token just issued resolves"
    if before is not None and not before.login.verified:
        outbox.publish(session, ActorChanged(before.login.actor, entered.actor))
    if before is not None and before.by_cookie:
        logins.revoke(session, before.login.device_id)
    return Entry(token, entered.name, entered.verified)


def _give_number(session: Session, device_id: str, phone: str, name: str) -> None:
    logins.attach(session, device_id, people.find_or_create(session, phone, name), name)


def _before() -> _Before | None:
    login = current_login()
    return _Before(login, by_cookie=not current.bearer_token(request)) if login else None


def _presented() -> str | None:
    return current.presented_token(request, _settings())


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
