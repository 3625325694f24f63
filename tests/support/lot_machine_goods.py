"""The other half of the machine: what becomes of lots, and what is made of them."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from catalog import stock, trace
from catalog.errors import LotClosed, LotTooSmall
from catalog.lots import returns, runs, states
from catalog.lots.errors import (
    LotNotEmpty,
    LotNotUsable,
    MoreThanShipped,
    NotClearYet,
    OutputsTooHeavy,
    PastRemoval,
)
from catalog.lots.runs import RunFacts, RunInput, RunOutput
from catalog.stock import Carry, Word
from core import ids
from core.clock import FixedClock
from core.errors import NotFound, OutOfStock
from core.states import BadTransition
from tests.factories.lots import ACTOR
from tests.support.lot_machine import TEA, MarketDays, Refusal, SameIds, amounts, points, products
from tests.support.lot_model import STALL, STORE, Goods

WORD = Word(ACTOR, "kiểm kê")
Part = tuple[str, str, int]


def any_lot(self: MarketDays) -> bool:
    return bool(self.model.lots)


class LotMachine(MarketDays):
    """Staff grade, carry, count, pool, dry, block, recall and take back."""

    @precondition(any_lot)
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        lot, goods = self.some_lot(data)
        refusal: Refusal = None
        if goods.state not in {"quarantine", "blocked", "spent"}:
            refusal = BadTransition
        elif goods.inside(self.today):
            refusal = NotClearYet
        elif goods.past(self.today):
            refusal = PastRemoval
        if self.did(refusal, lambda: states.release(self.session, self.seller, lot, ACTOR, "")):
            self.model.move(lot, "available")

    @precondition(any_lot)
    @rule(data=st.data())
    def block(self, data: st.DataObject) -> None:
        lot, goods = self.some_lot(data)
        refusal = None if goods.state in {"quarantine", "available"} else BadTransition
        if self.did(refusal, lambda: states.block(self.session, self.seller, lot, ACTOR, "mốc")):
            self.model.move(lot, "blocked")

    @precondition(any_lot)
    @rule(data=st.data())
    def recall(self, data: st.DataObject) -> None:
        lot, _ = self.some_lot(data)
        family = self.do(None, lambda: states.recall(self.session, self.seller, lot, ACTOR, ""))
        assert {*family} == self.model.family(lot)
        for id_ in family:
            self.model.move(id_, "recalled")

    @precondition(any_lot)
    @rule(data=st.data())
    def spend(self, data: st.DataObject) -> None:
        lot, goods = self.some_lot(data)
        refusal: Refusal = None
        if self.model.everywhere(lot):
            refusal = LotNotEmpty
        elif goods.state in {"spent", "recalled"}:
            refusal = BadTransition
        if self.did(refusal, lambda: states.spend(self.session, self.seller, lot, ACTOR, "")):
            self.model.move(lot, "spent")

    @precondition(any_lot)
    @rule(data=st.data(), point=points, quantity=amounts)
    def spoil(self, data: st.DataObject, point: str, quantity: int) -> None:
        lot, goods = self.some_lot(data)
        refusal = LotTooSmall if self.model.lying(lot, point) < quantity else None
        row = self.rows[goods.product, point]
        if self.did(refusal, lambda: stock.spoil(self.session, row, lot, quantity, WORD)):
            self.model.lose(lot, point, quantity)

    @precondition(any_lot)
    @rule(data=st.data(), point=points, counted=st.integers(0, 15))
    def count_a_lot(self, data: st.DataObject, point: str, counted: int) -> None:
        lot, goods = self.some_lot(data)
        more = counted - self.model.lying(lot, point)
        refusal = LotClosed if more > 0 and goods.state == "spent" else None
        row = self.rows[goods.product, point]
        if self.did(refusal, lambda: stock.recount_lot(self.session, row, lot, counted, WORD)):
            self.set_to(lot, point, counted)

    @rule(product=products, point=points, counted=st.integers(0, 25))
    def count_a_shelf(self, product: str, point: str, counted: int) -> None:
        known, lots = (
            self.model.on_hand(product, point),
            self.model.sellable(product, point),
        )
        refusal = NotFound if counted > known and not lots else None
        row = self.rows[product, point]
        if not self.did(refusal, lambda: stock.recount(self.session, row, counted, "")):
            return
        if counted > known:
            self.set_to(lots[-1], point, self.model.lying(lots[-1], point) + counted - known)
        for lot in lots if counted < known else []:
            gone = min(self.model.lying(lot, point), known - counted)
            self.set_to(lot, point, self.model.lying(lot, point) - gone)
            known -= gone

    def set_to(self, lot: str, point: str, counted: int) -> None:
        more = counted - self.model.lying(lot, point)
        if more > 0:
            self.model.lay(lot, point, more)
            self.model.flows["found"] += more
        elif more < 0:
            self.model.lose(lot, point, -more)

    @precondition(any_lot)
    @rule(data=st.data(), source=points, quantity=amounts)
    def carry(self, data: st.DataObject, source: str, quantity: int) -> None:
        lot, goods = self.some_lot(data)
        target = STALL if source == STORE else STORE
        carry = Carry(lot, quantity, self.rows[goods.product, source], self.points[target])
        refusal = self.not_to_take([(lot, source, quantity)])
        if self.did(refusal, lambda: stock.transfer(self.session, carry, WORD)):
            self.model.lay(lot, source, -quantity)
            self.model.lay(lot, target, quantity)

    @precondition(lambda self: self.handed())
    @rule(data=st.data(), quantity=amounts)
    def take_back(self, data: st.DataObject, quantity: int) -> None:
        holder, lot = data.draw(st.sampled_from(sorted(self.handed())), "who")
        source = self.model.lots[lot]
        refusal = MoreThanShipped if self.model.has(holder, lot) < quantity else None
        if not self.did(refusal, lambda: self.bring(holder, lot, quantity)):
            return
        kept = source.state in {"blocked", "recalled"}
        self.model.lots[self.back] = Goods(
            source.product,
            source.state if kept else "quarantine",
            source.harvested,
            source.waits_for if kept else "check",
            source.removes,
            source.clear,
            made=quantity,
            parents=(lot,),
            at={STORE: quantity},
        )
        self.model.returned[holder, lot] += quantity
        self.model.flows["returned"] += quantity

    def bring(self, holder: str, lot: str, quantity: int) -> None:
        self.back = returns.take_back(self.session, self.seller, holder, lot, quantity, ACTOR)

    def handed(self) -> set[tuple[str, str]]:
        shipped = {(tie.holder, tie.lot) for tie in self.model.ties if tie.state == "shipped"}
        return shipped | set(self.model.sold)

    @precondition(any_lot)
    @rule(data=st.data(), point=points, quantity=amounts, grade=st.sampled_from(["", "Đinh"]))
    def set_apart(self, data: st.DataObject, point: str, quantity: int, grade: str) -> None:
        """A part split off, or graded anew, stands as the lot it came from stands."""
        lot, goods = self.some_lot(data)
        part = RunInput(lot, quantity, self.rows[goods.product, point])
        child = Goods(goods.product, goods.state, goods.harvested, goods.waits_for)
        child.removes, child.clear, child.made = goods.removes, goods.clear, quantity
        regrade = partial(runs.regrade, self.session, self.seller, part, grade, WORD)
        split = partial(runs.split, self.session, self.seller, part, ACTOR)
        self.make(regrade if grade else split, [(lot, point, quantity)], child)

    @precondition(any_lot)
    @rule(data=st.data(), dry=st.booleans(), kept=st.integers(1, 12))
    def make_of_several(self, data: st.DataObject, dry: bool, kept: int) -> None:
        """Pool lots of one product, or dry whatever there is to tea."""
        parts = self.some_parts(data)
        lots = [self.model.lots[lot] for lot, _, _ in parts]
        if not dry:
            same = lots[0].product
            parts = [part for part in parts if self.model.lots[part[0]].product == same]
            lots = [self.model.lots[lot] for lot, _, _ in parts]
        whole = sum(quantity for _, _, quantity in parts)
        made = kept if dry else whole
        asked = [
            RunInput(lot, quantity, self.rows[self.model.lots[lot].product, point])
            for lot, point, quantity in parts
        ]
        unusable = any(
            goods.state not in {"available", "quarantine"} or goods.past(self.today)
            for goods in lots
        )
        refusal = LotNotUsable if unusable else OutputsTooHeavy if made > whole else None
        out = [RunOutput(self.ids[TEA], made)]
        dried = partial(runs.process, self.session, self.seller, asked, out, ACTOR)
        merged = partial(runs.merge, self.session, self.seller, asked, ACTOR)
        child = pooled(lots, TEA if dry else lots[0].product)
        child.made = made
        self.make(dried if dry else merged, parts, child, refusal)

    def make(
        self, act: Callable[[], RunFacts], parts: list[Part], child: Goods, refusal: Refusal = None
    ) -> None:
        """Do a run of `parts` into one `child`, or see it refused."""
        refusal = refusal or self.not_to_take(parts)
        if not self.did(refusal, lambda: self.run(act)):
            return
        for lot, point, quantity in parts:
            self.model.lay(lot, point, -quantity)
            self.model.flows["dried"] += quantity
        child.parents = tuple(lot for lot, _, _ in parts)
        child.at = {parts[0][1]: child.made}
        self.model.flows["dried"] -= child.made
        self.model.lots[self.made.outputs[0]] = child
        assert self.made.loss == sum(quantity for _, _, quantity in parts) - child.made

    def run(self, act: Callable[[], RunFacts]) -> None:
        self.made = act()

    @precondition(any_lot)
    @rule(data=st.data())
    def ask_where_it_went(self, data: st.DataObject) -> None:
        lot, goods = self.some_lot(data)
        family = self.model.family(lot)
        found = trace.holders(self.session, self.seller, lot)
        tied = {
            (tie.holder, tie.lot)
            for tie in self.model.ties
            if tie.lot in family and tie.state == "bound"
        }
        has = {key for key in self.handed() if key[1] in family and self.model.has(*key)}
        assert {(one.holder, one.lot_id) for one in found} == tied | has
        assert all(0 <= one.share <= one.quantity for one in found)
        assert sum(trace.member_shares(self.session, lot).values()) == goods.made

    def not_to_take(self, parts: list[Part]) -> Refusal:
        """Why the parts cannot leave, one after the other, or None."""
        taken: Counter[str] = Counter()
        for lot, point, quantity in parts:
            goods = self.model.lots[lot]
            row = self.rows[goods.product, point]
            if goods.state == "available":
                if self.model.available(goods.product, point) - taken[row] < quantity:
                    return OutOfStock
                taken[row] += quantity
            if self.model.free(lot, point) < quantity:
                return LotTooSmall
        return None

    def some_lot(self, data: st.DataObject) -> tuple[str, Goods]:
        """One of the lots; the first ones to come stand for all when a failure is told."""
        at = data.draw(st.integers(0, len(self.model.lots) - 1), "lot")
        lot = list(self.model.lots)[at]
        return lot, self.model.lots[lot]

    def some_parts(self, data: st.DataObject) -> list[Part]:
        """Up to three lots, each with what (most likely) is free of it somewhere."""
        picked = {self.some_lot(data)[0] for _ in range(data.draw(st.integers(1, 3), "lots"))}
        parts = []
        for lot in [one for one in self.model.lots if one in picked]:
            point = data.draw(points, "point")
            free = max(1, self.model.free(lot, point))
            parts.append((lot, point, data.draw(st.integers(1, free), "quantity")))
        return parts


def pooled(lots: list[Goods], product: str) -> Goods:
    """The strictest of all; days on the shelf only of what is the same product."""
    waiting = [lot for lot in lots if lot.state == "quarantine"]
    checks = any(lot.waits_for == "check" for lot in waiting)
    return Goods(
        product,
        "quarantine" if waiting else "available",
        min(lot.harvested for lot in lots),
        "check" if checks else "interval" if waiting else "",
        min((lot.removes for lot in lots if lot.removes and lot.product == product), default=None),
        max((lot.clear for lot in lots if lot.clear), default=None),
    )


def play(session: Session, time: FixedClock, sizes: settings) -> None:
    """Let the machine run as often and as long as `sizes` say; an AssertionError tells where it differs."""
    LotMachine.session, LotMachine.time, LotMachine.chance = session, time, SameIds()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ids, "os", LotMachine.chance)
        plainly = settings(sizes, deadline=None, report_multiple_bugs=False)
        run_state_machine_as_test(LotMachine, settings=plainly)
