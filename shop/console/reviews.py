"""Reviews on the desk: a seller reads and answers those about it, officers hide what may not stand."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access
from core.client_ids import JsonObject
from core.db import db
from core.http import steps
from core.http.current import current_login
from core.identity import officers, sellers
from core.ids import new_id
from shop.reviews import review_bodies, reviews

desk = Blueprint("reviews_desk", __name__, url_prefix="/console/<seller>/reviews")
province = Blueprint("province_reviews", __name__, url_prefix="/province/reviews")


@desk.get("")
def list_page(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.STAFF)
    return render_template(
        "shop/console_reviews.html",
        seller=sellers.facts(db.session(), seller),
        reviews=reviews.of_seller(db.session(), seller),
        may_write=login.works_for(seller, *access.KEEPERS),
    )


@desk.post("/<review>/reply")
def reply(seller: str, review: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)

    def act(session: Session, body: JsonObject) -> None:
        reviews.reply(session, seller, review, str(body["reply"]), login.actor)

    steps.take(login, act, review_bodies.ReplyForm)
    return redirect(f"/console/{seller}/reviews#r-{review}", steps.SEE_OTHER)


@province.get("")
def province_page() -> ResponseReturnValue:
    officers.require(db.session(), current_login())
    found = reviews.newest(db.session())
    return render_template(
        "shop/province_reviews.html",
        reviews=found,
        names=sellers.facts_of(db.session(), [one.seller_id for one in found]),
        client_id=new_id(),
    )


@province.post("/<review>/hide")
def hide(review: str) -> ResponseReturnValue:
    officers.require(db.session(), current_login())
    login = current_login()
    assert login is not None, "an officer is signed in"

    def act(session: Session, body: JsonObject) -> None:
        reviews.hide(session, review, str(body["reason"]), login.actor)

    steps.take(login, act, review_bodies.HideForm)
    return redirect("/province/reviews", steps.SEE_OTHER)
