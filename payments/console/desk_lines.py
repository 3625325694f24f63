"""The desk of money that waits: the lists, a line with what it may mean, a person's word about it."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.db import db, owned
from core.errors import BadRequest, NotFound
from core.http import steps
from core.http.current import current_login
from core.identity import people, sellers
from core.money import parse_vnd
from payments.console import desk_bodies
from payments.console.desk_bodies import MOST_SHARES
from payments.desk import (
    decisions,
    desk_rules,
    dues,
    kinds,
    lines,
    open_payments,
    proposals,
    rights,
    strangers,
)
from payments.desk.decisions import Word
from payments.desk.desk_rules import Share
from payments.desk.kinds import Kind
from payments.desk.lines import LineFacts
from payments.models import BankLine
from payments.states import Account

blueprint = Blueprint("money_desk", __name__, url_prefix="/console/<seller>/money")

_SHOWS = ("in", "out", "done")
Act = Callable[[Session, Word, JsonObject], None]
"""What a form does, for whom and about which line."""


@blueprint.get("/inbox")
def inbox(seller: str) -> str:
    """What waits, the oldest first: money in, or money out; or what was decided lately."""
    rights.seer(current_login(), seller)
    session, show = db.session(), request.args.get("show", "in")
    if show not in _SHOWS:
        raise NotFound()
    done = lines.lately(session, seller) if show == "done" else ()
    return render_template(
        "payments/money_inbox.html",
        seller=sellers.facts(session, seller),
        now_ms=clock.now_ms(),
        show=show,
        waits=lines.waiting(session, seller, outgoing=show == "out") if show != "done" else None,
        strangers_vnd=strangers.left_vnd(session, seller),
        set_aside=strangers.set_aside(session, seller) if show == "out" else (),
        bucket=desk_rules.bucket,
        kind_words=kinds.words,
        done=done,
        names=people.names_of(session, {one.history[-1].actor for one in done}),
    )


@blueprint.get("/lines/<line>")
def line_page(seller: str, line: str) -> str:
    """One line: what the bank said, what it may mean, what was decided."""
    rights.seer(current_login(), seller)
    return _page(seller, line)


@blueprint.post("/lines/<line>/place")
def place(seller: str, line: str) -> ResponseReturnValue:
    def act(session: Session, word: Word, body: JsonObject) -> None:
        _the_rest(session, word, Share(0, str(body["payment"])))

    return _done(seller, line, act, desk_bodies.PlaceForm)


@blueprint.post("/lines/<line>/split")
def split(seller: str, line: str) -> ResponseReturnValue:
    def act(session: Session, word: Word, body: JsonObject) -> None:
        decisions.place(session, word, _typed_shares(session, seller, body))

    return _done(seller, line, act, desk_bodies.SplitForm)


@blueprint.post("/lines/<line>/aside")
def aside(seller: str, line: str) -> ResponseReturnValue:
    def act(session: Session, word: Word, body: JsonObject) -> None:
        account = Account(str(body["account"]))
        _the_rest(session, word, Share(0, None, account, about=str(body["about"])))

    return _done(seller, line, act, desk_bodies.AsideForm)


@blueprint.post("/lines/<line>/undo")
def undo(seller: str, line: str) -> ResponseReturnValue:
    def act(session: Session, word: Word, _: JsonObject) -> None:
        decisions.take_back(session, word)

    return _done(seller, line, act, desk_bodies.UndoForm)


def _the_rest(session: Session, word: Word, rest: Share) -> None:
    """Place what pays for nothing yet; what does stays where it is."""
    facts = lines.facts(session, word.seller_id, word.line_id)
    asks = kinds.asks(rest.account, facts.direction)
    rest = rest if asks else replace(rest, about="")  # the form's list is sent with every kind
    shares = desk_rules.with_rest(facts.amount_vnd, facts.kept, rest)
    if asks:
        due = dues.of_seller(session, word.seller_id, rest.account)
        shares = (*shares[:-1], *dues.spread(due, rest.about, shares[-1]))
    decisions.place(session, word, shares)


def _typed_shares(session: Session, seller: str, body: JsonObject) -> list[Share]:
    shares = []
    for row in range(1, MOST_SHARES + 1):
        code, amount = str(body[f"code_{row}"]), str(body[f"amount_{row}"])
        if bool(code) != bool(amount):
            raise BadRequest(field=f"amount_{row}" if code else f"code_{row}")
        if code:
            payment = open_payments.by_code(session, seller, code)
            shares.append(Share(parse_vnd(amount), payment.id))
    if body["back"]:
        shares.append(Share(parse_vnd(str(body["back"])), None, Account.REFUND_DUE))
    return shares


def _done(seller: str, line: str, act: Act, form: type[Schema]) -> ResponseReturnValue:
    """Do one step about a line, once; refused, the line's page says why and has what was typed."""
    login = rights.seer(current_login(), seller)
    owned(db.session(), BankLine, line, seller)

    def once(session: Session, body: JsonObject) -> None:
        reason, seen = str(body.get("reason", "")), int(str(body["seen"]))
        act(session, Word(seller, line, seen, login.actor, reason), body)

    return steps.answer(
        lambda: steps.take(login, once, form),
        f"/console/{seller}/money/lines/{line}",
        lambda error: _page(seller, line, steps.refusal(error)),
    )


def _page(seller: str, line_id: str, problem: str = "") -> str:
    session, typed = db.session(), request.form
    line = lines.facts(session, seller, line_id)
    found = proposals.for_line(session, seller, owned(session, BankLine, line_id, seller))
    words = request.args.get("find", "")[:40]
    named = {one.payment.id: one.payment.code for one in found.fitting}
    return render_template(
        "payments/money_line.html",
        seller=sellers.facts(session, seller),
        now_ms=clock.now_ms(),
        line=line,
        left_vnd=line.left_vnd,
        proposals=found.fitting,
        found=_beside(open_payments.search(session, seller, words), named) if words else (),
        find=words,
        rows=_split_rows(line, found.split, named),
        strangers_vnd=strangers.left_vnd(session, seller),
        kinds=_offered(line),
        likely=kinds.likely(line.content, line.direction),
        kind_words=kinds.words,
        dues={
            one.account: dues.of_seller(session, seller, one.account)
            for one in kinds.of(line.direction)
            if one.asks
        },
        names=people.names_of(session, {one.actor for one in line.history}),
        typed=typed,
        problem=problem,
    )


def _offered(line: LineFacts) -> tuple[Kind, ...]:
    """The kinds a person may choose; what a buyer paid on top is never the seller's own."""
    offered = kinds.of(line.direction)
    return tuple(one for one in offered if not line.on_top_of or one.account in kinds.ON_TOP)


def _beside(
    searched: tuple[open_payments.OpenPayment, ...], proposed: dict[str, str]
) -> tuple[open_payments.OpenPayment, ...]:
    return tuple(one for one in searched if one.id not in proposed)


def _split_rows(
    line: LineFacts, ready: tuple[Share, ...], codes: dict[str, str]
) -> list[tuple[str, int]]:
    """Codes and sums to begin the split with: a ready division, or what the line pays for already."""
    if ready:
        return [(codes[one.payment_id or ""], one.amount_vnd) for one in ready]
    of = {one.payment_id: one.code for one in line.stands if one.payment_id}
    return [(of[one.payment_id], one.amount_vnd) for one in line.kept if one.payment_id]
