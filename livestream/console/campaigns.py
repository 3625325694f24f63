"""A seller's campaigns: made, told anew, and who asks to join let in or not.

Refuses another seller's campaigns; a session of another seller is in one only if both sides want it.
"""

import datetime

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog import photos
from catalog.photos import Subject
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import logins, sellers
from core.ids import new_id
from core.text import clean_line
from livestream.access import HOSTS
from livestream.shows import show_cards, typed_moments
from livestream.together import campaigns, together_bodies
from livestream.together.campaigns import CampaignFacts, NewCampaign

blueprint = Blueprint("live_campaigns", __name__, template_folder="../templates")

_ALL = "/console/<seller>/campaigns"
_ONE = "/console/<seller>/campaigns/<campaign_id>"
_MOST_PARTNERS = 20
_NAME_LENGTH = 120
_DAY = datetime.timedelta(days=1)


@blueprint.get(_ALL)
def all_of_seller(seller: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    logins.require_staff(login, seller, *HOSTS)
    return _list_page(seller, {})


@blueprint.post(_ALL)
def make(seller: str) -> ResponseReturnValue:
    login = logins.require_staff(current_login(), seller, *HOSTS)

    def act(session: Session, body: JsonObject) -> JsonObject:
        return {"campaign": campaigns.make(session, _new(seller, body))}

    try:
        made = steps.take(login, act, together_bodies.CampaignForm)
    except DomainError as error:
        return _list_page(seller, dict(request.form), error), error.status
    return redirect(f"/console/{seller}/campaigns/{made['campaign']}", steps.SEE_OTHER)


@blueprint.get(_ONE)
def one(seller: str, campaign_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    logins.require_staff(login, seller, *HOSTS)
    return _page(seller, campaign_id)


@blueprint.post(_ONE)
def change(seller: str, campaign_id: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        campaigns.change(session, campaign_id, _new(seller, body))

    return _step(seller, campaign_id, act, together_bodies.CampaignForm)


@blueprint.post(f"{_ONE}/shows/<session_id>")
def answer(seller: str, campaign_id: str, session_id: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        agrees = body["answer"] == "yes"
        campaigns.answer(session, (seller, campaign_id), session_id, agrees=agrees)

    return _step(seller, campaign_id, act, together_bodies.AnswerForm)


def _step(seller: str, campaign_id: str, act: steps.Act, form: type[Schema]) -> ResponseReturnValue:
    """A step of the campaign's own seller; a refusal is told on the page."""
    login = logins.require_staff(current_login(), seller, *HOSTS)
    _own(seller, campaign_id)
    try:
        steps.take(login, act, form)
    except DomainError as error:
        return _page(seller, campaign_id, error), error.status
    return redirect(f"/console/{seller}/campaigns/{campaign_id}", steps.SEE_OTHER)


def _new(seller: str, body: JsonObject) -> NewCampaign:
    lines = [clean_line(line, _NAME_LENGTH) for line in str(body["partners"]).splitlines()]
    last = typed_moments.day(str(body["last"]), "last")
    return NewCampaign(
        seller_id=seller,
        title=str(body["title"]),
        story=str(body["story"]),
        starts_ms=clock.midnight_ms(typed_moments.day(str(body["first"]), "first")),
        ends_ms=clock.midnight_ms(last + _DAY),
        partners=tuple(line for line in lines if line)[:_MOST_PARTNERS],
    )


def _own(seller: str, campaign_id: str) -> CampaignFacts:
    found = campaigns.facts(db.session(), campaign_id)
    if found.seller_id != seller:
        raise NotFound()
    return found


def _list_page(seller: str, typed: dict[str, str], error: DomainError | None = None) -> str:
    today = f"{clock.today():%Y-%m-%d}"
    return render_template(
        "livestream/campaigns.html",
        seller=sellers.facts(db.session(), seller),
        own=campaigns.of_seller(db.session(), seller),
        typed={"first": today, "last": today, **typed},
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )


def _page(seller: str, campaign_id: str, error: DomainError | None = None) -> str:
    campaign = _own(seller, campaign_id)
    listed = campaigns.shows(db.session(), campaign_id)
    asking = campaigns.shows(db.session(), campaign_id, "asked")
    return render_template(
        "livestream/campaign_desk.html",
        seller=sellers.facts(db.session(), seller),
        campaign=campaign,
        subject=Subject("campaign", campaign_id),
        taken=photos.of_subject(db.session(), seller, Subject("campaign", campaign_id)),
        listed=show_cards.of(db.session(), listed),
        asking=show_cards.of(db.session(), asking),
        typed=dict(request.form) if error else _typed(campaign),
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )


def _typed(campaign: CampaignFacts) -> dict[str, str]:
    return {
        "title": campaign.title,
        "story": campaign.story,
        "first": f"{clock.day_of(campaign.starts_ms):%Y-%m-%d}",
        "last": f"{clock.day_of(campaign.ends_ms - 1):%Y-%m-%d}",
        "partners": "\n".join(campaign.partners),
    }
