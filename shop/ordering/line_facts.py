"""The lines of orders, read: frozen, with the parts of combos, and what was taken out of them since."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from catalog.modes import BY_WEIGHT, Mode, WeightLimits, weight_limits
from catalog.pricing import line_amount_vnd
from catalog.units import pack_label
from shop.models import OrderCut, OrderLine, OrderLineChange, OrderLinePart


@dataclass(frozen=True)
class PartFacts:
    """What a combo's line is made of: packs in the whole line; `unit` such as `gói 200 g`."""

    name: str
    unit: str
    packs: int


@dataclass(frozen=True)
class LossFacts:
    """Packs the seller took out of a line: `short`, `cancelled` or `replaced`, for so many đồng, and why."""

    kind: str
    packs: int
    amount_vnd: int
    reason: str


@dataclass(frozen=True)
class LineFacts:
    """A frozen line: packs of a listing at a price in đồng per pack; `unit` such as `gói 200 g`.

    Sold by weight, its sum is an estimate (`estimate_vnd`) until `weighed` base units were on the scales. A
    combo has `parts`. A short harvest took `cut_packs` for `cut_vnd` from it: they are in neither `packs` nor
    `amount_vnd`, unless the whole order ended for it. What the seller took out since is in `losses`, and
    never in them.
    """

    id: str
    listing_id: str
    name: str
    unit: str
    packs: int
    unit_price_vnd: int
    amount_vnd: int
    parts: tuple[PartFacts, ...] = ()
    cut_packs: int = 0
    cut_vnd: int = 0
    losses: tuple[LossFacts, ...] = ()
    mode: Mode = Mode.PACK
    base_unit: str = "g"
    weighed: int = 0
    pack_size: int = 0

    @property
    def by_weight(self) -> bool:
        """Whether the scales say what it costs."""
        return self.mode in BY_WEIGHT

    @property
    def unweighed(self) -> bool:
        """Whether it is weighed before any money is asked, and was not yet."""
        return self.mode == Mode.WEIGH_THEN_PAY and self.packs > 0 and not self.weighed

    @property
    def limits(self) -> WeightLimits:
        """What the scales may say of it; it is priced by weight and something is left of it."""
        return weight_limits(self.packs, self.pack_size)

    @property
    def estimate_vnd(self) -> int:
        """What its packs come to, before the scales have spoken."""
        return line_amount_vnd(self.unit_price_vnd, self.packs) if self.packs else 0

    @property
    def differs_vnd(self) -> int:
        """By how much the scales made it dearer than the estimate, in đồng (cheaper: < 0)."""
        return self.amount_vnd - self.estimate_vnd if self.weighed else 0


@dataclass(frozen=True)
class _Extras:
    """What stands beside the lines, by line: parts of combos, harvest cuts (packs, đồng), losses."""

    parts: dict[str, tuple[PartFacts, ...]]
    cuts: dict[str, tuple[int, int]]
    losses: dict[str, tuple[LossFacts, ...]]


def of_orders(session: Session, codes: Sequence[str]) -> dict[str, tuple[LineFacts, ...]]:
    """The lines of these orders in their order, by code; four queries, however many they are."""
    in_orders = OrderLine.order_code.in_(codes)
    extras = _Extras(_parts(session, in_orders), _cuts(session, codes), _losses(session, codes))
    found: dict[str, tuple[LineFacts, ...]] = dict.fromkeys(codes, ())
    for line in session.scalars(select(OrderLine).where(in_orders).order_by(OrderLine.position)):
        found[line.order_code] = (*found[line.order_code], _line_facts(line, extras))
    return found


def _parts(session: Session, which: ColumnElement[bool]) -> dict[str, tuple[PartFacts, ...]]:
    """What the lines that are combos are made of: their parts are other listings than they."""
    query = (
        select(OrderLinePart)
        .join(OrderLine, OrderLine.id == OrderLinePart.line_id)
        .where(which, OrderLinePart.listing_id != OrderLine.listing_id)
        .order_by(OrderLinePart.line_id, OrderLinePart.position)
    )
    found: dict[str, tuple[PartFacts, ...]] = {}
    for part in session.scalars(query):
        unit = pack_label(part.unit_word, part.pack_size, part.base_unit)
        own = PartFacts(part.name, unit, part.packs)
        found[part.line_id] = (*found.get(part.line_id, ()), own)
    return found


def _cuts(session: Session, codes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Packs and đồng a short harvest took, by line."""
    packs, amount = func.sum(OrderCut.packs), func.sum(OrderCut.amount_vnd)
    query = select(OrderCut.line_id, packs, amount).where(OrderCut.order_code.in_(codes))
    rows = session.execute(query.group_by(OrderCut.line_id))
    return {line_id: (int(cut), int(vnd)) for line_id, cut, vnd in rows}


def _losses(session: Session, codes: Sequence[str]) -> dict[str, tuple[LossFacts, ...]]:
    """What sellers took out of lines, the earliest first, by line."""
    query = (
        select(OrderLineChange)
        .where(OrderLineChange.order_code.in_(codes), OrderLineChange.kind != "added")
        .order_by(OrderLineChange.at_ms, OrderLineChange.id)
    )
    found: dict[str, tuple[LossFacts, ...]] = {}
    for row in session.scalars(query):
        own = LossFacts(row.kind, row.packs, row.amount_vnd, row.reason)
        found[row.line_id] = (*found.get(row.line_id, ()), own)
    return found


def _line_facts(line: OrderLine, extras: _Extras) -> LineFacts:
    cut_packs, cut_vnd = extras.cuts.get(line.id, (0, 0))
    return LineFacts(
        id=line.id,
        listing_id=line.listing_id,
        name=line.name,
        unit=pack_label(line.unit_word, line.pack_size, line.base_unit),
        packs=line.packs,
        unit_price_vnd=line.unit_price_vnd,
        amount_vnd=line.amount_vnd,
        parts=extras.parts.get(line.id, ()),
        cut_packs=cut_packs,
        cut_vnd=cut_vnd,
        losses=extras.losses.get(line.id, ()),
        mode=Mode(line.mode),
        base_unit=line.base_unit,
        weighed=line.weighed,
        pack_size=line.pack_size,
    )
