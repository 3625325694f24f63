"""Processing runs on the desk: which lots, how much of each, what came out; whose part it is before saving.

Three pages: tick the lots, weigh in and out, look at loss and shares and save. All of a run is weighed in
one unit, because what is missing can only be told in one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import CONFLICT

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access, stock, weighing
from catalog.console import frame, lot_bodies, lot_words
from catalog.console.lot_bodies import MOST_INPUTS, MOST_OUTPUTS
from catalog.console.typed_days import day_in
from catalog.lots import facts, run_book, run_preview, run_trouble, runs
from catalog.lots.errors import OutputsTooHeavy
from catalog.lots.facts import LotFacts
from catalog.lots.run_trouble import USABLE, Trouble
from catalog.lots.runs import RunInput, RunOutput
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError, NotFound
from core.http import forms

blueprint = Blueprint("runs_console", __name__, url_prefix="/console/<seller>/runs")


@dataclass(frozen=True)
class Weighed:
    """What a run's form says: what goes in and what comes out."""

    inputs: list[RunInput]
    outputs: list[RunOutput]
    note: str


@blueprint.get("")
def list_page(seller: str) -> str:
    login = frame.staff(seller)
    return frame.page(
        seller,
        "runs.html",
        "lots",
        runs=run_book.of_seller(db.session(), seller),
        may_write=login.works_for(seller, *access.STOCKERS),
    )


@blueprint.get("/new")
def new_page(seller: str) -> str:
    frame.staff(seller, access.STOCKERS)
    chosen = request.args.getlist("lot")[:MOST_INPUTS]
    return _new_page(seller, chosen)


@blueprint.post("/new")
def do_run(seller: str) -> ResponseReturnValue:
    login = frame.staff(seller, access.STOCKERS)
    try:
        body = forms.load(lot_bodies.RunForm, request.form)
        weighed = _weighed(db.session(), seller, body)
        if body["step"] == "check":
            return _checked(seller, weighed)

        def act(session: Session) -> str:
            inputs, outputs = weighed.inputs, weighed.outputs
            return runs.process(session, seller, inputs, outputs, login.actor, weighed.note).id

        run = frame.write_once(login, body, act)
    except NotFound:
        raise
    except DomainError as error:
        chosen = [request.form.get(f"lot_{place}", "") for place in range(1, MOST_INPUTS + 1)]
        return _new_page(seller, [id_ for id_ in chosen if id_], error), error.status
    return redirect(f"/console/{seller}/runs/{run}", frame.SEE_OTHER)


@blueprint.get("/<run>")
def run_page(seller: str, run: str) -> str:
    frame.staff(seller)
    story = run_book.get(db.session(), seller, run)
    return frame.page(seller, "run.html", "lots", story=story)


def _weighed(session: Session, seller: str, body: JsonObject) -> Weighed:
    """The form's places that are filled in; amounts in base units."""
    unit = str(body["unit"])
    lots = {
        place: str(body[f"lot_{place}"])
        for place in range(1, MOST_INPUTS + 1)
        if body[f"lot_{place}"] and body[f"used_{place}"]
    }
    found = facts.by_ids(session, seller, lots.values())
    if len(found) < len(set(lots.values())):
        raise NotFound()
    inputs = [
        RunInput(
            id_,
            weighing.read(session, seller, found[id_].product_id, str(body[f"used_{place}"]), unit),
        )
        for place, id_ in lots.items()
    ]
    outputs = [
        _output(session, seller, body, place)
        for place in range(1, MOST_OUTPUTS + 1)
        if body[f"product_{place}"] and body[f"made_{place}"]
    ]
    if not inputs or not outputs:
        raise BadRequest(field="inputs" if not inputs else "outputs")
    return Weighed(inputs, outputs, str(body["note"]))


def _output(session: Session, seller: str, body: JsonObject, place: int) -> RunOutput:
    product_id, made = str(body[f"product_{place}"]), str(body[f"made_{place}"])
    return RunOutput(
        product_id,
        weighing.read(session, seller, product_id, made, str(body["unit"])),
        str(body[f"grade_{place}"]),
        day_in(body, f"best_{place}"),
    )


def _checked(seller: str, weighed: Weighed) -> ResponseReturnValue:
    """What the run comes to; or the weights again, with what stands in the way beside each lot."""
    found = run_trouble.troubles(db.session(), seller, weighed.inputs)
    if found:
        chosen = [one.lot_id for one in weighed.inputs]
        return _new_page(seller, chosen, troubles=found), CONFLICT
    return _check_page(seller, weighed)


def _check_page(seller: str, weighed: Weighed) -> str:
    session = db.session()
    seen = run_preview.preview(session, seller, weighed.inputs, weighed.outputs)
    if seen.loss < 0:
        raise OutputsTooHeavy(more=-seen.loss)
    names = {one.id: one for one in weighing.products(session, seller)}
    return frame.page(
        seller,
        "run_check.html",
        "lots",
        seen=seen,
        lots=facts.by_ids(session, seller, [one.lot_id for one in weighed.inputs]),
        weighed=weighed,
        products=names,
        unit=names[weighed.outputs[0].product_id].base_unit,
        typed={name: value for name, value in request.form.items() if value},
    )


def _new_page(
    seller: str,
    chosen: list[str],
    error: DomainError | None = None,
    troubles: Mapping[str, Trouble] | None = None,
) -> str:
    session, troubled = db.session(), troubles or {}
    lots = [one for one in facts.of_seller(session, seller) if one.lies and one.state in USABLE]
    stuck = facts.by_ids(session, seller, troubled)
    wanted = list({one.id: one for one in (*lots, *stuck.values()) if one.id in chosen}.values())
    products = weighing.products(session, seller)
    return frame.page(
        seller,
        "run_new.html" if wanted else "run_lots.html",
        "lots",
        lots=wanted or lots,
        free=_free(session, [*lots, *stuck.values()]),
        troubles={id_: lot_words.trouble(lot, troubled[id_]) for id_, lot in stuck.items()},
        products=_same_unit(products, wanted),
        places=range(1, MOST_OUTPUTS + 1),
        typed=request.form,
        used=_used(),
        error=frame.fault(error, wanted[0].base_unit if wanted else ""),
    )


def _used() -> dict[str, str]:
    """What was typed for each lot: a page shown again may have them in another order."""
    places = range(1, MOST_INPUTS + 1)
    return {
        request.form.get(f"lot_{place}", ""): request.form.get(f"used_{place}", "")
        for place in places
    }


def _free(session: Session, lots: list[LotFacts]) -> dict[str, int]:
    """What of each lot may go into a run: nobody's by its binding, nor promised of its product."""
    levels = stock.levels(session, {one.product_id for one in lots})
    return {
        one.id: min(one.quantity - one.bound, levels[one.product_id].available)
        if one.state == "available" and all(at.point_kind == "store" for at in one.lies)
        else one.quantity - one.bound
        for one in lots
    }


def _same_unit(
    products: tuple[weighing.Weighed, ...], lots: list[LotFacts]
) -> list[weighing.Weighed]:
    """The products that are counted as what goes in is."""
    units = {one.base_unit for one in lots}
    return [one for one in products if not units or one.base_unit in units]
