"""The call list of a session: a seller's staff call its buyers, send words, and tick what came of it.

Refuses staff of sellers that are not concerned, and everybody else's buyers (promise P11).
"""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.config import Settings
from core.db import db
from core.errors import NotFound
from core.http import steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Opaque
from core.identity import sellers
from core.identity.logins import Login
from core.phone import format_phone
from livestream import access
from livestream.room import view
from livestream.shows import call_list
from livestream.shows.call_list import Tick, ToCall
from shop import links

blueprint = Blueprint("live_calls", __name__, template_folder="../templates")


class TickForm(Body):
    """A call that was made: to whom, for whom, why, and whether somebody answered."""

    client_id = ClientId()
    seller = Opaque()
    person = Opaque()
    reason = fields.String(required=True, validate=validate.OneOf(call_list.REASONS))
    result = fields.String(required=True, validate=validate.OneOf(["reached", "missed"]))


@blueprint.get("/host/<session_id>/calls")
def calls_page(session_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    return _page(session_id, _own_sellers(session_id, login))


@blueprint.post("/host/<session_id>/calls")
def tick(session_id: str) -> ResponseReturnValue:
    login = current_login()
    own = _own_sellers(session_id, login)
    assert login is not None  # it works for one of them

    def act(session: Session, body: JsonObject) -> None:
        done = _tick(session_id, body, login)
        if done.seller_id not in own:
            raise NotFound()
        call_list.tick(session, done)

    return steps.answer(
        lambda: steps.take(login, act, TickForm),
        f"/host/{session_id}/calls",
        lambda error: _page(session_id, own, steps.refusal(error)),
    )


def _tick(session_id: str, body: JsonObject, login: Login) -> Tick:
    return Tick(
        session_id=session_id,
        seller_id=str(body["seller"]),
        person_id=str(body["person"]),
        reason=str(body["reason"]),
        reached=body["result"] == "reached",
        actor=login.actor,
    )


def _own_sellers(session_id: str, login: Login | None) -> tuple[str, ...]:
    """The sellers of this session for which `login` may call buyers."""
    return access.own_sellers(db.session(), session_id, login, access.MODERATORS)


def _page(session_id: str, own: tuple[str, ...], refusal: str = "") -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return render_template(
        "livestream/calls.html",
        show=view.facts(db.session(), session_id),
        calls=call_list.of_sellers(db.session(), session_id, own),
        sellers=sellers.facts_of(db.session(), own),
        link_of=lambda one: _link(one, f"{settings.public_url}/live/{session_id}"),
        read_phone=format_phone,
        refusal=refusal,
    )


def _link(one: ToCall, room_url: str) -> str:
    """Where the buyer goes on: their order's page, which opens without a login, or the room."""
    return links.order_url(one.order_code, one.order_capability) if one.order_code else room_url
