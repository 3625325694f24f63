"""The live room for programs: the same rules, bodies and answers as the sockets (docs/live-protocol.md).

Every write goes by its client id. Reading a public session needs no login; what a host sees is in
`api.host`.
"""

from typing import cast

from flask import Response, jsonify

from core import clock, rate
from core.client_ids import JsonObject
from core.db import db
from core.http.api import ApiBlueprint
from core.http.current import current_login
from core.identity import logins
from livestream import answer_schemas, log, schemas
from livestream.delivery import boards, delivery
from livestream.desk import answers
from livestream.room import view
from livestream.room.view import SessionFacts
from livestream.talk import comments
from shop.buying import order_form
from shop.ordering import orders_answer

blueprint = ApiBlueprint(
    "live_api",
    __name__,
    url_prefix="/api/v1/live",
    description="Live sessions: watch, claim, order.",
)

_WRITING = rate.Limit("live.write", burst=60, refill_ms=100)


@blueprint.get("")
@blueprint.response(200, answer_schemas.SessionsAnswer)
def list_sessions() -> JsonObject:
    """What is live now, then what comes next."""
    listed: list[JsonObject] = [session_answer(facts) for facts in view.listed(db.session())]
    return {"sessions": [*listed]}


@blueprint.get("/<session_id>")
@blueprint.response(200, answer_schemas.SnapshotAnswer)
def read_session(session_id: str) -> JsonObject:
    """A session as the room sees it: the snapshot after its event `seq`, and the packs left."""
    snapshot = view.snapshot(db.session(), session_id)
    told = cast(JsonObject, dict(snapshot))
    left: JsonObject = {**boards.left(db.session(), session_id)}
    return {**told, "left": left, "server_time": clock.iso(clock.now_ms())}


@blueprint.get("/<session_id>/events")
@blueprint.arguments(schemas.EventsQuery, location="query")
@blueprint.response(200, answer_schemas.EventsAnswer)
def read_events(query: dict[str, int], session_id: str) -> Response:
    """The events after `after`, at most 5,000, in order and without a gap."""
    view.public_facts(db.session(), session_id)
    after = query["after"]
    entries = delivery.entries_in_turns(session_id, after, log.MOST_ENTRIES)
    told = {
        "session": session_id,
        "from": after + 1,
        "to": after + len(entries),
        "list": entries,
        "server_time": clock.iso(clock.now_ms()),
    }
    return jsonify(told)  # past the schema: for thousands of events that would take half the time


@blueprint.get("/<session_id>/chat")
@blueprint.response(200, answer_schemas.ChatAnswer)
def read_chat(session_id: str) -> JsonObject:
    """The newest lines of the chat, the oldest of them first, phone numbers masked."""
    view.public_facts(db.session(), session_id)
    lines = comments.newest(db.session(), session_id)
    return {"session": session_id, "list": [*lines]}


@blueprint.get("/<session_id>/mine")
@blueprint.response(200, answer_schemas.MineAnswer)
def read_mine(session_id: str) -> JsonObject:
    """The caller's own claims and baskets; a device that only typed its number sees its own alone."""
    login = current_login()
    person_id = logins.require_person(login)
    assert login is not None  # it has a person
    view.public_facts(db.session(), session_id)
    answers.hear(session_id, login)
    return boards.mine(db.session(), session_id, person_id, login.unproved_device_id)


@blueprint.post("/<session_id>/claims")
@blueprint.arguments(schemas.ClaimBody)
@blueprint.response(200, answer_schemas.ClaimAnswer)
def claim(body: JsonObject, session_id: str) -> JsonObject:
    """Claim packs of a code; answered when it is durable."""
    received_ms = clock.now_ms()
    return answers.claim(_asking(), {**body, "session": session_id}, received_ms)


@blueprint.post("/<session_id>/claims/<claim_id>/change")
@blueprint.arguments(schemas.ChangeBody)
@blueprint.response(200, answer_schemas.ChangeAnswer)
def change(body: JsonObject, session_id: str, claim_id: str) -> JsonObject:
    """Lower a claim, keeping its number and place; 0 withdraws it."""
    return answers.change(_asking(), {**body, "session": session_id, "claim": claim_id})


@blueprint.post("/<session_id>/comments")
@blueprint.arguments(schemas.CommentBody)
@blueprint.response(200, answer_schemas.CommentAnswer)
def comment(body: JsonObject, session_id: str) -> JsonObject:
    """Say something; what reads as an order is one, each code answered by itself."""
    received_ms = clock.now_ms()
    return answers.comment(_asking(), {**body, "session": session_id}, received_ms)


@blueprint.post("/<session_id>/orders")
@blueprint.arguments(order_form.OrderBody)
@blueprint.response(200, orders_answer.OrderAnswer)
def order(body: JsonObject, session_id: str) -> JsonObject:
    """Order what the caller holds with one seller: the whole price, with a QR for exactly it."""
    return answers.order(_asking(), {**body, "session": session_id})


def session_answer(facts: SessionFacts) -> JsonObject:
    """A session in a list."""
    return {
        "session": facts.id,
        "title": facts.title,
        "seller": facts.seller_id,
        "seller_name": facts.seller_name,
        "state": facts.state,
        "planned_start": clock.iso(facts.planned_start_ms) if facts.planned_start_ms else None,
        "planned_end": clock.iso(facts.planned_end_ms),
        "started_at": clock.iso(facts.started_ms) if facts.started_ms else None,
        "url": f"/live/{facts.id}",
    }


def _asking() -> logins.Login | None:
    """Who asks to write, if not too fast."""
    login = current_login()
    if login is not None:
        rate.take(_WRITING, login.actor)
    return login
