"""Tables in and out: send one, look at what its rows would do, write the chosen ones down; take tables away.

Price lists are for who sets prices; harvest books and counts for who keeps the stock as well.
"""

from datetime import date, timedelta

from flask import Blueprint, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access, shelves, stock
from catalog.console import frame
from catalog.console.file_forms import SendForm, WriteForm
from catalog.imports import apply, exports, guide, plan, shelf
from catalog.imports.columns import COLUMNS, Kind
from catalog.imports.exports import MOVEMENTS, Period
from catalog.imports.rows import Does
from catalog.imports.shelf import NewFile
from core import clock, qr_image
from core.client_ids import JsonObject
from core.config import Settings
from core.db import db
from core.errors import BadRequest, DomainError, NoSuchDay, NotFound
from core.http import forms, steps
from core.identity.logins import Login
from core.tables import reading, sheets

blueprint = Blueprint("files_console", __name__, url_prefix="/console")
TAKES_FILES = "files_console.send"
MOST_BODY = reading.MOST_BYTES + 64 * 1024

_READERS = (*access.STOCKERS, "accountant")
_ROLES = {
    Kind.LISTINGS: access.KEEPERS,
    Kind.LOTS: access.STOCKERS,
    Kind.STOCK: access.STOCKERS,
}
_DAYS = 31
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILE_NAMES = {
    Kind.LISTINGS: "mon-ban",
    Kind.LOTS: "lo-hang",
    Kind.STOCK: "kiem-ke",
    MOVEMENTS: "nhap-xuat",
}


@blueprint.get("/<seller>/files")
def home(seller: str) -> str:
    return _home(frame.staff(seller, _READERS), seller, {})


@blueprint.post("/<seller>/files")
def send(seller: str) -> ResponseReturnValue:
    login = frame.staff(seller, access.STOCKERS)
    try:
        body = forms.load(SendForm, request.form)
        file_id = _send(frame.staff(seller, _ROLES[Kind(str(body["kind"]))]), seller, body)
    except NotFound:
        raise
    except DomainError as error:
        return _home(login, seller, dict(request.form), error), error.status
    return redirect(f"/console/{seller}/imports/{file_id}", frame.SEE_OTHER)


@blueprint.get("/<seller>/imports/<import_id>")
def look(seller: str, import_id: str) -> str:
    _staff_for(seller, import_id)
    return _look(seller, import_id)


@blueprint.post("/<seller>/imports/<import_id>")
def write_down(seller: str, import_id: str) -> ResponseReturnValue:
    login = _staff_for(seller, import_id)
    chosen: list[int] = []
    try:
        chosen = forms.ticked(request.form)
        _write_down(login, seller, import_id, chosen)
    except NotFound:
        raise
    except DomainError as error:
        return _look(seller, import_id, chosen, error), error.status
    return redirect(f"/console/{seller}/imports/{import_id}?done=1", frame.SEE_OTHER)


@blueprint.get("/<seller>/files/export")
def export(seller: str) -> Response:
    frame.staff(seller, _READERS)
    what, packed = request.args.get("what", ""), request.args.get("as", "xlsx")
    if packed not in {"csv", "xlsx"}:
        raise BadRequest(field="as")
    if what == MOVEMENTS:
        sheet = exports.movements(db.session(), seller, _period())
    else:
        sheet = exports.of_kind(db.session(), seller, _kind(what))
    db.session.remove()  # the file is made without holding a connection
    raw = sheets.as_csv(sheet) if packed == "csv" else sheets.as_xlsx(sheet)
    return _download(raw, f"{_FILE_NAMES[what]}-{clock.today():%Y-%m-%d}.{packed}")


@blueprint.get("/<seller>/files/template")
def template(seller: str) -> Response:
    frame.staff(seller, _READERS)
    kind = _kind(request.args.get("what", ""))
    return _download(sheets.as_xlsx(*guide.template(kind)), f"mau-{_FILE_NAMES[kind]}.xlsx")


