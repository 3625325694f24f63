"""Returned goods on the desk: what waits for a look, and goods written down as they come back.

A lot is found by the label on the pack, or chosen among those that left the house lately. Looking at the
goods, and taking a slip of the pen back, are steps of the returned lot (`lot_steps`).
"""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access, stock, weighing
from catalog.console import frame, lot_bodies, lot_words
from catalog.lots import facts, return_book, returns
from catalog.lots.return_book import LotOut
from catalog.lots.returns import Brought
from catalog.stock import Word
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import forms

blueprint = Blueprint("returns_console", __name__, url_prefix="/console/<seller>/returns")


@blueprint.get("")
def list_page(seller: str) -> str:
    login = frame.staff(seller)
    lots = return_book.of_seller(db.session(), seller)
    waiting = [lot for lot in lots if return_book.waits(lot)]
    return frame.page(
        seller,
        "returns.html",
        "stock",
        waiting=waiting,
        seen=[lot for lot in lots if lot not in waiting],
        states=lot_words.states(),
        may_write=login.works_for(seller, *access.STOCKERS),
    )


@blueprint.get("/new")
def new_page(seller: str) -> str:
    frame.staff(seller, access.STOCKERS)
    return _new_page(seller, request.args.get("lot", ""), request.args.get("code", ""))


@blueprint.post("/new")
def bring_in(seller: str) -> ResponseReturnValue:
    login = frame.staff(seller, access.STOCKERS)
    try:
        body = forms.load(lot_bodies.ReturnForm, request.form)

        def act(session: Session) -> str:
            word = Word(login.actor, _reason(body))
            return returns.take_in(session, seller, _brought(session, seller, body), word)

        made = frame.write_once(login, body, act)
    except NotFound:
        raise
    except DomainError as error:
        return _new_page(seller, request.form.get("lot", ""), error=error), error.status
    return redirect(f"/console/{seller}/lots/{made}", frame.SEE_OTHER)


def _brought(session: Session, seller: str, body: JsonObject) -> Brought:
    lot = facts.get(session, seller, str(body["lot"]))
    typed, unit = str(body["quantity"]), str(body["unit"])
    quantity = weighing.read(session, seller, lot.product_id, typed, unit)
    return Brought(lot.id, quantity, str(body["order"]), str(body["point"]) or None)


def _reason(body: JsonObject) -> str:
    """Why it came back as the history keeps it: the word that was tapped, then what was added."""
    said = (lot_bodies.RETURN_WHYS[str(body["why"])], str(body["more"]))
    return ": ".join(part for part in said if part)


def _new_page(seller: str, lot_id: str, code: str = "", error: DomainError | None = None) -> str:
    session = db.session()
    out = return_book.out_lately(session, seller)
    asked = code.strip().upper()
    chosen = next((one for one in out if lot_id == one.lot.id or asked == one.lot.code), None)
    return frame.page(
        seller,
        "return_new.html",
        "stock",
        out=out,
        by_product=_by_product(out),
        chosen=chosen,
        code=code,
        whys=lot_bodies.RETURN_WHYS,
        words=weighing.words_of(session, seller, chosen.lot.product_id) if chosen else (),
        points=stock.points_of(session, seller),
        typed=request.form,
        error=frame.fault(error, chosen.lot.base_unit if chosen else ""),
    )


def _by_product(out: tuple[LotOut, ...]) -> dict[str, list[LotOut]]:
    """Lots under the name of what they are, in the order in which they last left the house."""
    found: dict[str, list[LotOut]] = {}
    for one in out:
        found.setdefault(one.lot.product_name, []).append(one)
    return found
