"""Harvests sold ahead on the desk: open one, see what is promised of it, settle it when it comes.

Settling may write the goods into the store in the same write, so that nobody buys them in between.
"""

from datetime import timedelta

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access, caps, cards, forecasts, listings, weighing
from catalog.console import frame, typed_days
from catalog.console.offer_bodies import ID, CapForm, ForecastForm, SettleForm
from catalog.forecasts import ForecastFacts, NewForecast
from catalog.listings import ListingFacts
from catalog.lots import record
from catalog.lots.record import NewHarvest
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import forms

blueprint = Blueprint(
    "catalog_forecasts",
    __name__,
    url_prefix="/console/<seller>/forecasts",
    template_folder="../templates",
)

_TAB = "goods"


@blueprint.get("")
def list_page(seller: str) -> ResponseReturnValue:
    login = frame.staff(seller, access.READERS)
    found = forecasts.of_seller(db.session(), seller)
    return frame.page(
        seller,
        "forecasts.html",
        _TAB,
        coming=[one for one in found if one.state == forecasts.OPEN],
        over=[one for one in found if one.state != forecasts.OPEN],
        today=clock.today(),
        may_write=login.works_for(seller, *access.KEEPERS),
    )


@blueprint.get("/new")
def new_page(seller: str) -> ResponseReturnValue:
    frame.keeper(seller)
    asked = request.args.get("listing", "")
    if not asked:
        mine = listings.of_seller(db.session(), seller)
        return frame.page(
            seller,
            "forecast_listings.html",
            _TAB,
            offered=[one for one in mine if _may_sell_ahead(one)],
            unit_of=cards.unit_of,
        )
    return _form(seller, _own(seller, asked), {})


@blueprint.post("/new")
def create(seller: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    listing = _own(seller, request.form.get("listing", ""))
    try:
        body = forms.load(ForecastForm, request.form)
        new = _wanted(seller, listing, body)

        def act(session: Session) -> str:
            return forecasts.open_forecast(session, seller, new)

        forecast = frame.write_once(login, body, act)
    except DomainError as error:
        return _form(seller, listing, dict(request.form), error), error.status
    return redirect(f"/console/{seller}/forecasts/{forecast}", frame.SEE_OTHER)


@blueprint.get("/<forecast>")
def forecast_page(seller: str, forecast: str) -> ResponseReturnValue:
    frame.keeper(seller)
    return _page(forecasts.get(db.session(), seller, forecast), {})


@blueprint.post("/<forecast>/settle")
def settle(seller: str, forecast: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    found = forecasts.get(db.session(), seller, forecast)
    try:
        body = forms.load(SettleForm, request.form)
        came = _came(found, body)

        def act(session: Session) -> str:
            if body["receive"] and came:
                harvest = NewHarvest(found.product_id, came, clock.today())
                record.record(session, seller, harvest, login.actor)
            forecasts.settle(session, seller, forecast, came, login.actor)
            return forecast

        frame.write_once(login, body, act)
    except DomainError as error:
        return _page(found, dict(request.form), error), error.status
    return redirect(f"/console/{seller}/forecasts/{forecast}", frame.SEE_OTHER)


@blueprint.post("/<forecast>/cap")
def change_cap(seller: str, forecast: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    found = forecasts.get(db.session(), seller, forecast)
    try:
        body = forms.load(CapForm, request.form)
        words = (str(body["cap"]), str(body["unit"]))
        cap = weighing.read(db.session(), seller, found.product_id, *words)

        def act(session: Session) -> str:
            caps.change_cap(session, seller, forecast, cap, login.actor)
            return forecast

        frame.write_once(login, body, act)
    except DomainError as error:
        return _page(found, dict(request.form), error), error.status
    return redirect(f"/console/{seller}/forecasts/{forecast}?changed=1", frame.SEE_OTHER)


def _own(seller: str, listing_id: str) -> ListingFacts:
    if not ID.fullmatch(listing_id):
        raise NotFound()
    found = listings.get(db.session(), listing_id)
    if found.seller_id != seller:
        raise NotFound()
    return found


def _may_sell_ahead(listing: ListingFacts) -> bool:
    return not listing.is_combo and listing.forecast_id is None


def _wanted(seller: str, listing: ListingFacts, body: JsonObject) -> NewForecast:
    words = (str(body["cap"]), str(body["unit"]))
    cap = weighing.read(db.session(), seller, listing.product_id, *words)
    return NewForecast((listing.id,), typed_days.required_day_in(body, "expected_on"), cap)


def _came(found: ForecastFacts, body: JsonObject) -> int:
    words = (str(body["came"]), str(body["unit"]))
    return weighing.read_count(db.session(), found.seller_id, found.product_id, *words)


def _form(
    seller: str, listing: ListingFacts, typed: dict[str, str], error: DomainError | None = None
) -> str:
    return frame.page(
        seller,
        "forecast_form.html",
        _TAB,
        listing=listing,
        unit=cards.unit_of(listing),
        words=weighing.words_of(db.session(), seller, listing.product_id),
        typed=typed,
        tomorrow=clock.today() + timedelta(days=1),
        error=frame.fault(error),
    )


def _page(found: ForecastFacts, typed: dict[str, str], error: DomainError | None = None) -> str:
    return frame.page(
        found.seller_id,
        "forecast.html",
        _TAB,
        forecast=found,
        promised=caps.promised(db.session(), found.id),
        changed="changed" in request.args and error is None,
        cuts=forecasts.cut_totals(db.session(), found.id),
        words=weighing.words_of(db.session(), found.seller_id, found.product_id),
        typed=typed,
        today=clock.today(),
        error=frame.fault(error),
    )