@blueprint.get("/<seller>/files/sheet")
def sheet(seller: str) -> str:
    frame.staff(seller, access.STOCKERS)
    points = stock.points_of(db.session(), seller)
    asked = request.args.get("point", "")
    chosen = next((one for one in points if one.id == asked or not asked), None)
    if asked and chosen is None:
        raise NotFound()
    goods = shelves.of_seller(db.session(), seller, chosen.id) if chosen else ()
    settings: Settings = current_app.config["SETTINGS"]
    place = f"?point={chosen.id}" if chosen else ""
    return frame.page(
        seller,
        "files_sheet.html",
        "files",
        goods=[one for one in goods if any(shelf.lots for shelf in one.shelves)],
        points=points,
        chosen=chosen,
        with_book=request.args.get("book") == "1",
        qr=qr_image.svg(f"{settings.public_url}/console/{seller}/stock/count{place}"),
        now_ms=clock.now_ms(),
    )


def _staff_for(seller: str, import_id: str) -> Login:
    """Who calls, if what the file is about is theirs to write; else as `frame.staff`."""
    frame.staff(seller, access.STOCKERS)
    return frame.staff(seller, _ROLES[shelf.get(db.session(), seller, import_id).facts.kind])


def _home(
    login: Login, seller: str, typed: dict[str, str], error: DomainError | None = None
) -> str:
    today = clock.today()
    return frame.page(
        seller,
        "files.html",
        "files",
        kinds=[kind for kind in Kind if login.works_for(seller, *_ROLES[kind])],
        typed=typed,
        error=frame.fault(error),
        recent=shelf.recent(db.session(), seller),
        points=stock.points_of(db.session(), seller),
        helps=guide.HELPS,
        columns=COLUMNS,
        most_mb=reading.MOST_MB,
        first=today - timedelta(days=_DAYS - 1),
        last=today,
    )


def _look(
    seller: str, import_id: str, chosen: list[int] | None = None, error: DomainError | None = None
) -> str:
    file = shelf.get(db.session(), seller, import_id)
    made = plan.make(db.session(), seller, file.facts.kind, file.table, file.facts.digest)
    ready = made.ready
    return frame.page(
        seller,
        "files_look.html",
        "files",
        file=file.facts,
        plan=made,
        ready=ready[: apply.MOST_AT_ONCE],
        later=max(0, len(ready) - apply.MOST_AT_ONCE),
        bad=made.of(Does.BAD),
        same=made.of(Does.SAME),
        chosen=set(chosen) if chosen else None,
        done=request.method == "GET" and "done" in request.args,
        error=frame.fault(error),
    )


def _send(login: Login, seller: str, body: JsonObject) -> str:
    kind, pasted = Kind(str(body["kind"])), str(body["pasted"])
    name, raw = forms.one_file(request.files)
    if raw:
        tables, digest = reading.tables(raw), shelf.digest_of(raw)
    else:
        tables, digest = reading.pasted(pasted), shelf.digest_of(pasted.encode())
    said: JsonObject = {"client_id": body["client_id"], "kind": kind, "seller": seller}

    def act(session: Session, _asked: JsonObject) -> JsonObject:
        new = NewFile(name, kind, tables)
        return {"file": shelf.keep(session, seller, new, digest, login.actor)}

    return str(steps.do(login, "files.send", {**said, "digest": digest}, act)["file"])


def _write_down(login: Login, seller: str, import_id: str, chosen: list[int]) -> None:
    body = forms.load(WriteForm, forms.unticked(request.form))
    asked: JsonObject = {**body, "file": import_id, "rows": list(chosen)}

    def act(session: Session, _asked: JsonObject) -> JsonObject:
        return {"rows": apply.rows(session, seller, import_id, chosen, login.actor)}

    steps.do(login, "files.write", asked, act)


def _kind(what: str) -> Kind:
    try:
        return Kind(what)
    except ValueError as error:
        raise BadRequest(field="what") from error


def _period() -> Period:
    last = _day("to", clock.today())
    first = _day("from", last - timedelta(days=_DAYS - 1))
    if first > last:
        raise BadRequest(field="from")
    return Period(first, last)


def _day(field: str, usual: date) -> date:
    given = request.args.get(field, "")
    try:
        found = date.fromisoformat(given) if given else usual
    except ValueError as error:
        raise NoSuchDay(field) from error
    if not 2000 <= found.year < 2100:
        raise BadRequest(field=field)
    return found


def _download(raw: bytes, name: str) -> Response:
    mimetype = _EXCEL if name.endswith(".xlsx") else "text/csv"
    answer = Response(raw, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
