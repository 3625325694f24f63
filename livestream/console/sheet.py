"""After the show: the day's sheet as a page and as a CSV, and the one reminder to those who have not paid.

For the staff of the sellers concerned who may see money; each sees its own seller's rows.
"""

from flask import Blueprint, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from livestream import access
from livestream.room import view
from livestream.shows import day_sheet, reminders
from livestream.states import OVER

blueprint = Blueprint(
    "live_sheet", __name__, url_prefix="/host/<session_id>", template_folder="../templates"
)


@blueprint.get("/sheet")
def sheet_page(session_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    return _page(session_id, _own(session_id, login))


@blueprint.get("/sheet.csv")
def sheet_file(session_id: str) -> ResponseReturnValue:
    own = _own(session_id, current_login())
    sheet = day_sheet.of_sellers(db.session(), session_id, own)
    show = view.facts(db.session(), session_id)
    answer = make_response(day_sheet.as_csv(sheet, show.title))
    answer.content_type = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="phien-{session_id}.csv"'
    return answer


@blueprint.post("/remind")
def remind(session_id: str) -> ResponseReturnValue:
    login = current_login()
    own = _own(session_id, login)
    assert login is not None  # it works for one of them

    def act(session: Session, _body: JsonObject) -> None:
        reminders.remind(session, session_id, own, login.person_id or "")

    try:
        steps.take(login, act)
    except DomainError as error:
        return _page(session_id, own, error), error.status
    return redirect(f"/host/{session_id}/sheet", steps.SEE_OTHER)


def _own(session_id: str, login: Login | None) -> tuple[str, ...]:
    """The sellers of the session whose sheet `login` may see: it hosts for them."""
    return access.own_sellers(db.session(), session_id, login, access.HOSTS)


def _page(session_id: str, own: tuple[str, ...], error: DomainError | None = None) -> str:
    show = view.facts(db.session(), session_id)
    return render_template(
        "livestream/sheet.html",
        show=show,
        sheet=day_sheet.of_sellers(db.session(), session_id, own),
        unpaid=len(reminders.unpaid(db.session(), session_id, own)),
        over=show.state in OVER,
        own=sellers.facts_of(db.session(), own).values(),
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )
