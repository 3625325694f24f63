"""The grower book on the screen: everybody in it, one member's page, writing one in, leaving and coming back.

Who weighs goods in may read it; who keeps it may write. A household's class is on a page of its own
(`catalog.console.households`) and told here to keepers alone.
"""

from collections.abc import Callable

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access, certificates, communes
from catalog.console import frame, typed_days
from catalog.console.grower_bodies import LeaveForm, MemberForm
from catalog.growers import areas, harvests, households, members, plots
from catalog.growers.members import Asked, MemberFacts, NewMember
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import forms
from core.http.fields import StepForm
from core.identity.logins import Login
from core.phone import format_phone

blueprint = Blueprint(
    "catalog_members", __name__, url_prefix="/console/<seller>", template_folder="../templates"
)

_TAB = "members"


@blueprint.get("/members")
def list_page(seller: str) -> ResponseReturnValue:
    login = frame.staff(seller, access.READERS)
    asked = Asked(
        request.args.get("q", ""), bool(request.args.get("left")), request.args.get("after", "")
    )
    session = db.session()
    found = members.page(session, seller, asked)
    ids = [one.id for one in found.items]
    return frame.page(
        seller,
        "members.html",
        _TAB,
        asked=asked,
        found=found,
        numbers=members.numbers(session, seller),
        plots=plots.of_members(session, seller, ids) if ids else {},
        brought=harvests.brought_by(session, seller, ids) if ids else {},
        may_write=_keeps(login, seller),
        **_words(),
    )


@blueprint.get("/members/new")
def new_page(seller: str) -> ResponseReturnValue:
    frame.keeper(seller)
    return _form(seller, {})


@blueprint.post("/members/new")
def create(seller: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    try:
        body = forms.load(MemberForm, request.form)
        new = _entry(body)
        member = frame.write_once(login, body, lambda session: members.add(session, seller, new))
    except DomainError as error:
        return _form(seller, dict(request.form), error=error), error.status
    return redirect(f"/console/{seller}/members/{member}", frame.SEE_OTHER)


@blueprint.get("/members/<member>")
def member_page(seller: str, member: str) -> ResponseReturnValue:
    return _page(frame.staff(seller, access.READERS), seller, member)


@blueprint.get("/members/<member>/edit")
def edit_page(seller: str, member: str) -> ResponseReturnValue:
    frame.keeper(seller)
    found = members.get(db.session(), seller, member)
    return _form(seller, _typed(found), found)


@blueprint.post("/members/<member>/edit")
def change(seller: str, member: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    found = members.get(db.session(), seller, member)

    def act(session: Session) -> str:
        members.change(session, seller, member, new)
        return member

    try:
        body = forms.load(MemberForm, request.form)
        new = _entry(body)
        frame.write_once(login, body, act)
    except DomainError as error:
        return _form(seller, dict(request.form), found, error), error.status
    return redirect(f"/console/{seller}/members/{member}", frame.SEE_OTHER)


@blueprint.post("/members/<member>/leave")
def leave(seller: str, member: str) -> ResponseReturnValue:
    login = frame.keeper(seller)

    def act(session: Session) -> None:
        on = typed_days.required_day_in(body, "left_on")
        members.leave(session, seller, member, on)

    try:
        body = forms.load(LeaveForm, request.form)
    except DomainError as error:
        return _page(login, seller, member, error), error.status
    return _step(login, seller, member, (body, act))


@blueprint.post("/members/<member>/return")
def come_back(seller: str, member: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    body = forms.load(StepForm, request.form)
    return _step(
        login, seller, member, (body, lambda session: members.come_back(session, seller, member))
    )


def _step(
    login: Login, seller: str, member: str, step: tuple[JsonObject, Callable[[Session], None]]
) -> ResponseReturnValue:
    """A change without a form of its own; a refusal is said on the member's page."""
    body, act = step

    def noted(session: Session) -> str:
        act(session)
        return member

    try:
        frame.write_once(login, body, noted)
    except DomainError as error:
        return _page(login, seller, member, error), error.status
    return redirect(f"/console/{seller}/members/{member}", frame.SEE_OTHER)


def _page(login: Login, seller: str, member: str, error: DomainError | None = None) -> str:
    session, today = db.session(), clock.today()
    found = members.get(session, seller, member)
    may_write = _keeps(login, seller)
    on_day = households.on_day(session, seller, [member], today) if may_write else {}
    papers = certificates.of_member(session, seller, member)
    return frame.page(
        seller,
        "member.html",
        _TAB,
        member=found,
        plots=plots.of_member(session, seller, member),
        harvests=harvests.of_member(session, seller, member),
        papers=[paper for paper in papers if paper.counts_on(today)],
        household=on_day.get(member),
        may_write=may_write,
        today=today,
        error=frame.fault(error),
        **_words(),
    )


def _form(
    seller: str,
    typed: dict[str, str],
    member: MemberFacts | None = None,
    error: DomainError | None = None,
) -> str:
    return frame.page(
        seller,
        "member_form.html",
        _TAB,
        member=member,
        typed=typed,
        communes=communes.COMMUNES.values(),
        today=clock.today(),
        error=frame.fault(error),
    )


def _entry(body: JsonObject) -> NewMember:
    return NewMember(
        name=str(body["name"]),
        phone=str(body["phone"]),
        commune=str(body["commune"]),
        address=str(body["address"]),
        joined_on=typed_days.day_in(body, "joined_on"),
        notes=str(body["notes"]),
    )


def _typed(member: MemberFacts) -> dict[str, str]:
    """An entry as its form shows it."""
    return {
        "name": member.name,
        "phone": format_phone(member.phone) if member.phone else "",
        "commune": member.commune,
        "address": member.address,
        "joined_on": member.joined_on.isoformat() if member.joined_on else "",
        "notes": member.notes,
    }


def _keeps(login: Login, seller: str) -> bool:
    return login.works_for(seller, *access.KEEPERS)


def _words() -> dict[str, object]:
    return {"read_phone": format_phone, "area": areas.format_area}
