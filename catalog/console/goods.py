"""The price board of a seller's own listings, and the page where one listing is seen to.

A price is changed in two taps and can be undone; goods near their day come with a proposal, which changes
nothing until somebody takes it.
"""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access, listings, modes, offers, prices, products
from catalog import units as unit_words
from catalog.console import frame, goods_bodies, goods_page, steps
from catalog.console.steps import Act, Asked
from catalog.freshness import Rule, remove_rule, set_rule
from catalog.listings import NewListing
from catalog.modes import Mode
from catalog.products import Details
from catalog.units import UnitWord, parse_quantity
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http.fields import Body, StepForm
from core.money import parse_vnd
from core.text import fold

blueprint = Blueprint("goods_console", __name__, url_prefix="/console/<seller>/goods")


@blueprint.get("")
def board(seller: str) -> str:
    return _board(seller)


@blueprint.post("/<listing>/price")
def change_price(seller: str, listing: str) -> ResponseReturnValue:
    def act(session: Session, asked: Asked) -> JsonObject:
        from_ms = steps.moment_ms(asked.text("from_day"), asked.text("from_time"))
        price_vnd = parse_vnd(asked.text("price"))
        told = prices.set_price(session, seller, listing, price_vnd, asked.actor, from_ms)
        return {"price": told}

    try:
        done = steps.keeper(seller, goods_bodies.PriceForm, act)
    except DomainError as error:
        return _refused(seller, error, listing)
    return redirect(f"/console/{seller}/goods?changed={done['price']}#l-{listing}", frame.SEE_OTHER)


@blueprint.post("/prices/<price>/undo")
def undo_price(seller: str, price: str) -> ResponseReturnValue:
    def act(session: Session, asked: Asked) -> JsonObject:
        return {"listing": prices.undo(session, seller, price, asked.actor)}

    try:
        done = steps.keeper(seller, StepForm, act)
    except DomainError as error:
        return _refused(seller, error)
    where = done["listing"]
    return redirect(f"/console/{seller}/goods?undone={where}#l-{where}", frame.SEE_OTHER)


@blueprint.post("/<listing>/hide")
def hide(seller: str, listing: str) -> ResponseReturnValue:
    def act(session: Session, _: Asked) -> JsonObject:
        offers.hide(session, seller, listing)
        return {}

    return _moved(seller, listing, act, "hidden")


@blueprint.post("/<listing>/show")
def show(seller: str, listing: str) -> ResponseReturnValue:
    def act(session: Session, _: Asked) -> JsonObject:
        offers.show_again(session, seller, listing)
        return {}

    return _moved(seller, listing, act, "shown")


def _moved(seller: str, listing: str, act: Act, word: str) -> ResponseReturnValue:
    try:
        steps.keeper(seller, StepForm, act)
    except DomainError as error:
        return _refused(seller, error, listing)
    return redirect(f"/console/{seller}/goods?{word}={listing}#l-{listing}", frame.SEE_OTHER)


def _refused(seller: str, error: DomainError, listing: str = "") -> ResponseReturnValue:
    """The board with what is wrong; whoever may not see the board gets the refusal alone."""
    return _board(seller, error, listing), error.status


def _board(seller: str, error: DomainError | None = None, listing: str = "") -> str:
    login = frame.staff(seller)
    news = goods_page.news(db.session(), seller, request.args) if error is None else None
    return frame.page(
        seller,
        "goods.html",
        "goods",
        board=goods_page.board(db.session(), seller),
        may_keep=login.works_for(seller, *access.KEEPERS),
        news=news,
        error=frame.fault(error),
        wrong=listing,
        typed=request.form.get("price", "")[:20],
    )


@blueprint.get("/<listing>")
def listing_page(seller: str, listing: str) -> str:
    frame.staff(seller, access.KEEPERS)
    return _listing_page(seller, listing)


@blueprint.post("/<listing>")
def change_listing(seller: str, listing: str) -> ResponseReturnValue:
    def act(session: Session, asked: Asked) -> JsonObject:
        product_id = _own(session, seller, listing)
        products.change(session, seller, product_id, _details(asked))
        mode = Mode(asked.text("mode"))
        offers.describe(session, seller, listing, asked.text("unit_word"), mode)
        return {}

    return _step(seller, listing, goods_bodies.DetailsForm, act)


