"""Complaining, for whoever buys or watches: the form, and the page of the complaint with its answers.

An order is complained about by its buyer or the holder of its link, anything else by whoever leaves a
number. Unknown and not yours look the same.
"""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog.photos import SentPhoto
from core import rate
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError, NotFound
from core.http import forms, steps
from core.http.current import current_login, ensure_device
from core.http.fields import Body, StepForm
from core.http.problems import error_fields
from core.identity import logins, people, sellers
from core.identity.logins import Login
from core.ids import new_id
from core.phone import BadPhone, format_phone, parse_phone
from shop import links, orders
from shop.cases import case_bodies, case_facts, case_words, handling, opening, subjects
from shop.cases.case_errors import WhoNeeded
from shop.cases.case_facts import CaseFacts
from shop.cases.case_rules import ORDER, PROBLEMS, WISHES
from shop.cases.opening import REPORTER, Complaint, Words
from shop.cases.subjects import Subject
from shop.views import case_steps

blueprint = Blueprint("cases", __name__)

_COMPLAINTS = rate.Limit("case", burst=10, refill_ms=60_000)
_FIELDS = ("problem", "wants", "text", "name", "phone")


@dataclass(frozen=True)
class _Who:
    """Who complains; `person_id` is None where number and name make a new one."""

    person_id: str | None
    device_id: str | None
    name: str
    phone: str


@blueprint.get("/report/<kind>/<subject>")
def report_page(kind: str, subject: str) -> ResponseReturnValue:
    about = _subject(kind, subject)
    if about.kind == ORDER:
        ensure_device()  # so that pictures can be sent with the first word
    return _form(about, {"problem": request.args.get("problem", "")})


@blueprint.post("/report/<kind>/<subject>")
def report(kind: str, subject: str) -> ResponseReturnValue:
    about = _subject(kind, subject)
    try:
        case_id = _report(about)
    except DomainError as error:
        if error.status == 404:
            raise
        typed = {name: request.form.get(name, "") for name in _FIELDS}
        return _form(about, typed, error), error.status
    return _to_case(case_facts.facts(db.session(), case_id))


def _report(about: Subject) -> str:
    body = forms.load(case_bodies.ReportForm, request.form)
    pictures = case_steps.pictures_in_request()
    if body["problem"] not in PROBLEMS[about.kind]:
        raise BadRequest(field="problem")
    if body["problem"] == "other" and not body["text"]:
        raise BadRequest(field="text", why="say what is wrong")
    who = _who(about, current_login(), body)
    login = ensure_device()
    rate.take(_COMPLAINTS, login.actor)

    def act(session: Session, sent: tuple[SentPhoto, ...]) -> str:
        complaint = Complaint(
            subject=about,
            person_id=who.person_id or _new_person(session, login, who),
            device_id=who.device_id if about.kind == ORDER else login.device_id,
            name=who.name,
            phone=who.phone,
            problem=str(body["problem"]),
            wants=str(body["wants"]),
        )
        return opening.open_case(session, complaint, Words(login.actor, str(body["text"]), sent))

    return case_steps.take(login, body, pictures, act)


@blueprint.get("/cases/<case>")
def case_page(case: str) -> ResponseReturnValue:
    found = _own(case)
    ensure_device()
    return _page(found)


@blueprint.post("/cases/<case>/say")
def say(case: str) -> ResponseReturnValue:
    return _with_words(case, case_bodies.SayForm)


@blueprint.post("/cases/<case>/dispute")
def dispute(case: str) -> ResponseReturnValue:
    return _with_words(case, case_bodies.DisputeForm)


@blueprint.post("/cases/<case>/withdraw")
def withdraw(case: str) -> ResponseReturnValue:
    found = _own(case)
    forms.load(StepForm, request.form)
    login = ensure_device()
    try:
        steps.take(login, lambda session, _body: handling.withdraw(session, case, login.actor))
    except DomainError as error:
        return _page(found, error), error.status
    return _to_case(found)


