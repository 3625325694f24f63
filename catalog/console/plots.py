"""Forms for a member's plots: written in, changed, struck out while nothing was harvested from them."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import communes
from catalog.console import frame
from catalog.console.grower_bodies import PlotForm
from catalog.growers import areas, members, plots
from catalog.growers.plots import NewPlot, PlotFacts
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import forms
from core.http.fields import StepForm

blueprint = Blueprint(
    "catalog_plots", __name__, url_prefix="/console/<seller>", template_folder="../templates"
)


@blueprint.get("/members/<member>/plots/new")
def new_page(seller: str, member: str) -> ResponseReturnValue:
    frame.keeper(seller)
    found = members.get(db.session(), seller, member)
    return _form(seller, member, {"commune": found.commune})


@blueprint.post("/members/<member>/plots/new")
def create(seller: str, member: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    members.get(db.session(), seller, member)
    try:
        body = forms.load(PlotForm, request.form)
        new = _entry(body)
        frame.write_once(login, body, lambda session: plots.add(session, seller, member, new))
    except DomainError as error:
        return _form(seller, member, dict(request.form), error=error), error.status
    return _to_member(seller, member)


@blueprint.get("/plots/<plot>")
def edit_page(seller: str, plot: str) -> ResponseReturnValue:
    frame.keeper(seller)
    found = plots.get(db.session(), seller, plot)
    return _form(seller, found.member_id, _typed(found), found)


@blueprint.post("/plots/<plot>")
def change(seller: str, plot: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    found = plots.get(db.session(), seller, plot)

    def act(session: Session) -> str:
        plots.change(session, seller, plot, new)
        return plot

    try:
        body = forms.load(PlotForm, request.form)
        new = _entry(body)
        frame.write_once(login, body, act)
    except DomainError as error:
        return _form(seller, found.member_id, dict(request.form), found, error), error.status
    return _to_member(seller, found.member_id)


@blueprint.post("/plots/<plot>/remove")
def remove(seller: str, plot: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    body = forms.load(StepForm, request.form)

    def act(session: Session) -> str:
        found = plots.get(session, seller, plot)
        plots.remove(session, seller, plot)
        return found.member_id

    try:
        member = frame.write_once(login, body, act)
    except DomainError as error:
        found = plots.get(db.session(), seller, plot)
        return _form(seller, found.member_id, _typed(found), found, error), error.status
    return _to_member(seller, member)


def _to_member(seller: str, member: str) -> ResponseReturnValue:
    return redirect(f"/console/{seller}/members/{member}#plots", frame.SEE_OTHER)


def _form(
    seller: str,
    member: str,
    typed: dict[str, str],
    plot: PlotFacts | None = None,
    error: DomainError | None = None,
) -> str:
    return frame.page(
        seller,
        "plot_form.html",
        "members",
        member=members.get(db.session(), seller, member),
        plot=plot,
        typed=typed,
        communes=communes.COMMUNES.values(),
        error=frame.fault(error),
    )


def _entry(body: JsonObject) -> NewPlot:
    area = str(body["area"])
    return NewPlot(
        name=str(body["name"]),
        commune=str(body["commune"]),
        place_code=str(body["place_code"]),
        area_m2=areas.parse_area(area, str(body["area_unit"])) if area else None,
        crop=str(body["crop"]),
    )


def _typed(plot: PlotFacts) -> dict[str, str]:
    """An entry as its form shows it: in sào where it comes out even, else in square metres."""
    shown = areas.format_area(plot.area_m2) if plot.area_m2 else ""
    number, _, unit = shown.partition(" ")
    return {
        "name": plot.name,
        "crop": plot.crop,
        "area": number,
        "area_unit": "m2" if unit == "m²" else "sao",
        "commune": plot.commune,
        "place_code": plot.place_code,
    }