@blueprint.post("/<listing>/road")
def limit_road(seller: str, listing: str) -> ResponseReturnValue:
    def act(session: Session, asked: Asked) -> JsonObject:
        hours = asked.text("road_h")
        offers.limit_road(session, seller, listing, int(hours) if hours else None)
        return {}

    return _step(seller, listing, goods_bodies.RoadForm, act)


@blueprint.post("/<listing>/units")
def add_unit(seller: str, listing: str) -> ResponseReturnValue:
    def act(session: Session, asked: Asked) -> JsonObject:
        product = products.facts(session, seller, _own(session, seller, listing))
        written = f"{asked.text('size')} {asked.text('size_unit')}"
        size = parse_quantity(written, product.base_unit, {})
        products.add_unit(session, seller, product.id, UnitWord(asked.text("word"), size))
        return {}

    return _step(seller, listing, goods_bodies.UnitForm, act)


@blueprint.post("/<listing>/units/forget")
def forget_unit(seller: str, listing: str) -> ResponseReturnValue:
    def act(session: Session, asked: Asked) -> JsonObject:
        product_id = _own(session, seller, listing)
        products.remove_unit(session, seller, product_id, asked.text("word"))
        return {}

    return _step(seller, listing, goods_bodies.WordForm, act)


@blueprint.post("/<listing>/freshness")
def set_freshness(seller: str, listing: str) -> ResponseReturnValue:
    def act(session: Session, asked: Asked) -> JsonObject:
        rule = Rule(asked.number("days") or 0, asked.number("percent") or 0)
        set_rule(session, seller, _own(session, seller, listing), rule)
        return {}

    return _step(seller, listing, goods_bodies.RuleForm, act)


@blueprint.post("/<listing>/freshness/forget")
def forget_freshness(seller: str, listing: str) -> ResponseReturnValue:
    def act(session: Session, asked: Asked) -> JsonObject:
        product_id = _own(session, seller, listing)
        remove_rule(session, seller, product_id, asked.number("days") or 0)
        return {}

    return _step(seller, listing, goods_bodies.RuleDaysForm, act)


@blueprint.post("/<listing>/packs")
def add_pack(seller: str, listing: str) -> ResponseReturnValue:
    def act(session: Session, asked: Asked) -> JsonObject:
        product = products.facts(session, seller, _own(session, seller, listing))
        written = f"{asked.text('pack')} {asked.text('pack_unit')}"
        factors = products.factors_of(session, product.id)
        size = parse_quantity(written, product.base_unit, factors)
        word = asked.text("unit_word")
        mode = modes.usual_mode(product.base_unit, fold(word))
        pack = NewListing(product.id, size, word, parse_vnd(asked.text("price")), mode)
        added = listings.add(session, seller, pack)
        if asked.text("instead"):
            offers.hide(session, seller, listing)
        return {"listing": added}

    return _step(seller, listing, goods_bodies.PackForm, act)


def _step(seller: str, listing: str, form: type[Body], act: Act) -> ResponseReturnValue:
    """A step on a listing's own page; a refusal is told there, with what was typed."""
    try:
        done = steps.keeper(seller, form, act)
    except DomainError as error:
        return _listing_page(seller, listing, error), error.status
    where = done.get("listing") or listing
    return redirect(f"/console/{seller}/goods/{where}?saved=1", frame.SEE_OTHER)


def _listing_page(seller: str, listing: str, error: DomainError | None = None) -> str:
    frame.staff(seller, access.KEEPERS)
    return frame.page(
        seller,
        "goods_edit.html",
        "goods",
        one=goods_page.one(db.session(), seller, listing),
        typed=request.form,
        saved="saved" in request.args and error is None,
        error=frame.fault(error),
        at_fault=request.path.rpartition("/")[2] if error else "",
        words=unit_words.choices,
    )


def _own(session: Session, seller: str, listing: str) -> str:
    """The product of a listing of the seller's; NotFound for any other."""
    facts = listings.get(session, listing)
    if facts.seller_id != seller:
        raise NotFound()
    return facts.product_id


def _details(asked: Asked) -> Details:
    return Details(
        name=asked.text("name"),
        story=asked.text("story"),
        kind=asked.text("kind"),
        brand=asked.text("brand"),
        standards=asked.text("standards"),
        shelf_days=asked.number("shelf_days"),
        removal_days=asked.number("removal_days") or 0,
        season_from=asked.number("season_from"),
        season_to=asked.number("season_to"),
    )
