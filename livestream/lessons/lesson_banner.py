"""What every page of a lesson says at its top: that nothing is really sold here, who teaches, and where."""

from flask import render_template
from markupsafe import Markup

from core.db import db
from livestream.models import LiveSession
from livestream.states import LESSON


def banner(session_id: str) -> Markup:
    """The banner of a lesson; nothing for a session that sells."""
    row = db.session().get(LiveSession, session_id)
    if row is None or row.kind != LESSON:
        return Markup("")
    page = render_template("livestream/lesson_banner.html", guide=row.guide, place=row.place)
    return Markup(page)