def _with_words(case: str, form: type[Body]) -> ResponseReturnValue:
    """Add words to a case, or take its outcome to an officer with them."""
    found = _own(case)
    try:
        body = forms.load(form, request.form)
        pictures = case_steps.pictures_in_request()
        if not body["text"] and not pictures:
            raise BadRequest(field="text", why="say something or send a picture")
        login = ensure_device()

        def act(session: Session, sent: tuple[SentPhoto, ...]) -> str:
            words = Words(login.actor, str(body["text"]), sent)
            if form is case_bodies.DisputeForm:
                handling.dispute(session, case, words)
            else:
                handling.say(session, case, REPORTER, words)
            return case

        case_steps.take(login, body, pictures, act)
    except DomainError as error:
        return _page(found, error), error.status
    return _to_case(found)


def _own(case: str) -> CaseFacts:
    return case_facts.of_reporter(db.session(), case, current_login(), request.args.get("k", ""))


def _to_case(found: CaseFacts) -> ResponseReturnValue:
    return redirect(links.case_path(found.id, found.capability), steps.SEE_OTHER)


def _subject(kind: str, subject_id: str) -> Subject:
    """What the page is about, if this caller may complain about it.

    Raises:
        NotFound: there is no such thing, or it is somebody else's order.
    """
    if kind == ORDER:
        orders.seen_by(db.session(), subject_id, current_login(), request.args.get("k", ""))
    found = subjects.read(db.session(), kind, subject_id)
    if found is None:
        raise NotFound()
    return found


def _who(about: Subject, login: Login | None, body: JsonObject) -> _Who:
    """Who complains: the order's buyer, or whoever this device acts for, or the number typed.

    Raises:
        WhoNeeded: no number is known. BadPhone: what was typed is none.
    """
    if about.kind == ORDER:
        order = orders.facts(db.session(), about.id)
        return _Who(order.person_id, order.device_id, order.name, order.phone)
    typed = str(body["phone"]).strip()
    phone = parse_phone(typed) if typed else ""
    name = str(body["name"]) or (login.name if login else "")
    if login is not None and login.person_id is not None:
        return _Who(login.person_id, login.device_id, name, phone or login.phone)
    if not phone:
        raise WhoNeeded()
    return _Who(None, None, name, phone)


def _new_person(session: Session, login: Login, who: _Who) -> str:
    person_id = people.find_or_create(session, who.phone, who.name)
    logins.attach(session, login.device_id, person_id, who.name)
    return person_id


def _form(about: Subject, typed: dict[str, str], error: DomainError | None = None) -> str:
    login = current_login()
    knows_who = about.kind == ORDER or (login is not None and login.person_id is not None)
    return render_template(
        "shop/report.html",
        about=about,
        seller=sellers.facts(db.session(), about.seller_id),
        problems={code: case_words.problems()[code] for code in PROBLEMS[about.kind]},
        wishes={code: case_words.wishes()[code] for code in WISHES},
        asks_who=not knows_who,
        takes_pictures=login is not None or about.kind == ORDER,
        most_pictures=case_steps.MOST_PICTURES,
        typed=typed,
        query=_query(),
        client_id=new_id(),
        error=_told(error) if error else None,
    )


def _told(error: DomainError) -> dict[str, object]:
    """A refusal, and the field it is about ("" for the whole form)."""
    field = "phone" if isinstance(error, BadPhone) else str(error.data.get("field", ""))
    return {**error_fields(error), "field": field if field in _FIELDS else ""}


def _page(found: CaseFacts, error: DomainError | None = None) -> str:
    seller = sellers.facts(db.session(), found.seller_id)
    return render_template(
        "shop/case.html",
        case=case_facts.facts(db.session(), found.id),
        notes=case_facts.thread(db.session(), found.id),
        seller=seller,
        sellers_phone=format_phone(seller.phone),
        path=subjects.path_of(db.session(), found.subject_kind, found.subject_id),
        words=case_words,
        most_pictures=case_steps.MOST_PICTURES,
        side=REPORTER,
        query=f"?k={found.capability}",
        client_id=new_id(),
        typed=request.form.get("text", "") if error else "",
        error=error_fields(error) if error else None,
    )


def _query() -> str:
    """The part of the address that opens an order by its link, for the form's own address."""
    capability = request.args.get("k", "")[:64]
    return f"?k={capability}" if capability else ""
