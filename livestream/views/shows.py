"""Pages around a session: its calendar file, its QR and poster, and the public list of who claimed what."""

from flask import Blueprint, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from core import qr_image
from core.config import Settings
from core.db import db
from core.errors import NotFound
from livestream.room import view
from livestream.shows import claim_list, soon_page

blueprint = Blueprint(
    "live_shows", __name__, url_prefix="/live/<session_id>", template_folder="../templates"
)

_KEPT_S = 86_400


@blueprint.get("/calendar.ics")
def calendar(session_id: str) -> ResponseReturnValue:
    text = soon_page.calendar(db.session(), session_id, _base())
    if text is None:
        raise NotFound()
    answer = make_response(text)
    answer.content_type = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f'inline; filename="phien-{session_id}.ics"'
    return answer


@blueprint.get("/qr.svg")
def qr(session_id: str) -> ResponseReturnValue:
    view.public_facts(db.session(), session_id)
    answer = make_response(qr_image.svg(f"{_base()}/live/{session_id}"))
    answer.content_type = "image/svg+xml"
    answer.cache_control.public = True
    answer.cache_control.max_age = _KEPT_S
    return answer


@blueprint.get("/poster")
def poster(session_id: str) -> ResponseReturnValue:
    page = soon_page.page(db.session(), session_id, _base())
    return render_template("livestream/poster.html", page=page, show=page.show)


@blueprint.get("/claims")
def claims(session_id: str) -> ResponseReturnValue:
    page = claim_list.page(db.session(), session_id, request.args.get("before", ""))
    return render_template("livestream/claims.html", page=page, show=page.show)


def _base() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.public_url
