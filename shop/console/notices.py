"""The desk of notices: whom to call, what was told and what became of it, and news for the members.

For those who handle goods or money; news to members is the owner's and managers'.
"""

from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import sellers
from core.ids import new_id
from core.money import BadAmount, parse_vnd
from core.phone import format_phone
from shop.notices import call_desk, member_news, notice_bodies, notice_words
from shop.notices.member_news import MemberNews

blueprint = Blueprint("notice_desk", __name__, url_prefix="/console/<seller>/notices")

_TYPED = ("kind", "goods", "at", "where", "price")
_PRICED = "leaf_price"


@blueprint.get("")
def notices_page(seller: str) -> ResponseReturnValue:
    access.require(current_login(), seller, access.READERS)
    return _page(seller)


@blueprint.post("/<notice>/called")
def called(seller: str, notice: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.READERS)

    def act(session: Session, body: JsonObject) -> None:
        call_desk.tick(session, seller, notice, str(body["result"]), login.actor)

    return steps.answer(
        lambda: steps.take(login, act, notice_bodies.CalledForm),
        f"/console/{seller}/notices",
        lambda error: _page(seller, error),
    )


@blueprint.get("/members")
def members_page(seller: str) -> ResponseReturnValue:
    access.require(current_login(), seller, access.KEEPERS)
    return _members_page(seller)


@blueprint.post("/members")
def tell_members(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)

    def act(session: Session, body: JsonObject) -> JsonObject:
        kind, goods, at, where = (str(body[name]) for name in ("kind", "goods", "at", "where"))
        price_vnd = parse_vnd(str(body["price"])) if kind == _PRICED else 0
        if kind == _PRICED and not price_vnd:
            raise BadAmount()
        news = MemberNews(kind, goods, at, where, price_vnd)
        return {"told": member_news.tell(session, seller, news)}

    try:
        told = steps.take(login, act, notice_bodies.MembersForm)
    except DomainError as error:
        return _members_page(seller, error), error.status
    return redirect(f"/console/{seller}/notices?told={cast(int, told['told'])}", steps.SEE_OTHER)


def _page(seller: str, error: DomainError | None = None) -> str:
    login = current_login()
    told = request.args.get("told", "")
    return render_template(
        "shop/notice_desk.html",
        seller=sellers.facts(db.session(), seller),
        desk_tab="notices",
        calls=call_desk.calls_of(db.session(), seller),
        book=call_desk.book_of(db.session(), seller),
        words=notice_words,
        may_tell=login is not None and login.works_for(seller, *access.KEEPERS),
        told=int(told) if told.isascii() and told.isdigit() and len(told) < 6 else None,
        read_phone=format_phone,
        error=error_fields(error) if error else None,
    )


def _members_page(seller: str, error: DomainError | None = None) -> str:
    return render_template(
        "shop/notice_members.html",
        seller=sellers.facts(db.session(), seller),
        desk_tab="notices",
        many=member_news.reachable(db.session(), seller),
        typed={name: request.form.get(name, "") for name in _TYPED},
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )
