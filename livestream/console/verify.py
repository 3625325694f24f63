"""The verify desk: an officer looks at sellers and their papers, a seller's managers at its hosts.

Unknown and not yours look the same.
"""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core.client_ids import JsonObject, key_of_body, once
from core.db import db, write
from core.errors import DomainError, NotFound
from core.http import forms
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import officers, sellers
from core.ids import new_id
from livestream import form_bodies
from livestream.shows import confirmations, sessions, typed_moments, verify_page
from livestream.shows.confirmations import NewConfirmation

blueprint = Blueprint("live_verify", __name__, url_prefix="/verify", template_folder="../templates")

_SEE_OTHER = 303

Act = Callable[[Session, str], None]


@blueprint.get("")
def desk() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return redirect("/login?next=/verify", _SEE_OTHER)
    officers.require(db.session(), login)
    every = [seller.id for seller in sellers.all_sellers(db.session())]
    pages = verify_page.pages(db.session(), every)
    return render_template(
        "livestream/verify.html", pages=sorted(pages, key=lambda page: -page.missing)
    )


@blueprint.get("/<seller_id>")
def seller_page(seller_id: str) -> ResponseReturnValue:
    if current_login() is None:
        return redirect(f"/login?next=/verify/{seller_id}", _SEE_OTHER)
    return _page(seller_id)


@blueprint.post("/<seller_id>/confirm")
def confirm(seller_id: str) -> ResponseReturnValue:
    try:
        body = forms.load(form_bodies.ConfirmForm, request.form)
        kind, person_id = str(body["kind"]), str(body["person"])
        until = typed_moments.day(str(body["until"]), "until")
        new = NewConfirmation(kind, seller_id, str(body["paper"]), until, person_id)

        def act(session: Session, by: str) -> None:
            confirmations.confirm(session, new, by)
            sessions.recheck_of_seller(session, seller_id)

        _act(seller_id, kind, body, act)
    except DomainError as error:
        return _page(seller_id, error), error.status
    return redirect(f"/verify/{seller_id}", _SEE_OTHER)


@blueprint.post("/<seller_id>/withdraw")
def withdraw(seller_id: str) -> ResponseReturnValue:
    try:
        body = forms.load(form_bodies.WithdrawForm, request.form)
        confirmations.may_confirm(db.session(), current_login(), seller_id)
        found = confirmations.get(db.session(), seller_id, str(body["confirmation"]))
        _act(
            seller_id,
            found.kind,
            body,
            lambda session, _by: confirmations.withdraw(session, seller_id, found.id),
        )
    except DomainError as error:
        return _page(seller_id, error), error.status
    return redirect(f"/verify/{seller_id}", _SEE_OTHER)


def _act(seller_id: str, kind: str, body: JsonObject, act: Act) -> None:
    """Do what the caller may do of this kind, once under its client id."""
    login = current_login()
    if kind not in confirmations.may_confirm(db.session(), login, seller_id):
        raise NotFound()
    assert login is not None  # it may confirm
    by = login.person_id or ""
    key = key_of_body(login.actor, request.path, body)

    def step(session: Session) -> JsonObject:
        act(session, by)
        return {"ok": True}

    write(lambda session: once(session, key, lambda: step(session)))


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
