"""Listing a thing in four steps on a phone: photo, name, pack and price, how much; then it is on sale.

Each step is a form that works alone; with the script every word is kept as it is typed, and the price per
kilo stands beside it with what the market pays.
"""

from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access, drafts, kinds, market_prices, photos
from catalog import units as unit_words
from catalog.console import frame, goods_bodies, steps
from catalog.console.steps import Asked
from catalog.drafts import Draft, DraftFault
from catalog.units import UnitWord, parse_quantity
from core.client_ids import JsonObject
from core.db import db, write
from core.errors import N_, DomainError
from core.http import forms
from core.http.fields import StepForm
from core.identity import logins
from core.money import BadAmount, check_vnd, parse_vnd
from core.quantity import BadQuantity, BaseUnit, unit_price_vnd

blueprint = Blueprint("drafts_console", __name__, url_prefix="/console/<seller>/drafts")

_LAST = drafts.STEPS[-1]
_PICKS = {
    BaseUnit.G: (N_("gói"), "kg", N_("túi"), N_("hộp"), N_("bó"), N_("thùng")),
    BaseUnit.ML: (N_("chai"), N_("lít"), N_("can"), N_("hũ")),
    BaseUnit.PIECE: (N_("quả"), N_("con"), N_("chiếc"), N_("chục"), N_("cặp"), N_("hộp")),
}
"""What a pack is often called, by what it holds."""


@blueprint.post("")
def start(seller: str) -> ResponseReturnValue:
    person = logins.require_person(frame.staff(seller, access.KEEPERS))

    def act(session: Session, _: Asked) -> JsonObject:
        return {"draft": drafts.start(session, seller, person)}

    done = steps.keeper(seller, StepForm, act)
    return redirect(f"/console/{seller}/drafts/{done['draft']}", frame.SEE_OTHER)


@blueprint.get("/<draft>")
def page(seller: str, draft: str) -> ResponseReturnValue:
    frame.staff(seller, access.KEEPERS)
    facts = drafts.get(db.session(), seller, draft)
    if facts.listing_id is not None:
        return redirect(f"/console/{seller}/goods/{facts.listing_id}", frame.SEE_OTHER)
    asked = request.args.get("step", "1")
    step = int(asked) if asked in {str(one) for one in drafts.STEPS} else 1
    return _page(seller, facts, step)


@blueprint.post("/<draft>")
def save(seller: str, draft: str) -> ResponseReturnValue:
    """Keep a step and go on to the next; the step is in the address."""

    def act(session: Session, asked: Asked) -> JsonObject:
        drafts.save(session, seller, draft, _fields(asked.body))
        return {}

    steps.keeper(seller, goods_bodies.DraftForm, act)
    step = request.args.get("step", "1")
    ahead = int(step) + 1 if step in {"1", "2", "3"} else _LAST
    return redirect(f"/console/{seller}/drafts/{draft}?step={ahead}", frame.SEE_OTHER)


@blueprint.post("/<draft>/typed")
def keep_typed(seller: str, draft: str) -> ResponseReturnValue:
    """Keep what stands in the fields now, and answer what to show beside it; a repeat changes nothing."""
    frame.staff(seller, access.KEEPERS)
    typed = _fields(forms.load(goods_bodies.TypedForm, request.form))
    write(lambda session: drafts.save(session, seller, draft, typed))
    return _beside(drafts.get(db.session(), seller, draft))


@blueprint.post("/<draft>/sell")
def sell(seller: str, draft: str) -> ResponseReturnValue:
    """Put it on sale; what the last step says is kept even if something else is missing."""
    frame.staff(seller, access.KEEPERS)
    typed = _fields(forms.load(goods_bodies.DraftForm, request.form))
    write(lambda session: drafts.save(session, seller, draft, typed))

    def act(session: Session, asked: Asked) -> JsonObject:
        return {"listing": drafts.sell(session, seller, draft, asked.actor)}

    try:
        done = steps.keeper(seller, goods_bodies.DraftForm, act)
    except DraftFault as error:
        return _faulty(seller, draft, error)
    return redirect(
        f"/console/{seller}/goods?shown={done['listing']}#l-{done['listing']}", frame.SEE_OTHER
    )


@blueprint.post("/<draft>/discard")
def discard(seller: str, draft: str) -> ResponseReturnValue:
    def act(session: Session, _: Asked) -> JsonObject:
        drafts.get(session, seller, draft)
        drafts.discard(session, seller, draft)
        return {}

    steps.keeper(seller, StepForm, act)
    return redirect(f"/console/{seller}/goods", frame.SEE_OTHER)


def _faulty(seller: str, draft: str, error: DraftFault) -> ResponseReturnValue:
    """The step where the fault is."""
    facts = drafts.get(db.session(), seller, draft)
    return _page(seller, facts, cast(int, error.data["step"]), error), error.status


def _page(seller: str, draft: Draft, step: int, error: DomainError | None = None) -> str:
    own = (UnitWord(draft["unit_word"], 1),) if step == _LAST and draft["unit_word"] else ()
    return frame.page(
        seller,
        "draft.html",
        "goods",
        draft=draft,
        step=step,
        steps=drafts.STEPS,
        kinds=tuple(kinds.KINDS.values()),
        picks=_PICKS[draft.base_unit],
        words=unit_words.choices(draft.base_unit, own),
        subject=photos.draft(draft.id),
        photos_taken=photos.of_subject(db.session(), seller, photos.draft(draft.id)),
        beside=_beside(draft),
        error=frame.fault(error),
    )


def _beside(draft: Draft) -> str:
    """The price per kilo of what is typed, and what the market pays for such a thing."""
    kind = draft.kind
    return render_template(
        "catalog/_beside.html",
        kind=kind,
        per=_per(draft),
        nearby=market_prices.nearby(db.session(), kind.code) if kind else None,
    )


def _per(draft: Draft) -> tuple[int, str] | None:
    """Đồng per kilo, litre or piece, or None while pack or price cannot be read."""
    try:
        price_vnd = check_vnd(parse_vnd(draft["price"]), least=1)
        pack = parse_quantity(f"{draft['pack']} {draft['pack_unit']}", draft.base_unit, {})
    except (BadAmount, BadQuantity):
        return None
    return unit_price_vnd(price_vnd, pack, draft.base_unit)


def _fields(body: JsonObject) -> dict[str, str]:
    return {name: str(text) for name, text in body.items() if name in drafts.LENGTHS}
