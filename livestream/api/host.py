"""The host's steps for programs: make a session, start and end it, show and price pins.

Who runs the show belongs to the organiser; price and stock of a pin belong to its own seller. Unknown
and not yours both answer 404.
"""

from collections.abc import Callable
from typing import cast

from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.http import steps
from core.http.api import ApiBlueprint
from core.http.current import current_login
from core.identity import logins
from core.identity.logins import Login
from livestream import access, answer_schemas, schemas
from livestream.access import HOSTS
from livestream.delivery import boards
from livestream.desk.hold_rule import MINUTE_MS
from livestream.pins import flash, flash_bodies, pins
from livestream.pins.pins import NewPin
from livestream.room import view
from livestream.shows import going_live, sessions
from livestream.shows.sessions import NewSession
from livestream.talk import comments
from livestream.together import invitations

blueprint = ApiBlueprint(
    "live_host_api", __name__, url_prefix="/api/v1/live", description="Live sessions: run the show."
)

_DEFAULT_HOLD_MINUTES = {"until_end_plus": 30, "minutes": 15}


@blueprint.post("")
@blueprint.arguments(schemas.NewSessionBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def create(body: JsonObject) -> JsonObject:
    """Make a session from listings of one's own seller; each gets its allotment at once."""
    seller_id = cast(str, body["seller"])
    login = logins.require_staff(current_login(), seller_id, *HOSTS)
    rule = cast(str, body["hold_rule"])
    new = NewSession(
        seller_id=seller_id,
        title=cast(str, body["title"]),
        planned_end_ms=clock.now_ms() + cast(int, body["minutes"]) * MINUTE_MS,
        hold_rule=rule,
        hold_minutes=cast(int, body.get("hold_minutes", _DEFAULT_HOLD_MINUTES[rule])),
    )
    pinned = [_new_pin(pin) for pin in cast(list[JsonObject], body["pins"])]

    def act(session: Session, _body: JsonObject) -> JsonObject:
        return _done(session, sessions.create(session, new, pinned))

    return steps.do(login, "live.create", body, act)


@blueprint.post("/<session_id>/start")
@blueprint.arguments(schemas.HostBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def start(body: JsonObject, session_id: str) -> JsonObject:
    """Go live; the first pin is shown, up to three beside it."""
    host = access.require_host(db.session(), session_id, current_login())

    def act(session: Session) -> None:
        going_live.require_host(session, session_id, host)
        sessions.start(session, session_id)

    return _step(session_id, body, "live.start", act)


@blueprint.post("/<session_id>/interrupt")
@blueprint.arguments(schemas.HostBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def interrupt(body: JsonObject, session_id: str) -> JsonObject:
    """Say that the picture is lost; selling goes on."""
    return _step(session_id, body, "live.interrupt", lambda s: sessions.interrupt(s, session_id))


@blueprint.post("/<session_id>/resume")
@blueprint.arguments(schemas.HostBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def resume(body: JsonObject, session_id: str) -> JsonObject:
    """Say that the picture is back."""
    return _step(session_id, body, "live.resume", lambda s: sessions.resume(s, session_id))


@blueprint.post("/<session_id>/end")
@blueprint.arguments(schemas.HostBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def end(body: JsonObject, session_id: str) -> JsonObject:
    """End the show for good: waiting ends, what nobody took returns to the shop."""
    return _step(session_id, body, "live.end", lambda s: sessions.end(s, session_id))


@blueprint.post("/<session_id>/announcement")
@blueprint.arguments(schemas.AnnouncementBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def announce(body: JsonObject, session_id: str) -> JsonObject:
    """Put one line over the room, or take it away."""
    text = cast(str, body["text"])
    return _step(
        session_id, body, "live.announce", lambda s: sessions.announce(s, session_id, text)
    )


@blueprint.get("/<session_id>/host")
@blueprint.response(200, answer_schemas.BoardAnswer)
def read_board(session_id: str) -> JsonObject:
    """The numbers behind a session; money and paid orders of the caller's own sellers only."""
    seller_ids = access.own_sellers(db.session(), session_id, current_login())
    return boards.host_view(db.session(), session_id, seller_ids)


@blueprint.get("/<session_id>/unclear")
@blueprint.response(200, answer_schemas.ChatAnswer)
def read_unclear(session_id: str) -> JsonObject:
    """The moderator's list: comments near an order that were not clear."""
    access.require_moderator(db.session(), session_id, current_login())
    lines = comments.unclear(db.session(), session_id)
    return {"session": session_id, "list": [*lines]}


@blueprint.post("/<session_id>/pins")
@blueprint.arguments(schemas.NewPinBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def add_pin(body: JsonObject, session_id: str) -> JsonObject:
    """Pin one more listing of one's own: the organiser, or a seller that agreed to sell in it."""
    login = current_login()
    hosted = access.hosted_sellers(login)
    assert login is not None  # it hosts, or was refused

    def act(session: Session, _body: JsonObject) -> JsonObject:
        code = invitations.pin(session, session_id, _new_pin(body), hosted)
        return {**_done(session, session_id), "code": code}

    return steps.do(login, "live.pin", {**body, "session": session_id}, act)


@blueprint.post("/<session_id>/pins/<code>/show")
@blueprint.arguments(schemas.HostBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def show_pin(body: JsonObject, session_id: str, code: str) -> JsonObject:
    """Make a pin the main one."""
    asked = {**body, "code": code}
    return _step(session_id, asked, "live.show", lambda s: pins.show(s, session_id, code))


@blueprint.post("/<session_id>/pins/<code>/side")
@blueprint.arguments(schemas.HostBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def show_pin_beside(body: JsonObject, session_id: str, code: str) -> JsonObject:
    """Show a pin beside the main one."""
    asked = {**body, "code": code}
    return _step(session_id, asked, "live.side", lambda s: pins.show_beside(s, session_id, code))


@blueprint.post("/<session_id>/pins/<code>/close")
@blueprint.arguments(schemas.HostBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def close_pin(body: JsonObject, session_id: str, code: str) -> JsonObject:
    """Sell nothing more under a code."""
    asked = {**body, "code": code}
    return _step(session_id, asked, "live.close", lambda s: pins.close(s, session_id, code))


@blueprint.post("/<session_id>/pins/<code>/price")
@blueprint.arguments(schemas.PriceBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def price_pin(body: JsonObject, session_id: str, code: str) -> JsonObject:
    """Ask another price for one's own pin; made claims keep theirs."""
    price_vnd = cast(int, body["price_vnd"])
    return _own_step(
        (session_id, code),
        body,
        "live.price",
        lambda s: pins.change_price(s, session_id, code, price_vnd),
    )


@blueprint.post("/<session_id>/pins/<code>/allotment")
@blueprint.arguments(schemas.AllotmentBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def resize_pin(body: JsonObject, session_id: str, code: str) -> JsonObject:
    """Sell more or fewer packs in all of one's own pin; who waits is served first."""
    packs = cast(int, body["packs"])
    return _own_step(
        (session_id, code),
        body,
        "live.allotment",
        lambda s: pins.change_allotment(s, session_id, code, packs),
    )


@blueprint.post("/<session_id>/pins/<code>/flash")
@blueprint.arguments(flash_bodies.FlashBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def flash_pin(body: JsonObject, session_id: str, code: str) -> JsonObject:
    """Ask a lower price for one's own pin for a while, from now or from a moment soon."""
    window = flash_bodies.window(body)
    return _own_step(
        (session_id, code),
        body,
        "live.flash",
        lambda s: flash.start(s, session_id, code, window),
    )


@blueprint.post("/<session_id>/pins/<code>/flash/end")
@blueprint.arguments(schemas.HostBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def end_flash(body: JsonObject, session_id: str, code: str) -> JsonObject:
    """Take the flash price of one's own pin away."""
    return _own_step(
        (session_id, code),
        body,
        "live.flash.end",
        lambda s: flash.end(s, session_id, code),
    )


def _new_pin(body: JsonObject) -> NewPin:
    return NewPin(
        listing_id=cast(str, body["listing"]),
        packs=cast(int, body["packs"]),
        price_vnd=cast(int, body["price_vnd"]),
        limit_packs=cast(int, body["limit"]),
        code=cast(str, body.get("code", "")),
    )


def _step(
    session_id: str, body: JsonObject, kind: str, act: Callable[[Session], None]
) -> JsonObject:
    """A step of whoever runs the show."""
    login = access.require_host(db.session(), session_id, current_login())
    return _acted(login, session_id, body, kind, act)


def _own_step(
    pin: tuple[str, str], body: JsonObject, kind: str, act: Callable[[Session], None]
) -> JsonObject:
    """A step of the seller whose pin (session and code) it is."""
    session_id, code = pin
    login = access.require_pins_host(db.session(), session_id, code, current_login())
    return _acted(login, session_id, {**body, "code": code}, kind, act)


def _acted(
    login: Login, session_id: str, body: JsonObject, kind: str, act: Callable[[Session], None]
) -> JsonObject:
    def step(session: Session, _body: JsonObject) -> JsonObject:
        act(session)
        return _done(session, session_id)

    return steps.do(login, kind, {**body, "session": session_id}, step)


def _done(session: Session, session_id: str) -> JsonObject:
    return {"ok": True, "session": session_id, "state": view.facts(session, session_id).state}
