"""A buyer's writes as the protocol answers them, the same for sockets, HTTP and forms; edges all.

Each goes by its client id: sent again, it has the same answer and no second effect (promise P5). Bodies
have passed `schemas` and name their session.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject, WriteKey, each_once, key_of_body, once
from core.db import db, write, write_together
from core.errors import DomainError, LoginRequired
from core.identity.logins import Login
from livestream.desk import checkout, desk, intake, offers
from livestream.desk.checkout import BasketOrder
from livestream.desk.desk import Changed, ChangeRequest, Claimed, ClaimRequest
from livestream.desk.intake import Commented, Outcome
from livestream.talk import chat_gate
from livestream.talk.comments import CommentRequest
from shop.buying import order_form
from shop.ordering import orders_answer


@dataclass(frozen=True)
class Ask:
    """A claim or comment that waits to be served with others, and the key under which it is repeated."""

    key: WriteKey
    request: ClaimRequest | CommentRequest


def claim(login: Login | None, body: JsonObject, received_ms: int) -> JsonObject:
    """Claim packs: `{session, code, qty, client_id}`; `received_ms` (UTC ms) decides the price."""
    return write_together(serve, claim_ask(login, body, received_ms))


def claim_ask(login: Login | None, body: JsonObject, received_ms: int) -> Ask:
    """The ask `claim` makes, for who does not want to wait for its answer.

    Raises:
        LoginRequired: nobody is signed in with a number.
    """
    caller = _caller(login)
    request = ClaimRequest(
        session_id=cast(str, body["session"]),
        code=cast(str, body["code"]),
        qty=cast(int, body["qty"]),
        login=caller,
        received_ms=received_ms,
    )
    return Ask(key_of_body(caller.actor, "live.claim", body), request)


def comment(login: Login | None, body: JsonObject, received_ms: int) -> JsonObject:
    """Say something: `{session, text, client_id}`; each item of an order is answered by itself."""
    chat_gate.admit(current_app, login, body)
    return write_together(serve, comment_ask(login, body, received_ms))


def comment_ask(login: Login | None, body: JsonObject, received_ms: int) -> Ask:
    """The ask `comment` makes, for who does not want to wait for its answer.

    Raises:
        LoginRequired: nobody is signed in with a number.
    """
    caller = _caller(login)
    request = CommentRequest(
        session_id=cast(str, body["session"]),
        text=cast(str, body["text"]),
        login=caller,
        received_ms=received_ms,
    )
    return Ask(key_of_body(caller.actor, "live.comment", body), request)


def serve(session: Session, asks: Sequence[Ask]) -> list[JsonObject | DomainError]:
    """Serve claims and comments that wait together, each under its client id, in the order they came."""

    def act(places: Sequence[int]) -> list[JsonObject | DomainError]:
        return [_told(one) for one in intake.serve(session, [asks[p].request for p in places])]

    return each_once(session, [ask.key for ask in asks], act)


def change(login: Login | None, body: JsonObject, _received_ms: int = 0) -> JsonObject:
    """Lower or withdraw a claim: `{session, claim, qty, client_id}`."""
    caller = _caller(login)
    request = ChangeRequest(
        session_id=cast(str, body["session"]),
        claim_id=cast(str, body["claim"]),
        qty=cast(int, body["qty"]),
        login=caller,
    )
    return _once(caller, "live.change", body, lambda s: _changed(desk.change(s, request)))


def order(login: Login | None, body: JsonObject, _received_ms: int = 0) -> JsonObject:
    """Order a basket: `{session, seller, name, phone?, delivery: {way, address?}, gift?, client_id}`."""
    caller = _caller(login)
    wanted = BasketOrder(
        session_id=cast(str, body["session"]),
        seller_id=cast(str, body["seller"]),
        login=caller,
        name=cast(str, body["name"]),
        phone=cast(str, body.get("phone", "")),
        delivery=order_form.choice_of(body),
        voucher=order_form.voucher_in(body),
        if_differs=order_form.wish_if_differs(body),
    )

    def act(session: Session) -> JsonObject:
        return orders_answer.answer(session, checkout.place(session, wanted))

    return _once(caller, "live.order", body, act)


def hear(session_id: str, login: Login | None) -> None:
    """The caller is about to be shown what is theirs: the clock of what was offered to them starts."""
    if login is None or login.person_id is None:
        return
    heard(session_id, login.person_id, login.unproved_device_id)


def heard(session_id: str, person_id: str, device_id: str | None) -> None:
    """As `hear`, for a buyer whose open page is about to be told; writes only if there is an offer."""
    if offers.unheard(db.session(), session_id, [person_id]):
        write(lambda session: offers.heard(session, session_id, person_id, device_id))


def _caller(login: Login | None) -> Login:
    if login is None or login.person_id is None:
        raise LoginRequired()
    return login


def _once(
    login: Login, kind: str, body: JsonObject, act: Callable[[Session], JsonObject]
) -> JsonObject:
    key = key_of_body(login.actor, kind, body)
    return write(lambda session: once(session, key, lambda: act(session)))


def _told(outcome: Claimed | Commented | DomainError) -> JsonObject | DomainError:
    if isinstance(outcome, DomainError):
        return outcome
    return _claimed(outcome) if isinstance(outcome, Claimed) else _commented(outcome)


def _claimed(done: Claimed) -> JsonObject:
    return {
        "ok": True,
        "claim": done.claim_id,
        "number": done.number,
        "status": done.status,
        "held": done.held,
        "waiting": done.waiting,
        "unit_price_vnd": done.unit_price_vnd,
        "expires_at": clock.iso(done.expires_ms) if done.expires_ms else None,
        "left": done.left,
        "seq": done.seq,
    }


def _changed(done: Changed) -> JsonObject:
    return {
        "ok": True,
        "claim": done.claim_id,
        "held": done.held,
        "waiting": done.waiting,
        "status": done.status,
        "seq": done.seq,
    }


def _commented(done: Commented) -> JsonObject:
    reading = done.reading
    items: list[JsonObject] = [{"code": item.code, "qty": item.packs} for item in reading.items]
    outcomes: list[JsonObject] = [_outcome(outcome) for outcome in done.outcomes]
    return {
        "ok": True,
        "comment": done.comment_id,
        "reading": {"kind": reading.kind, "items": [*items], "why": reading.why},
        "hidden": done.hidden,
        "claims": [*outcomes],
    }


def _outcome(outcome: Outcome) -> JsonObject:
    if isinstance(outcome, DomainError):
        error = {"code": outcome.code, "message": outcome.text(), **outcome.data}
        return {"ok": False, "error": cast(JsonObject, error)}
    return _claimed(outcome) if isinstance(outcome, Claimed) else _changed(outcome)
