"""The packing desk's pages: what to pack, one box after the other, and what is printed for them.

Every page works before JavaScript arrives; with it the phone keeps what was packed until the market has
answered (`packing_api`). For those who handle goods: buyers' numbers and addresses are shown here.
"""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access, weighing
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError
from core.http import kept, steps
from core.http.current import current_login
from core.http.fields import StepForm
from core.identity import sellers
from core.identity.logins import Login
from core.off_loop import Lane
from core.phone import format_phone
from core.quantity import BaseUnit
from shop.console.packing_bodies import MOST_THINGS, BoxForm, PapersForm, ReasonForm
from shop.packing import board, packing, papers, pick_lists, sheets
from shop.packing.packing import BoxDone, LineDone, PartDone
from shop.packing.tasks import Task, Thing

blueprint = Blueprint("packing_console", __name__, url_prefix="/console/<seller>")

_VIEWS = ("order", "product", "lot")
_PAPERS = ("both", "labels", "slips")
_LARGE = {BaseUnit.G: "kg", BaseUnit.ML: "lít", BaseUnit.PIECE: "cái"}
_DRAWING = Lane()


@blueprint.get("/packing")
def board_page(seller: str) -> str:
    _staff(seller)
    view = request.args.get("by", "order")
    work = board.board(db.session(), seller)
    return _page(
        seller,
        "packing.html",
        work=work,
        view=view if view in _VIEWS else "order",
        products=pick_lists.by_product(work.tasks),
        lots=pick_lists.by_lot(work.tasks),
    )


@blueprint.get("/packing/<code>")
def order_page(seller: str, code: str) -> str:
    _staff(seller)
    return _order_page(seller, code, waits="waits" in request.args)


@blueprint.post("/packing/<code>")
def close_box(seller: str, code: str) -> ResponseReturnValue:
    login = _staff(seller)

    def act(session: Session, fields: JsonObject) -> JsonObject:
        box = _box(session, board.task(session, seller, code), fields)
        return {"waits": packing.pack(session, seller, box, login.actor).waits}

    return steps.answer(
        lambda: steps.take(login, act, BoxForm),
        lambda done: f"/console/{seller}/packing/{code}{'?waits=1' if done['waits'] else ''}",
        lambda error: _order_page(seller, code, steps.refusal(error)),
    )


@blueprint.post("/packing/<code>/begin")
def begin(seller: str, code: str) -> ResponseReturnValue:
    login = _staff(seller)

    def act(session: Session, _fields: JsonObject) -> None:
        packing.begin(session, seller, code, login.actor)

    return steps.answer(
        lambda: steps.take(login, act, StepForm),
        f"/console/{seller}/packing/{code}",
        lambda error: _order_page(seller, code, steps.refusal(error)),
    )


@blueprint.post("/packing/<code>/aside")
def put_aside(seller: str, code: str) -> ResponseReturnValue:
    login = _staff(seller)

    def act(session: Session, fields: JsonObject) -> None:
        packing.put_aside(session, seller, code, login.actor, str(fields["reason"]))

    return steps.answer(
        lambda: steps.take(login, act, ReasonForm),
        f"/console/{seller}/packing",
        lambda error: _order_page(seller, code, steps.refusal(error)),
    )


@blueprint.post("/packing/<code>/open")
def open_again(seller: str, code: str) -> ResponseReturnValue:
    login = _staff(seller)

    def act(session: Session, fields: JsonObject) -> None:
        packing.open_again(session, seller, code, login.actor, str(fields["reason"]))

    return steps.answer(
        lambda: steps.take(login, act, ReasonForm),
        f"/console/{seller}/packing/{code}",
        lambda error: _order_page(seller, code, steps.refusal(error)),
    )


@blueprint.post("/papers")
def prepare_papers(seller: str) -> ResponseReturnValue:
    """See that every chosen order has a label, then show the file."""
    login = _staff(seller)

    def act(session: Session, fields: JsonObject) -> JsonObject:
        codes = list(dict.fromkeys(str(fields["orders"]).replace(",", " ").split()))
        papers.prepare(session, seller, codes)
        return {"orders": ",".join(codes), "what": fields["what"]}

    def refused(error: DomainError) -> str:
        work, told = board.board(db.session(), seller), steps.refusal(error)
        return _page(seller, "packing.html", work=work, view="order", error=told)

    return steps.answer(
        lambda: steps.take(login, act, PapersForm),
        lambda done: f"/console/{seller}/papers?orders={done['orders']}&what={done['what']}",
        refused,
    )


@blueprint.get("/papers")
def papers_file(seller: str) -> Response:
    """The labels and slips of the orders asked for, of all that stand packed if none is."""
    _staff(seller)
    session = db.session()
    codes = [code for code in request.args.get("orders", "").split(",") if code]
    what = request.args.get("what", "both")
    if what not in _PAPERS:
        raise BadRequest(field="what")
    codes = codes or [one.code for one in board.board(session, seller).closed]
    parcels = papers.parcels(session, seller, codes)
    file = _DRAWING.run(
        sheets.pdf, parcels, labels=what in ("both", "labels"), slips=what in ("both", "slips")
    )
    answer = Response(file, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="nhan-va-phieu.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def keep_pages() -> None:
    """Have phones keep the list of what is to be packed."""
    kept.keep("/console/[a-z0-9]+/packing", "shop/packing.css", "shop/packing.js")


def _staff(seller_id: str) -> Login:
    return access.require(current_login(), seller_id, access.STOCKERS)


def _page(seller: str, template: str, **facts: object) -> str:
    return render_template(
        f"shop/{template}",
        seller=sellers.facts(db.session(), seller),
        desk_tab="packing",
        read_phone=format_phone,
        most_things=MOST_THINGS,
        large_units=_LARGE,
        **facts,
    )


def _order_page(seller: str, code: str, error: str = "", *, waits: bool = False) -> str:
    session = db.session()
    return _page(
        seller,
        "packing_order.html",
        task=board.task(session, seller, code),
        closed=board.closed(session, seller, code),
        error=error,
        waits=waits,
        typed=request.form if error else {},
    )


def _box(session: Session, task: Task, fields: JsonObject) -> BoxDone:
    """The form of one box, its things gathered under their lines."""
    things = {(thing.line_id, thing.position): thing for thing in task.things}
    packs: dict[str, int] = {}
    parts: dict[str, list[PartDone]] = {}
    for n in range(1, MOST_THINGS + 1):
        line_id = str(fields.get(f"line_{n}") or "")
        if not line_id:
            continue
        place = fields.get(f"place_{n}")
        thing = things.get((line_id, place if isinstance(place, int) else 0))
        told = fields.get(f"packs_{n}")
        if isinstance(told, int):
            packs[line_id] = told
        weighed = _weighed(session, task, thing, str(fields.get(f"weight_{n}") or ""))
        lot_id = str(fields.get(f"lot_{n}") or "")
        position = place if isinstance(place, int) else 0
        parts.setdefault(line_id, []).append(PartDone(position, lot_id, weighed))
    lines = tuple(LineDone(id_, packs.get(id_, 0), tuple(some)) for id_, some in parts.items())
    return BoxDone(task.order.code, lines, str(fields.get("reason") or ""))


def _weighed(session: Session, task: Task, thing: Thing | None, typed: str) -> int:
    """Base units as typed beside a thing, 0 where nothing was."""
    if thing is None or not typed.strip():
        return 0
    word = _LARGE[BaseUnit(thing.base_unit)]
    return weighing.read(session, task.order.seller_id, thing.product_id, typed, word)
