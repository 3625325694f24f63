"""What may be done with one lot, each step on a page of its own with one button: amounts and reasons.

A step is a row of `STEPS`; which ones a lot offers now is `possible`. The services decide, these pages only
do not offer what cannot be.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog import access, stock, weighing
from catalog.console import frame, lot_bodies
from catalog.console.lot_bodies import MOST_MERGED
from catalog.lots import facts, return_book, returns, runs, states
from catalog.lots.facts import LotFacts
from catalog.lots.returns import Verdict
from catalog.lots.rules import LOT
from catalog.lots.runs import RunInput
from catalog.stock import Carry, Word
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import N_, BadRequest, DomainError, NotFound
from core.http import forms

blueprint = Blueprint("lot_steps_console", __name__, url_prefix="/console/<seller>/lots/<lot>")


@dataclass(frozen=True)
class Call:
    """One step asked for: by whom, at which seller, of which lot, with what in the form."""

    seller_id: str
    actor: str
    lot: LotFacts
    body: JsonObject

    def text(self, name: str) -> str:
        return str(self.body[name])

    @property
    def word(self) -> Word:
        return Word(self.actor, str(self.body.get("reason", "")))

    def stock_id(self) -> str:
        """The stock row the form names, if the lot lies there or once lay: it may be empty by now."""
        asked = self.text("stock")
        if asked not in {at.stock_id for at in self.lot.places}:
            raise NotFound()
        return asked

    def quantity(self, session: Session) -> int:
        return weighing.read(
            session, self.seller_id, self.lot.product_id, self.text("quantity"), self.text("unit")
        )


Act = Callable[[Session, Call], str]


@dataclass(frozen=True)
class Step:
    """A step: what it is called, its button, the body of its form, what it does (returns a lot's id)."""

    title: str
    button: str
    icon: str
    schema: type[Schema]
    act: Act
    hint: str = ""


def release(session: Session, call: Call) -> str:
    states.release(session, call.seller_id, call.lot.id, call.actor, call.text("reason"))
    return call.lot.id


def block(session: Session, call: Call) -> str:
    states.block(session, call.seller_id, call.lot.id, call.actor, call.text("reason"))
    return call.lot.id


def spend(session: Session, call: Call) -> str:
    states.spend(session, call.seller_id, call.lot.id, call.actor, call.text("reason"))
    return call.lot.id


def spoil(session: Session, call: Call) -> str:
    stock.spoil(session, call.stock_id(), call.lot.id, call.quantity(session), call.word)
    return call.lot.id


def correct(session: Session, call: Call) -> str:
    counted = weighing.read_count(
        session, call.seller_id, call.lot.product_id, call.text("quantity"), call.text("unit")
    )
    stock.recount_lot(session, call.stock_id(), call.lot.id, counted, call.word)
    return call.lot.id


def transfer(session: Session, call: Call) -> str:
    carry = Carry(call.lot.id, call.quantity(session), call.stock_id(), call.text("point"))
    stock.transfer(session, carry, call.word)
    return call.lot.id


def split(session: Session, call: Call) -> str:
    part = RunInput(call.lot.id, call.quantity(session), call.stock_id())
    return runs.split(session, call.seller_id, part, call.actor, call.text("reason")).outputs[0]


def regrade(session: Session, call: Call) -> str:
    part = RunInput(call.lot.id, call.quantity(session), call.stock_id())
    word = Word(call.actor)
    return runs.regrade(session, call.seller_id, part, call.text("grade"), word).outputs[0]


def grade(session: Session, call: Call) -> str:
    good, spoilt = (_part(session, call, name) for name in ("good", "spoilt"))
    verdict = Verdict(call.stock_id(), good, spoilt, call.text("reason"))
    return returns.grade(session, call.seller_id, call.lot.id, verdict, call.actor)


def undo(session: Session, call: Call) -> str:
    returns.undo(session, call.seller_id, call.lot.id, call.word)
    return call.lot.id


def _part(session: Session, call: Call, name: str) -> int:
    """The base units of one part of returned goods: an empty field is nothing."""
    product, text = call.lot.product_id, call.text(name) or "0"
    return weighing.read_count(session, call.seller_id, product, text, call.text("unit"))


def merge(session: Session, call: Call) -> str:
    """Pool all that is nobody's of this lot and the chosen ones, at the point where this one lies."""
    others = [call.text(f"other_{place}") for place in range(1, MOST_MERGED + 1)]
    chosen = [call.lot.id, *dict.fromkeys(id_ for id_ in others if id_ and id_ != call.lot.id)]
    if len(chosen) < 2:
        raise BadRequest(field="lots")
    found = facts.by_ids(session, call.seller_id, chosen)
    if len(found) < len(chosen):
        raise NotFound()
    inputs = [
        RunInput(id_, at.quantity - at.bound, at.stock_id)
        for id_ in chosen
        for at in found[id_].lies
        if at.quantity > at.bound
    ]
    made = runs.merge(session, call.seller_id, inputs, call.actor, call.text("reason"))
    return made.outputs[0]


STEPS: dict[str, Step] = {
    "grade": Step(
        N_("Xem hàng trả"),
        N_("Ghi kết quả"),
        "clipboard-list",
        lot_bodies.GradeForm,
        grade,
        N_("Phần còn tốt bán lại ngay, phần hỏng bỏ khỏi sổ. Phần chưa xem để đó chờ tiếp."),
    ),
    "release": Step(N_("Mở bán"), N_("Mở bán lô này"), "check", lot_bodies.ReasonForm, release),
    "transfer": Step(N_("Chuyển"), N_("Chuyển hàng"), "truck", lot_bodies.TransferForm, transfer),
    "correct": Step(
        N_("Sửa số"),
        N_("Ghi số đếm được"),
        "scale",
        lot_bodies.AmountForm,
        correct,
        N_("Cân, đếm lại rồi ghi số thật. Đã hứa nhiều hơn thì sổ vẫn giữ số thật và báo thiếu."),
    ),
    "spoil": Step(N_("Hao hụt"), N_("Ghi hao hụt"), "trash-2", lot_bodies.AmountForm, spoil),
    "split": Step(N_("Tách lô"), N_("Tách ra lô mới"), "package-open", lot_bodies.SplitForm, split),
    "regrade": Step(N_("Phân loại"), N_("Ghi loại mới"), "award", lot_bodies.RegradeForm, regrade),
    "merge": Step(
        N_("Gộp lô"),
        N_("Gộp các lô đã chọn"),
        "package",
        lot_bodies.MergeForm,
        merge,
        N_(
            "Lô gộp nhận ngày gần nhất và cách ly dài nhất; phần của từng xã viên vẫn giữ từng gam."
        ),
    ),
    "block": Step(N_("Chặn bán"), N_("Chặn bán lô này"), "lock", lot_bodies.BlockForm, block),
    "undo": Step(
        N_("Ghi nhầm"),
        N_("Bỏ phiếu trả này"),
        "undo-2",
        lot_bodies.ReasonForm,
        undo,
        N_("Hàng này không hề được trả lại: phần còn chờ trong lô ra khỏi sổ, như chưa ghi."),
    ),
    "spend": Step(N_("Khép lô"), N_("Khép lô"), "x", lot_bodies.ReasonForm, spend),
}
_WITH_GOODS = ("transfer", "correct", "spoil", "split", "regrade")


def possible(lot: LotFacts) -> tuple[tuple[str, Step], ...]:
    """The steps that make sense for a lot as it stands, in the order of the page."""
    names = set(_WITH_GOODS) if lot.lies else set()
    if lot.state in {"available", "quarantine"} and lot.lies:
        names.add("merge")
    if LOT.allows(lot.state, "available") and _may_be_sold(lot):
        names.add("release")
    if lot.places and lot.state != "spent":
        names.add("correct")
    if LOT.allows(lot.state, "blocked"):
        names.add("block")
    if not lot.lies and LOT.allows(lot.state, "spent"):
        names.add("spend")
    if lot.origin == "return" and lot.lies and lot.state != "available":
        names.add("undo")
    if return_book.waits(lot):
        names = names - {"release"} | {"grade"}
    return tuple((name, step) for name, step in STEPS.items() if name in names)


def _may_be_sold(lot: LotFacts) -> bool:
    """Whether today is between the end of its interval and its last day."""
    today = clock.today()
    return (lot.clear_on or today) <= today <= (lot.removes_on or today)


def step_page(seller: str, lot: str, step: str) -> str:
    frame.staff(seller, access.STOCKERS)
    return _page(seller, facts.get(db.session(), seller, lot), step)


def take_step(seller: str, lot: str, step: str) -> ResponseReturnValue:
    login = frame.staff(seller, access.STOCKERS)
    found = facts.get(db.session(), seller, lot)
    try:
        body = forms.load(STEPS[step].schema, request.form)

        def act(session: Session) -> str:
            now = facts.get(session, seller, lot)
            return STEPS[step].act(session, Call(seller, login.actor, now, body))

        made = frame.write_once(login, body, act)
    except NotFound:
        raise
    except DomainError as error:
        return _page(seller, found, step, error), error.status
    return redirect(f"/console/{seller}/lots/{made}", frame.SEE_OTHER)


for _name in STEPS:
    _step = {"step": _name}
    blueprint.add_url_rule(f"/{_name}", f"{_name}_page", step_page, defaults=_step)
    blueprint.add_url_rule(f"/{_name}", _name, take_step, methods=["POST"], defaults=_step)


def _page(seller: str, lot: LotFacts, name: str, error: DomainError | None = None) -> str:
    session = db.session()
    return frame.page(
        seller,
        "lot_step.html",
        "lots",
        lot=lot,
        name=name,
        step=STEPS[name],
        fields=set(STEPS[name].schema().fields),
        sellable=_may_be_sold(lot),
        words=weighing.words_of(session, seller, lot.product_id),
        points=stock.points_of(session, seller) if name == "transfer" else (),
        others=_others(session, lot) if name == "merge" else (),
        typed=request.form,
        error=frame.fault(error, lot.base_unit),
    )


def _others(session: Session, lot: LotFacts) -> list[LotFacts]:
    """The lots that may be pooled with this one."""
    known = facts.of_seller(session, lot.seller_id, product_id=lot.product_id)
    usable = {"available", "quarantine"}
    return [one for one in known if one.id != lot.id and one.lies and one.state in usable][
        :MOST_MERGED
    ]
