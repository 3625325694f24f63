"""Saying which line of the bank paid whom on a list, or brought whose money back, where its text does not.

First the line is chosen among those that wait, then the people; every word has a reason and is taken back on
the line's own page. Who sees the seller's money says so.
"""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import forms, steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Count, Line
from core.identity import sellers
from payments.desk import lines, paid_by_hand, rights
from payments.desk.decisions import Word
from payments.desk.lines import LineFacts, WaitingLine
from payments.payouts import lists
from payments.payouts.by_hand import UNPAID
from payments.payouts.lists import PayoutFacts, RunFacts
from payments.states import Account
from shop.console import payouts

blueprint = Blueprint(
    "payout_lines", __name__, url_prefix="/console/<seller>/money/payouts/<run>/lines"
)

_MOST_SEEN = 1000
_REASON = 200
_SHOWN = 20


class TieForm(Body):
    """What is left of the line, if anything, and why this is so; the people are ticked beside it."""

    client_id = ClientId()
    seen = Count(0, _MOST_SEEN)
    rest = fields.String(
        load_default="", validate=validate.OneOf(["", *(one.value for one in paid_by_hand.RESTS)])
    )
    reason = Line(_REASON)


@dataclass(frozen=True)
class _Choice:
    """The line that is chosen and the people it may be of; `ticked` are their payouts' ids."""

    run: RunFacts
    line: LineFacts
    people: tuple[PayoutFacts, ...]
    ticked: frozenset[str]


@blueprint.get("")
def list_page(seller: str, run: str) -> str:
    """The lines that wait, those of the sum first; `?back=1`: money that came instead."""
    rights.seer(current_login(), seller)
    session, back = db.session(), request.args.get("back") == "1"
    found = lists.run(session, seller, run)
    people = _people(found, outgoing=not back)
    sums = [one.amount_vnd for one in people]
    waits = [
        one
        for one in lines.waiting(session, seller, outgoing=not back).lines
        if one.amount_vnd == one.whole_vnd and (not back or one.account == Account.UNKNOWN_CODE)
    ]
    return render_template(
        "shop/payout_lines.html",
        seller=sellers.facts(session, seller),
        run=found,
        back=back,
        people=people,
        lines=sorted(waits, key=lambda one: (_off(one, sums), one.at_ms))[:_SHOWN],
        more=len(waits) > _SHOWN,
    )


@blueprint.get("/<line>")
def tie_page(seller: str, run: str, line: str) -> str:
    rights.seer(current_login(), seller)
    return _page(seller, run, line)


@blueprint.post("/<line>")
def tie(seller: str, run: str, line: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)

    def tied() -> JsonObject:
        ticked = payouts.ticked("payout")
        of_run = {one.id for one in lists.run(db.session(), seller, run).payouts}
        if not of_run.issuperset(ticked):
            raise NotFound()
        rest = [(name, text) for name, text in request.form.items(multi=True) if name != "payout"]
        body = forms.load(TieForm, MultiDict(rest))

        def act(session: Session, fields_: JsonObject) -> None:
            word = Word(
                seller, line, int(str(fields_["seen"])), login.actor, str(fields_["reason"])
            )
            left = str(fields_["rest"])
            paid_by_hand.tie(session, word, ticked, Account(left) if left else None)

        return steps.do(login, request.path, {**body, "payouts": [*ticked]}, act)

    return steps.answer(
        tied,
        f"/console/{seller}/money/payouts/{run}",
        lambda error: _page(seller, run, line, error),
    )


def _people(run: RunFacts, *, outgoing: bool) -> tuple[PayoutFacts, ...]:
    """Those of the list whom money that went out may have paid, or whose money may have come back."""
    states = UNPAID if outgoing else ("paid",)
    sent = run.agreed or not outgoing
    return tuple(one for one in run.payouts if sent and one.state in states)


def _off(line: WaitingLine, sums: list[int]) -> int:
    """How far a line is from what somebody gets, or from what all get, in đồng."""
    return min((abs(line.amount_vnd - sum_vnd) for sum_vnd in (*sums, sum(sums))), default=0)


def _ticked_first(line: LineFacts, people: tuple[PayoutFacts, ...]) -> frozenset[str]:
    """Who is ticked beforehand: the only one with the line's very sum, or all if they come to it."""
    same = [one.id for one in people if one.amount_vnd == line.amount_vnd]
    if len(same) == 1:
        return frozenset(same)
    whole = sum(one.amount_vnd for one in people) == line.amount_vnd
    return frozenset(one.id for one in people) if whole else frozenset()


def _page(seller: str, run: str, line: str, error: DomainError | None = None) -> str:
    session = db.session()
    facts = lines.facts(session, seller, line)
    found = lists.run(session, seller, run)
    people = _people(found, outgoing=facts.direction == "out")
    ticked = frozenset(request.form.getlist("payout")) or _ticked_first(facts, people)
    return render_template(
        "shop/payout_tie.html",
        seller=sellers.facts(session, seller),
        choice=_Choice(found, facts, people, ticked),
        typed=request.form,
        error=steps.refusal(error) if error else "",
    )
