"""A stopped show for the people of its sellers: by whom and why, which of their orders wait, and the answer.

Each seller sees its own orders and answers alone. Unknown and not yours look the same.
"""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from livestream import access
from livestream.stops import replies, stop_bodies, stop_page, stop_words

blueprint = Blueprint(
    "stopped_shows", __name__, url_prefix="/console/stops", template_folder="../templates"
)


@blueprint.get("/<session_id>")
def stopped_page(session_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    return _page(session_id, login)


@blueprint.post("/<session_id>/reply")
def reply(session_id: str) -> ResponseReturnValue:
    login = current_login()
    own = access.own_sellers(db.session(), session_id, login)
    assert login is not None  # it works for one of them

    def act(session: Session, body: JsonObject) -> None:
        if body["seller"] not in own or login.person_id is None:
            raise NotFound()
        replies.add(session, session_id, str(body["seller"]), login.person_id, str(body["text"]))

    try:
        steps.take(login, act, stop_bodies.ReplyForm)
    except NotFound:
        raise
    except DomainError as error:
        return _page(session_id, login, error), error.status
    return redirect(f"/console/stops/{session_id}", steps.SEE_OTHER)


def _page(session_id: str, login: Login, error: DomainError | None = None) -> str:
    own = access.own_sellers(db.session(), session_id, login)
    page = stop_page.page(db.session(), session_id, own)
    if page.stop is None:
        raise NotFound()
    return render_template(
        "livestream/stopped_show.html",
        page=page,
        stop=page.stop,
        show=page.row.show,
        names=sellers.facts_of(db.session(), own),
        words=stop_words,
        reasons=stop_words.reasons(),
        typed=request.form,
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )
