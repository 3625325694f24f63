"""What a host adds while the show runs, for programs: a product nobody listed, and a former show again."""

from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.http import steps
from core.http.api import ApiBlueprint
from core.http.current import current_login
from livestream import access, answer_schemas, schemas
from livestream.pins import again, pin_bodies, quick_pins
from livestream.room import view

blueprint = ApiBlueprint(
    "live_pins_api", __name__, url_prefix="/api/v1/live", description="Live sessions: quick pins."
)


@blueprint.post("/<session_id>/quick-pins")
@blueprint.arguments(pin_bodies.QuickPinBody)
@blueprint.response(200, answer_schemas.HostAnswer)
def pin_quickly(body: JsonObject, session_id: str) -> JsonObject:
    """Make a product of the organiser's with its stock, and pin it; a running show shows it at once."""
    login = access.require_host(db.session(), session_id, current_login())
    organiser = view.facts(db.session(), session_id).seller_id
    new = pin_bodies.quick_pin(body)

    def act(session: Session, _body: JsonObject) -> JsonObject:
        code = quick_pins.add(session, session_id, organiser, new)
        return {**_done(session, session_id), "code": code}

    return steps.do(login, "live.quick", {**body, "session": session_id}, act)


@blueprint.post("/<session_id>/again")
@blueprint.arguments(schemas.HostBody)
@blueprint.response(200, answer_schemas.AgainAnswer)
def show_again(body: JsonObject, session_id: str) -> JsonObject:
    """Make a new session with the goods of this one, as many as there are now."""
    login = access.require_host(db.session(), session_id, current_login())

    def act(session: Session, _body: JsonObject) -> JsonObject:
        made = again.clone(session, session_id)
        return {**_done(session, made.session_id), "left_out": [*made.left_out]}

    return steps.do(login, "live.again", {**body, "session": session_id}, act)


def _done(session: Session, session_id: str) -> JsonObject:
    return {"ok": True, "session": session_id, "state": view.facts(session, session_id).state}
