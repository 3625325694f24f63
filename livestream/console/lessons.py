"""Making a lesson from the seller's home: no papers, no goods; a practice shop if learners shall try claims.

Refuses people who do not host for the seller.
"""

from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import logins, sellers
from core.identity.logins import Login
from core.ids import new_id
from livestream import access
from livestream.access import HOSTS
from livestream.lessons import lesson_bodies, lessons
from livestream.lessons.lessons import NewLesson
from livestream.shows import typed_moments

blueprint = Blueprint(
    "lessons", __name__, url_prefix="/console/lessons", template_folder="../templates"
)

_MINUTES = 90


@blueprint.get("/new")
def new_page() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    hosted = access.hosted_sellers(login)
    if not hosted:
        raise NotFound()
    asked = request.args.get("seller", hosted[0])
    logins.require_staff(login, asked, *HOSTS)
    return _page(login, asked)


@blueprint.post("/new")
def create() -> ResponseReturnValue:
    seller_id = request.form.get("seller", "")
    login = logins.require_staff(current_login(), seller_id, *HOSTS)
    try:
        made = steps.take(login, _create, lesson_bodies.LessonForm)
    except DomainError as error:
        return _page(login, seller_id, error), error.status
    return redirect(f"/host/{made['session']}", steps.SEE_OTHER)


def _create(session: Session, body: JsonObject) -> JsonObject:
    new = NewLesson(
        seller_id=str(body["seller"]),
        title=str(body["title"]),
        guide=str(body["guide"]),
        place=str(body["place"]),
        minutes=cast(int, body["minutes"]),
        planned_start_ms=typed_moments.moment_ms(str(body["starts"]), "starts"),
        practises=body["practice"] == "yes",
    )
    return {"session": lessons.create(session, new)}


def _page(login: Login, seller_id: str, error: DomainError | None = None) -> str:
    seller = sellers.facts(db.session(), seller_id)
    return render_template(
        "livestream/lesson_new.html",
        seller=seller,
        hosted=sellers.facts_of(db.session(), access.hosted_sellers(login)),
        guide=login.name,
        minutes=_MINUTES,
        typed=request.form,
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )
