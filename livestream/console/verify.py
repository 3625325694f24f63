"""The verify desk: an officer looks at sellers and their papers, a seller's managers at its hosts.

Unknown and not yours look the same.
"""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import officers, sellers
from core.identity.logins import Login
from core.ids import new_id
from livestream import form_bodies
from livestream.shows import confirmations, sessions, typed_moments, verify_page
from livestream.shows.confirmations import NewConfirmation

blueprint = Blueprint("live_verify", __name__, url_prefix="/verify", template_folder="../templates")


@blueprint.get("")
def desk() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    officers.require(db.session(), login)
    every = [seller.id for seller in sellers.all_sellers(db.session())]
    pages = verify_page.pages(db.session(), every)
    return render_template(
        "livestream/verify.html", pages=sorted(pages, key=lambda page: -page.missing)
    )


@blueprint.get("/<seller_id>")
def seller_page(seller_id: str) -> ResponseReturnValue:
    if current_login() is None:
        return steps.sign_in()
    return _page(seller_id)


@blueprint.post("/<seller_id>/confirm")
def confirm(seller_id: str) -> ResponseReturnValue:
    login = current_login()

    def act(session: Session, body: JsonObject) -> None:
        kind, person_id = str(body["kind"]), str(body["person"])
        until = typed_moments.day(str(body["until"]), "until")
        new = NewConfirmation(kind, seller_id, str(body["paper"]), until, person_id)
        confirmations.confirm(session, new, _confirmer(session, login, seller_id, kind))
        sessions.recheck_of_seller(session, seller_id)

    return _step(seller_id, act, form_bodies.ConfirmForm)


@blueprint.post("/<seller_id>/withdraw")
def withdraw(seller_id: str) -> ResponseReturnValue:
    login = current_login()

    def act(session: Session, body: JsonObject) -> None:
        found = confirmations.get(session, seller_id, str(body["confirmation"]))
        _confirmer(session, login, seller_id, found.kind)
        confirmations.withdraw(session, seller_id, found.id)

    return _step(seller_id, act, form_bodies.WithdrawForm)


def _step(seller_id: str, act: steps.Act, form: type[Schema]) -> ResponseReturnValue:
    """A step of somebody who may confirm things of this seller; a refusal is told on the page."""
    login = current_login()
    confirmations.may_confirm(db.session(), login, seller_id)
    assert login is not None  # it may confirm
    try:
        steps.take(login, act, form)
    except DomainError as error:
        return _page(seller_id, error), error.status
    return redirect(f"/verify/{seller_id}", steps.SEE_OTHER)


def _confirmer(session: Session, login: Login | None, seller_id: str, kind: str) -> str:
    """Who confirms (a person's id), if this kind is theirs to confirm.

    Raises:
        NotFound: it is not.
    """
    if kind not in confirmations.may_confirm(session, login, seller_id):
        raise NotFound()
    return (login.person_id or "") if login else ""


def _page(seller_id: str, error: DomainError | None = None) -> str:
    may = confirmations.may_confirm(db.session(), current_login(), seller_id)
    found = verify_page.pages(db.session(), [seller_id])
    if not found:
        raise NotFound()
    login = current_login()
    return render_template(
        "livestream/verify_seller.html",
        page=found[0],
        may=may,
        own=login.person_id if login else None,
        until=verify_page.until_by_default().isoformat(),
        client_id=new_id(),
        is_officer=officers.held_by(db.session(), login) is not None,
        error=error_fields(error) if error else None,
    )
