"""A member's own page: how much is mine, at every cooperative that has their number in its book.

Opened on a proved device alone: a number that was only typed shows nobody's money.
"""

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from catalog.growers import members
from catalog.growers.members import MemberFacts
from core import slots
from core.db import db
from core.errors import LoginRequired, NotFound
from core.http.current import current_login
from core.identity import sellers
from core.identity.logins import Login
from core.money import vnd_in_words
from shop.console import members_book
from shop.members_book import reading, terms
from shop.members_book.words import kind_words

blueprint = Blueprint("my_book", __name__, url_prefix="/account/book")


@blueprint.get("")
def page() -> str:
    mine = _mine(_login())
    if not mine:
        raise NotFound()
    session = db.session()
    return render_template(
        "shop/my_book.html",
        books=[reading.of_member(session, one.seller_id, one.id) for one in mine],
        names=sellers.facts_of(session, [one.seller_id for one in mine]),
        words=vnd_in_words,
        book_words=kind_words,
    )


@blueprint.get("/<member>/statement")
def statement(member: str) -> str:
    found = _of_mine(member)
    return members_book.statement_of(found.seller_id, found.id, "/account/book")


@blueprint.get("/<member>/statement.pdf")
def statement_file(member: str) -> Response:
    found = _of_mine(member)
    return members_book.file_of(found.seller_id, found.id)


def link() -> Markup:
    """The way to one's own book from the account page, for a member on a proved device."""
    login = current_login()
    mine = _mine(login) if login is not None and login.verified else []
    if not mine:
        return Markup("")
    owed_vnd = sum(
        reading.of_member(db.session(), one.seller_id, one.id).sums.owed_vnd for one in mine
    )
    return Markup(render_template("shop/my_book_link.html", owed_vnd=owed_vnd))


def fill() -> None:
    """Take the place on the account page."""
    slots.fill("account.book", link)


def _login() -> Login:
    login = current_login()
    if login is None:
        raise LoginRequired()
    if not login.verified:
        raise NotFound()
    return login


def _mine(login: Login) -> list[MemberFacts]:
    """Who this number is in the books of cooperatives that keep one."""
    session = db.session()
    found = members.with_phone(session, login.phone)
    return [one for one in found if terms.of_seller(session, one.seller_id).modes]


def _of_mine(member: str) -> MemberFacts:
    for one in _mine(_login()):
        if one.id == member:
            return one
    raise NotFound()
