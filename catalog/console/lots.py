"""Lots on the desk: the list, a harvest written down at the scales, one lot with its story, the slip."""

import re

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access, photos, stock, weighing
from catalog.console import frame, lot_bodies, lot_steps, lot_words
from catalog.console.typed_days import day_in, required_day_in
from catalog.growers import members, plots
from catalog.lots import facts, record
from catalog.lots import history as lot_history
from catalog.lots.errors import BadLotDay, BestBeforeUnsaid
from catalog.lots.facts import LotFacts
from catalog.lots.record import NewHarvest
from catalog.photos import Subject
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import forms
from core.ids import new_id

blueprint = Blueprint("lots_console", __name__, url_prefix="/console/<seller>/lots")

_OUR_ID = re.compile(r"[a-z0-9]{16}")
_STATES = ("available", "quarantine", "blocked", "recalled", "spent")


@blueprint.get("")
def list_page(seller: str) -> str:
    login = frame.staff(seller)
    state, product = request.args.get("state", ""), request.args.get("product", "")
    session = db.session()
    offered = weighing.products(session, seller)
    known = next((one.id for one in offered if one.id == product), None)
    lots = facts.of_seller(session, seller, state if state in _STATES else None, known)
    return frame.page(
        seller,
        "lots.html",
        "lots",
        lots=lots,
        products=offered,
        product=known,
        state=state if state in _STATES else "",
        states=lot_words.states(),
        tag_of=lot_words.tag,
        may_write=login.works_for(seller, *access.STOCKERS),
    )


@blueprint.get("/new")
def new_page(seller: str) -> str:
    frame.staff(seller, access.STOCKERS)
    return _new_page(seller)


@blueprint.post("/new")
def record_harvest(seller: str) -> ResponseReturnValue:
    login = frame.staff(seller, access.STOCKERS)
    try:
        body = forms.load(lot_bodies.HarvestForm, request.form)
        new = _harvest(seller, body)
        actor = login.actor

        def act(session: Session) -> str:
            lot_id = record.record(session, seller, new, actor)
            photos.adopt(session, seller, str(body["client_id"]), Subject("lot", lot_id))
            return lot_id

        lot = frame.write_once(login, body, act)
    except NotFound:
        raise
    except DomainError as error:
        return _new_page(seller, error), error.status
    return redirect(f"/console/{seller}/lots/{lot}", frame.SEE_OTHER)


@blueprint.get("/<lot>")
def lot_page(seller: str, lot: str) -> str:
    login = frame.staff(seller)
    session = db.session()
    found = facts.get(session, seller, lot)
    return frame.page(
        seller,
        "lot.html",
        "lots",
        lot=found,
        tag=lot_words.tag(found),
        origin=lot_words.origins()[found.origin],
        standing=lot_words.standing(found),
        parents=facts.parents(session, seller, lot),
        children=facts.children(session, seller, lot),
        slip=facts.slip(session, seller, lot),
        history=lot_history.of_lot(session, seller, lot),
        happened=lot_words.happened(),
        subject=Subject("lot", lot),
        taken=photos.of_subject(session, seller, Subject("lot", lot)),
        short=stock.levels(session, [found.product_id])[found.product_id].short,
        steps=lot_steps.possible(found) if login.works_for(seller, *access.STOCKERS) else (),
        may_recall=found.state != "recalled" and login.works_for(seller, *access.KEEPERS),
    )


@blueprint.get("/<lot>/slip")
def slip_page(seller: str, lot: str) -> str:
    frame.staff(seller)
    slip = facts.slip(db.session(), seller, lot)
    if slip is None:
        raise NotFound()
    return frame.page(
        seller, "lot_slip.html", "lots", slip=slip, lot=facts.get(db.session(), seller, lot)
    )


def _harvest(seller: str, body: JsonObject) -> NewHarvest:
    product_id, unit = str(body["product"]), str(body["unit"])
    quantity = weighing.read(db.session(), seller, product_id, str(body["quantity"]), unit)
    best_before = day_in(body, "best_before")
    if best_before is None and weighing.keeps_days_of(db.session(), seller, product_id) is None:
        raise BestBeforeUnsaid()
    return NewHarvest(
        product_id=product_id,
        quantity=quantity,
        harvested_on=required_day_in(body, "harvested_on"),
        member_id=str(body["member"]) or None,
        plot_id=str(body["plot"]) or None,
        grade=str(body["grade"]),
        best_before=best_before,
        sprayed_on=day_in(body, "sprayed_on"),
        interval_days=_days(str(body["interval_days"])),
        notes=str(body["notes"]),
        point_id=str(body["point"]) or None,
    )


def _days(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise BadLotDay("interval_days")
    return int(text)


def _new_page(seller: str, error: DomainError | None = None) -> str:
    session = db.session()
    today = clock.today()
    growers = [one for one in members.of_seller(session, seller) if one.belongs_on(today)]
    client_id = _form_id()
    last: tuple[LotFacts, ...] = facts.of_seller(session, seller, limit=1)
    return frame.page(
        seller,
        "lot_new.html",
        "lots",
        products=weighing.products(session, seller),
        growers=growers,
        plots=plots.of_members(session, seller, [one.id for one in growers]),
        points=stock.points_of(session, seller),
        today=today,
        usual=last[0].product_id if last else "",
        typed=request.values,
        client_id=client_id,
        subject=photos.draft(client_id),
        taken=photos.of_subject(session, seller, photos.draft(client_id)),
        error=frame.fault(error),
    )


def _form_id() -> str:
    """The id the form had, if it was ours: under it wait the photos that were taken beside it."""
    given = request.form.get("client_id", "")
    return given if _OUR_ID.fullmatch(given) else new_id()
