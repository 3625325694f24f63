"""The seller's home: shows that run, come and are over; and opening one from up to three listings.

Refuses prices below one đồng and listings of other sellers; what is set aside is granted at once.
"""

from dataclasses import replace
from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import listings
from catalog.cards import unit_of
from catalog.listings import ListingFacts
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import logins, sellers
from core.identity.logins import Login
from core.ids import new_id
from core.money import MAX_VND, check_vnd, parse_vnd
from livestream import form_bodies
from livestream.access import HOSTS, MODERATORS
from livestream.desk.hold_rule import MINUTE_MS
from livestream.pins.pins import NewPin
from livestream.room import view
from livestream.room.view import SessionFacts
from livestream.schemas import MOST_PACKS
from livestream.shows import host_words, sessions, show_cards, typed_moments
from livestream.shows.sessions import NewSession
from livestream.together import invitations

blueprint = Blueprint("live_console", __name__, template_folder="../templates")

_PLACES = (1, 2, 3)
_LIMIT = 5
_MINUTES = 120
_MOST_OVER = 12
_NEXT = {"draft", "checked", "rehearsal"}


@blueprint.get("/console")
def home() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    if not login.seller_ids:
        raise NotFound()
    shows = [show for one in login.seller_ids for show in view.of_seller(db.session(), one)]
    return render_template(
        "livestream/console.html",
        running=_cards([show for show in shows if show.running]),
        coming=_cards([show for show in shows if show.state in _NEXT]),
        over=[show for show in shows if not show.running and show.state not in _NEXT][:_MOST_OVER],
        states=host_words.states(),
        names=sellers.facts_of(db.session(), login.seller_ids),
        may_open=bool(_hosted(login)),
        hosted=_hosted(login),
        runs={show.id for show in shows if login.works_for(show.seller_id, *HOSTS)},
        helps={show.id for show in shows if login.works_for(show.seller_id, *MODERATORS)},
        client_id=new_id(),
        shared=invitations.of_sellers(db.session(), _hosted(login)),
    )


@blueprint.get("/console/sessions/new")
def new_page() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    hosted = _hosted(login)
    if not hosted:
        raise NotFound()
    asked = request.args.get("seller", hosted[0])
    logins.require_staff(login, asked, *HOSTS)
    return _new_page(login, asked, {})


@blueprint.post("/console/sessions/new")
def create() -> ResponseReturnValue:
    seller_id = request.form.get("seller", "")
    login = logins.require_staff(current_login(), seller_id, *HOSTS)
    try:
        made = steps.take(login, _create, form_bodies.NewShowForm)
    except DomainError as error:
        return _new_page(login, seller_id, dict(request.form), error), error.status
    return redirect(f"/host/{made['session']}", steps.SEE_OTHER)


def _create(session: Session, body: JsonObject) -> JsonObject:
    starts_ms = typed_moments.moment_ms(str(body["starts"]), "starts")
    end_ms = (starts_ms or clock.now_ms()) + cast(int, body["minutes"]) * MINUTE_MS
    new = NewSession(str(body["seller"]), str(body["title"]), end_ms, planned_start_ms=starts_ms)
    first, *others = [_pin(body, place) for place in _PLACES if body[f"listing_{place}"]]
    pinned = [replace(first, code=str(body["codes"])), *others]
    return {"session": sessions.create(session, new, pinned)}


def _pin(body: JsonObject, place: int) -> NewPin:
    """One of the three places; the second and third are text, because they may be empty."""
    return NewPin(
        listing_id=str(body[f"listing_{place}"]),
        packs=_count(body, f"packs_{place}"),
        price_vnd=check_vnd(parse_vnd(str(body[f"price_{place}"])), least=1, most=MAX_VND),
        limit_packs=_count(body, f"limit_{place}"),
    )


def _count(body: JsonObject, name: str) -> int:
    given = str(body[name])
    if not (given.isascii() and given.isdigit() and 0 < int(given) <= MOST_PACKS):
        raise BadRequest(field=name, why="a whole number from 1 on")
    return int(given)


def _new_page(
    login: Login, seller_id: str, typed: dict[str, str], error: DomainError | None = None
) -> str:
    offered = [one for one in listings.of_seller(db.session(), seller_id) if _sellable(one)]
    return render_template(
        "livestream/session_new.html",
        seller=sellers.facts(db.session(), seller_id),
        hosted=sellers.facts_of(db.session(), _hosted(login)),
        offered=offered,
        suggested=list({one.product_id: one.id for one in reversed(offered)}.values())[::-1],
        unit_of=unit_of,
        places=_PLACES,
        limit=_LIMIT,
        minutes=_MINUTES,
        typed=typed,
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )


def _sellable(listing: ListingFacts) -> bool:
    is_here = not (listing.is_combo or listing.forecast_id)
    return listing.on_sale and is_here and listing.available_packs > 0


def _hosted(login: Login) -> tuple[str, ...]:
    return tuple(one for one in login.seller_ids if login.works_for(one, *HOSTS))


def _cards(shows: list[SessionFacts]) -> tuple[show_cards.ShowCard, ...]:
    return show_cards.of(db.session(), shows)
