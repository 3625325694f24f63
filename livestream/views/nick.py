"""The page of a claim link: what a nick on another channel holds here, for its owner to take.

Opening it changes nothing (chats open links by themselves); taking it is a button, with a number where
the device has given none.
"""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core.db import db, write
from core.errors import BadRequest, DomainError, NotFound
from core.http import current, forms, steps
from core.http.current import current_login
from core.identity import entrance, logins
from core.identity.logins import Login
from core.phone import BadPhone, parse_phone
from livestream.outside import nick_links, outside_bodies, outside_words
from livestream.room import view

blueprint = Blueprint("nick_link", __name__, template_folder="../templates")


@blueprint.get("/nick/<key>")
def look(key: str) -> str:
    return _page(key)


@blueprint.post("/nick/<key>")
def take(key: str) -> ResponseReturnValue:
    nick_links.of_key(db.session(), key, None)  # nobody gives a number to a link that leads nowhere
    try:
        body = forms.load(outside_bodies.NickForm, request.form)
        login = _owner(str(body["phone"]), str(body["name"]))
        session_id = write(lambda session: nick_links.take_over(session, key, login))
    except NotFound:
        raise
    except DomainError as error:
        return _page(key, error), error.status
    return redirect(f"/live/{session_id}", steps.SEE_OTHER)


def _owner(phone: str, name: str) -> Login:
    """Who takes it: the one this device acts for, or the one just given."""
    login = current_login()
    if login is not None and login.person_id is not None:
        return login
    if not phone:
        raise BadPhone()
    entry = entrance.by_number(parse_phone(phone), name or gettext("Khách"))
    current.keep_device(entry.token)
    given = logins.resolve(db.session(), entry.token)
    if given is None:
        raise BadRequest(field="phone")
    return given


def _page(key: str, error: DomainError | None = None) -> str:
    login = current_login()
    link = nick_links.of_key(db.session(), key, login)
    return render_template(
        "livestream/nick.html",
        page_name="live",
        link=link,
        show=view.facts(db.session(), link.session_id),
        source=outside_words.sources().get(link.source, link.source),
        knows_who=login is not None and login.person_id is not None,
        typed={name: request.form.get(name, "") for name in ("phone", "name")},
        bad_phone=steps.refusal(error) if isinstance(error, BadPhone) else "",
        refusal=steps.refusal(error) if error and not isinstance(error, BadPhone) else "",
    )
