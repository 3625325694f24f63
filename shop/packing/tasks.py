"""What a packer has to do, as facts: an order, its lines, the things of each, and the lots to reach for."""

from dataclasses import dataclass
from datetime import date

from catalog.modes import WeightLimits, weight_limits
from catalog.pricing import line_amount_vnd
from shop.delivery.slots import SlotFacts
from shop.ordering.order_facts import OrderFacts


@dataclass(frozen=True)
class LotTake:
    """`quantity` base units of a lot; `leaves_on` is its last day on the shelf, if it has one."""

    lot_id: str
    code: str
    quantity: int
    harvested_on: date
    leaves_on: date | None


@dataclass(frozen=True)
class Thing:
    """One thing to put into the box: `packs` packs of `pack_size` base units each.

    `takes` are the lots suggested (or bound already), `choices` every lot it could come from with what is
    free of it; `missing` base units no lot can serve. `weighs`: loose goods, packed by the scales; where
    they say the price, `price_vnd` is that of a pack (0: it is fixed), `weighed` what they said before.
    """

    line_id: str
    position: int
    hold_id: str
    product_id: str
    name: str
    unit: str
    packs: int
    pack_size: int
    base_unit: str
    weighs: bool
    ahead: bool = False
    missing: int = 0
    takes: tuple[LotTake, ...] = ()
    choices: tuple[LotTake, ...] = ()
    price_vnd: int = 0
    weighed: int = 0

    @property
    def quantity(self) -> int:
        """Base units."""
        return self.packs * self.pack_size

    @property
    def estimate_vnd(self) -> int:
        """What its buyer was told it comes to, where the scales say the price."""
        return line_amount_vnd(self.price_vnd, self.packs)

    @property
    def limits(self) -> WeightLimits:
        """What the scales may say of it, where they say the price."""
        return weight_limits(self.packs, self.pack_size)


@dataclass(frozen=True)
class Line:
    """A line of the order: `packs` of what the buyer ordered, made of one thing, or several for a combo."""

    id: str
    name: str
    unit: str
    packs: int
    things: tuple[Thing, ...]

    @property
    def is_combo(self) -> bool:
        """Whether what was ordered is made of other things."""
        return len(self.things) > 1


@dataclass(frozen=True)
class Task:
    """An order to be packed. `packer` packs it since `since_ms` (UTC), where somebody does.

    `slot` is when it is expected, where that was chosen. `if_short` is the buyer's standing choice (and
    `order.if_differs` that of a small difference on the scales);
    `cash_vnd` is to be collected when it is handed over.
    """

    order: OrderFacts
    lines: tuple[Line, ...]
    if_short: str
    cash_vnd: int
    packer: str = ""
    since_ms: int = 0
    slot: SlotFacts | None = None

    @property
    def things(self) -> tuple[Thing, ...]:
        """Everything that goes into the box."""
        return tuple(thing for line in self.lines for thing in line.things)

    @property
    def waits_for_harvest(self) -> bool:
        """Whether something of it still grows."""
        return any(thing.ahead for thing in self.things)

    @property
    def is_short(self) -> bool:
        """Whether no lot can serve something of it."""
        return any(thing.missing for thing in self.things)


@dataclass(frozen=True)
class Closed:
    """An order that is packed and waits to leave: when, and by whom."""

    code: str
    name: str
    packer: str
    packed_ms: int
    label_code: str
