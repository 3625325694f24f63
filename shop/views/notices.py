"""A notice's short link, and one's own page of notices: what one was told, and where to be written to."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db, write
from core.errors import DomainError, LoginRequired, NotFound
from core.http import steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity.logins import Login
from core.ids import new_id
from shop.notices import mailboxes, notice_bodies, notice_facts, telling
from shop.reviews import follows

blueprint = Blueprint("notices", __name__)

_PAGE = "/account/notices"


@blueprint.get("/n/<notice>")
def follow(notice: str) -> ResponseReturnValue:
    """A person's browser says that it navigates; what fetches a preview does not, and has seen nothing."""
    found = notice_facts.path_of(db.session(), notice)
    if request.headers.get("Sec-Fetch-Mode") == "navigate" and found.unheard:
        write(lambda session: telling.seen(session, notice))
    return redirect(found.path, steps.SEE_OTHER)


@blueprint.get(_PAGE)
def notices_page() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return redirect(f"/login?next={_PAGE}", steps.SEE_OTHER)
    person_id = _proved(login)
    notices = notice_facts.of_person(db.session(), person_id)
    if any(one.unheard for one in notices):
        write(lambda session: telling.seen_by(session, person_id))
    return _page(person_id, notices)


@blueprint.post(_PAGE)
def change_mailbox() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        raise LoginRequired()
    person_id = _proved(login)

    def act(session: Session, body: JsonObject) -> None:
        mailboxes.give(session, person_id, str(body["mailbox"]).strip(), str(body["lang"]))

    try:
        steps.take(login, act, notice_bodies.MailboxForm)
    except DomainError as error:
        notices = notice_facts.of_person(db.session(), person_id)
        return _page(person_id, notices, error), error.status
    return redirect(_PAGE, steps.SEE_OTHER)


@blueprint.get("/mailbox/<token>")
def mailbox_page(token: str) -> ResponseReturnValue:
    address = mailboxes.waits(db.session(), token)
    return render_template("shop/mailbox.html", address=address, token=token)


@blueprint.post("/mailbox/<token>")
def confirm_mailbox(token: str) -> ResponseReturnValue:
    """Whoever opens the link from a letter may have no device here; the token is all that is asked."""
    write(lambda session: mailboxes.confirm(session, token))
    return redirect("/", steps.SEE_OTHER)


def _proved(login: Login) -> str:
    """The person on a proved device; on any other nobody's notices are shown.

    Raises:
        NotFound: the device has not proved its number.
    """
    if not login.verified or login.person_id is None:
        raise NotFound()
    return login.person_id


def _page(
    person_id: str,
    notices: tuple[notice_facts.NoticeFacts, ...],
    error: DomainError | None = None,
) -> str:
    mailbox = mailboxes.of_person(db.session(), person_id)
    return render_template(
        "shop/notices.html",
        notices=notices,
        following=follows.followed_by(db.session(), person_id),
        mailbox=mailbox,
        typed=request.form.get("mailbox", mailbox.address)[:200],
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )
