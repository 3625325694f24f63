"""Pages to come in, to go out and to look after one's own account."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core.db import db, write
from core.errors import BadRequest, DomainError, LoginRequired
from core.http import current, forms, steps
from core.http.current import current_login
from core.identity import devices, entrance, people, schemas
from core.identity.logins import Login, require_person
from core.phone import format_phone

blueprint = Blueprint("account", __name__)

_SEE_OTHER = 303


@blueprint.get("/login")
def login_page() -> ResponseReturnValue:
    login = current_login()
    if login is not None and login.verified:
        return redirect(_local(request.args.get("next")), _SEE_OTHER)
    return _form_page({"next": _local(request.args.get("next"))})


@blueprint.post("/login")
def sign_in() -> ResponseReturnValue:
    try:
        body = forms.load(schemas.PasswordForm, request.form)
        entry = entrance.by_password(str(body["phone"]), str(body["password"]))
    except DomainError as error:
        return _form_page(_typed(), error)
    return _enter(entry)


@blueprint.post("/login/code")
def ask_code() -> ResponseReturnValue:
    try:
        body = forms.load(schemas.CodeAskedForm, request.form)
        entrance.send_code(str(body["phone"]))
    except DomainError as error:
        return _form_page(_typed(), error)
    return _form_page(_typed() | {"step": "code"})


@blueprint.post("/login/verify")
def verify_code() -> ResponseReturnValue:
    try:
        body = forms.load(schemas.CodeForm, request.form)
        entry = entrance.by_code(str(body["phone"]), str(body["code"]))
    except DomainError as error:
        return _form_page(_typed() | {"step": "code"}, error)
    return _enter(entry)


@blueprint.post("/logout")
def sign_out() -> ResponseReturnValue:
    forms.load(schemas.EmptyBody, request.form)
    entrance.leave()
    return redirect("/", _SEE_OTHER)


@blueprint.get("/account")
def account_page() -> ResponseReturnValue:
    login = current_login()
    if login is None or login.person_id is None:
        return redirect("/login?next=/account", _SEE_OTHER)
    found = devices.of_login(db.session(), login)
    phone = format_phone(login.phone)
    return render_template("core/account.html", page_name="account", devices=found, phone=phone)


@blueprint.post("/account/name")
def change_name() -> ResponseReturnValue:
    body = forms.load(schemas.NameBody, request.form)
    person_id = require_person(_proved_login())
    name = str(body["name"])
    write(lambda session: people.rename(session, person_id, name))
    return redirect("/account", _SEE_OTHER)


@blueprint.post("/account/devices/<device_id>/sign-out")
def sign_out_device(device_id: str) -> ResponseReturnValue:
    forms.load(schemas.EmptyBody, request.form)
    login = current_login()
    if login is None:
        raise LoginRequired()
    write(lambda session: devices.sign_out(session, login, device_id))
    if device_id == login.device_id:
        current.forget_device()
        return redirect("/", _SEE_OTHER)
    return redirect("/account", _SEE_OTHER)


def _proved_login() -> Login:
    """The login of this request if it proved its number; what belongs to the person needs that."""
    login = current_login()
    if login is None or not login.verified:
        raise LoginRequired()
    return login


def _enter(entry: entrance.Entry) -> ResponseReturnValue:
    current.keep_device(entry.token)
    return redirect(_local(request.form.get("next")), _SEE_OTHER)


def _typed() -> dict[str, str]:
    return {
        "phone": request.form.get("phone", "")[:40],
        "next": _local(request.form.get("next")),
    }


def _form_page(facts: dict[str, str], error: DomainError | None = None) -> ResponseReturnValue:
    """The entrance page again, with what was typed (never the password) and what was wrong with it."""
    told = {} if error is None else {"error": _told(error)}
    page = render_template("core/login.html", page_name="account", **facts, **told)
    return page, error.status if error else 200


def _told(error: DomainError) -> str:
    if isinstance(error, BadRequest) and error.data.get("field") == "phone":
        return gettext(
            "Số điện thoại chưa đúng. Bạn nhập số Việt Nam, ví dụ 0912 345 678, giúp nhé."
        )
    if isinstance(error, BadRequest) and error.data.get("field") == "code":
        return gettext("Mã gồm 6 chữ số. Bạn xem lại tin nhắn giúp nhé.")
    return steps.refusal(error)


def _local(path: str | None) -> str:
    """`path` if it is a page of ours, else the front page: nobody is sent elsewhere after signing in."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return "/"
    return path if path.isprintable() and len(path) <= 300 else "/"
