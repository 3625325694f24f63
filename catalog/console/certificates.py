"""Papers on the desk: what counts, what ends soon, what is over; writing one down, changing, taking back.

Refuses papers, products and members of other sellers, which look like none at all.
"""

from collections.abc import Iterator

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access, certificates, photos
from catalog.certificates import CertificateFacts, NewCertificate
from catalog.console import frame, typed_days
from catalog.console.grower_bodies import CertificateForm, WithdrawForm
from catalog.growers import holders, members
from catalog.photos import Subject
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import forms

blueprint = Blueprint(
    "catalog_certificates", __name__, url_prefix="/console/<seller>", template_folder="../templates"
)

_TAB = "certificates"


@blueprint.get("/certificates")
def list_page(seller: str) -> ResponseReturnValue:
    login = frame.staff(seller, access.READERS)
    session, today = db.session(), clock.today()
    papers = certificates.of_seller(session, seller)
    counting = [one for one in papers if one.counts_on(today)]
    soon = [one for one in counting if _is_ending(one)]
    return frame.page(
        seller,
        "certificates.html",
        _TAB,
        soon=soon,
        counting=[one for one in counting if one not in soon],
        over=[one for one in papers if not one.counts_on(today)],
        holders=holders.named(session, seller, {*_named(papers)}),
        may_write=login.works_for(seller, *access.KEEPERS),
        today=today,
    )


@blueprint.get("/certificates/new")
def new_page(seller: str) -> ResponseReturnValue:
    frame.keeper(seller)
    kind = request.args.get("kind", "")
    if kind not in certificates.KINDS:
        return frame.page(seller, "certificate_kinds.html", _TAB, kinds=certificates.KINDS)
    return _form(seller, {"kind": kind, "holder": request.args.get("holder", "")})


@blueprint.post("/certificates/new")
def create(seller: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    try:
        body = forms.load(CertificateForm, request.form)
        new = _entry(body)
        paper = frame.write_once(
            login, body, lambda session: certificates.add(session, seller, new)
        )
    except DomainError as error:
        return _form(seller, dict(request.form), error=error), error.status
    return redirect(f"/console/{seller}/certificates/{paper}#photo", frame.SEE_OTHER)


@blueprint.get("/certificates/<certificate>")
def edit_page(seller: str, certificate: str) -> ResponseReturnValue:
    frame.keeper(seller)
    found = certificates.get(db.session(), seller, certificate)
    return _form(seller, _typed(found), found)


@blueprint.post("/certificates/<certificate>")
def change(seller: str, certificate: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    found = certificates.get(db.session(), seller, certificate)

    def act(session: Session) -> str:
        certificates.change(session, seller, certificate, new)
        return certificate

    try:
        body = forms.load(CertificateForm, request.form)
        new = _entry(body)
        frame.write_once(login, body, act)
    except DomainError as error:
        return _form(seller, dict(request.form), found, error), error.status
    return redirect(f"/console/{seller}/certificates", frame.SEE_OTHER)


@blueprint.post("/certificates/<certificate>/withdraw")
def withdraw(seller: str, certificate: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    found = certificates.get(db.session(), seller, certificate)

    def act(session: Session) -> str:
        certificates.withdraw(session, seller, certificate, str(body["why"]))
        return certificate

    try:
        body = forms.load(WithdrawForm, request.form)
        frame.write_once(login, body, act)
    except DomainError as error:
        return _form(seller, _typed(found), found, error), error.status
    return redirect(f"/console/{seller}/certificates", frame.SEE_OTHER)


def _form(
    seller: str,
    typed: dict[str, str],
    paper: CertificateFacts | None = None,
    error: DomainError | None = None,
) -> str:
    session = db.session()
    subject = Subject("certificate", paper.id) if paper else None
    return frame.page(
        seller,
        "certificate_form.html",
        _TAB,
        paper=paper,
        subject=subject,
        taken=photos.of_subject(session, seller, subject) if subject else (),
        typed=typed,
        stars=certificates.STARS,
        endless=certificates.ENDLESS,
        products=holders.products_of(session, seller),
        members=members.of_seller(session, seller),
        today=clock.today(),
        error=frame.fault(error),
    )


def _is_ending(paper: CertificateFacts) -> bool:
    left = paper.days_left(clock.today())
    return left is not None and left <= certificates.SOON_DAYS


def _named(papers: tuple[CertificateFacts, ...]) -> Iterator[str]:
    for paper in papers:
        yield from filter(None, (paper.product_id, paper.member_id))


def _entry(body: JsonObject) -> NewCertificate:
    valid_from = typed_days.required_day_in(body, "valid_from")
    of, _, holder = str(body["holder"]).partition(":")
    stars = str(body["stars"])
    return NewCertificate(
        kind=str(body["kind"]),
        number=str(body["number"]),
        issuer=str(body["issuer"]),
        valid_from=valid_from,
        valid_until=typed_days.day_in(body, "valid_until"),
        stars=int(stars) if stars else None,
        name=str(body["name"]),
        product_id=holder if of == "product" else "",
        member_id=holder if of == "member" else "",
    )


def _typed(paper: CertificateFacts) -> dict[str, str]:
    """An entry as its form shows it."""
    holder = f"product:{paper.product_id}" if paper.product_id else ""
    return {
        "kind": paper.kind,
        "stars": str(paper.stars or ""),
        "holder": f"member:{paper.member_id}" if paper.member_id else holder,
        "name": paper.name,
        "number": paper.number,
        "issuer": paper.issuer,
        "valid_from": paper.valid_from.isoformat(),
        "valid_until": paper.valid_until.isoformat() if paper.valid_until else "",
    }
