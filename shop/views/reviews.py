"""What a buyer says of goods that came, following a seller, and the places on pages where both stand."""

from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from core import slots
from core.db import db, write
from core.errors import DomainError, NotFound
from core.http import forms, steps
from core.http.current import current_login
from core.identity import sellers
from core.identity.logins import Login
from shop import links, orders
from shop.ordering.order_facts import OrderFacts
from shop.reviews import follows, review_bodies, reviews
from shop.reviews.reviews import NewReview

blueprint = Blueprint("reviews", __name__)


@blueprint.get("/orders/<code>/reviews")
def reviews_page(code: str) -> ResponseReturnValue:
    return _page(_order(code))


@blueprint.post("/orders/<code>/reviews")
def write_review(code: str) -> ResponseReturnValue:
    order = _order(code)
    try:
        body = forms.load(review_bodies.ReviewForm, request.form)
        new = NewReview(str(body["listing"]), cast(int, body["stars"]), str(body["words"]))
        login = current_login()
        write(lambda session: reviews.write(session, code, new, login))
    except NotFound:
        raise
    except DomainError as error:
        return _page(order, error), error.status
    return redirect(f"/orders/{code}/reviews?k={order.capability}", steps.SEE_OTHER)


@blueprint.post("/sellers/<seller>/follow")
def follow(seller: str) -> ResponseReturnValue:
    login = current_login()
    here = f"/sellers/{seller}"
    if login is None or login.person_id is None or not login.verified:
        return redirect(f"/login?next={here}", steps.SEE_OTHER)
    person_id = login.person_id
    wanted = forms.load(review_bodies.FollowForm, request.form)["follow"] == "yes"
    change = follows.follow if wanted else follows.unfollow
    sellers.facts(db.session(), seller)
    write(lambda session: change(session, person_id, seller))
    return redirect(here, steps.SEE_OTHER)


def fill() -> None:
    """Take the places of reviews and of following on the pages below."""
    slots.fill("product.reviews", of_product)
    slots.fill("seller.follow", follow_button)
    slots.fill("account.following", following)


def of_product(product_id: str) -> Markup:
    """The stars and the newest words about a product; nothing where nobody said anything."""
    stands = reviews.standing(db.session(), product_id)
    if not stands.count:
        return Markup("")
    shown = reviews.of_product(db.session(), product_id)
    return Markup(render_template("shop/product_reviews.html", stands=stands, reviews=shown))


def follow_button(seller_id: str) -> Markup:
    """The button to follow a seller, and how many do."""
    login = current_login()
    person = _proved(login)
    page = render_template(
        "shop/follow.html",
        seller_id=seller_id,
        follows=bool(person) and follows.is_following(db.session(), person, seller_id),
        count=follows.count(db.session(), seller_id),
    )
    return Markup(page)


def following() -> Markup:
    """The sellers whoever looks at their account follows."""
    person = _proved(current_login())
    ids = follows.followed_by(db.session(), person) if person else ()
    if not ids:
        return Markup("")
    known = sellers.facts_of(db.session(), ids)
    return Markup(render_template("shop/following.html", sellers=[known[one] for one in ids]))


def _proved(login: Login | None) -> str:
    return login.person_id if login and login.person_id and login.verified else ""


def _order(code: str) -> OrderFacts:
    return orders.seen_by(db.session(), code, current_login(), request.args.get("k", ""))


def _page(order: OrderFacts, error: DomainError | None = None) -> str:
    return render_template(
        "shop/reviews.html",
        order=order,
        seller=sellers.facts(db.session(), order.seller_id),
        said=reviews.of_order(db.session(), order.code),
        may_write=reviews.may_review(order, current_login()),
        back=links.order_path(order.code, order.capability),
        typed=request.form,
        error=steps.refusal(error) if error else "",
    )
