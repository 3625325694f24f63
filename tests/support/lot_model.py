"""Stock and lots counted on fingers: what the database must say after any sequence of dealings.

Written from the rules, not from the product's code: one unit at a time where the product splits, sets
where it walks. It knows one seller, one store and one stall.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

STORE, STALL = "store", "stall"


@dataclass
class Goods:
    """A lot. Whatever point it ever lay at is in `at`."""

    product: str
    state: str
    harvested: date
    waits_for: str = ""
    removes: date | None = None
    clear: date | None = None
    made: int = 0
    parents: tuple[str, ...] = ()
    at: dict[str, int] = field(default_factory=dict)

    def past(self, today: date) -> bool:
        return self.removes is not None and self.removes < today

    def inside(self, today: date) -> bool:
        return self.clear is not None and self.clear > today

    def begin(self, today: date) -> None:
        self.state = (
            "blocked" if self.past(today) else "quarantine" if self.inside(today) else "available"
        )
        self.waits_for = "interval" if self.state == "quarantine" else ""


@dataclass
class Promise:
    """One order: so much of a product, until then."""

    product: str
    quantity: int
    until_ms: int
    state: str = "active"


@dataclass
class Tie:
    """A part of an order and the lot that serves it, in the order they were tied."""

    holder: str
    lot: str
    quantity: int
    state: str = "bound"


@dataclass
class Show:
    """What a live sale may promise of a product."""

    granted: int = 0
    used: int = 0


@dataclass
class Model:
    """Everything there is, and everything that ever came, went or was lost."""

    lots: dict[str, Goods] = field(default_factory=dict)
    orders: dict[str, Promise] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    sold: Counter[tuple[str, str]] = field(default_factory=Counter)
    returned: Counter[tuple[str, str]] = field(default_factory=Counter)
    shows: dict[str, Show] = field(default_factory=dict)
    flows: Counter[str] = field(default_factory=Counter)

    def lying(self, lot: str, point: str) -> int:
        return self.lots[lot].at.get(point, 0)

    def everywhere(self, lot: str) -> int:
        return sum(self.lots[lot].at.values())

    def bound(self, lot: str) -> int:
        return sum(t.quantity for t in self.ties if t.lot == lot and t.state == "bound")

    def free(self, lot: str, point: str) -> int:
        return self.lying(lot, point) - (self.bound(lot) if point == STORE else 0)

    def sellable(self, product: str, point: str) -> list[str]:
        """The available lots that ever lay at a point, first to go first."""
        found = [
            id_
            for id_, lot in self.lots.items()
            if (lot.product, lot.state) == (product, "available") and point in lot.at
        ]
        return sorted(found, key=lambda id_: self.turn(id_))

    def turn(self, lot: str) -> tuple[date, date, str]:
        return self.lots[lot].removes or date.max, self.lots[lot].harvested, lot

    def on_hand(self, product: str, point: str) -> int:
        return sum(self.lying(lot, point) for lot in self.sellable(product, point))

    def promised(self, product: str, state: str) -> int:
        return sum(
            order.quantity
            for order in self.orders.values()
            if (order.product, order.state) == (product, state)
        )

    def held(self, product: str, point: str) -> int:
        if point != STORE:
            return 0
        return self.promised(product, "active") + self.shows.get(product, Show()).granted

    def allocated(self, product: str, point: str) -> int:
        return self.promised(product, "allocated") if point == STORE else 0

    def available(self, product: str, point: str) -> int:
        """Below nothing when the row is short."""
        promised = self.held(product, point) + self.allocated(product, point)
        return self.on_hand(product, point) - promised

    def served(self, product: str, point: str, quantity: int, day: date) -> Counter[str]:
        """Which lots serve, one unit after the other, each from the lot that has to go first."""
        given: Counter[str] = Counter()
        for _ in range(quantity):
            for lot in self.sellable(product, point):
                if not self.lots[lot].past(day) and self.free(lot, point) > given[lot]:
                    given[lot] += 1
                    break
        return given

    def bind(self, holder: str, day: date) -> int:
        """Tie an order to lots; how many units no lot can serve."""
        order = self.orders[holder]
        if order.state != "allocated":
            return 0
        tied = sum(t.quantity for t in self.ties if (t.holder, t.state) == (holder, "bound"))
        given = self.served(order.product, STORE, order.quantity - tied, day)
        self.ties += [Tie(holder, lot, quantity) for lot, quantity in sorted(given.items())]
        return order.quantity - tied - given.total()

    def untie(self, ties: Iterable[Tie]) -> None:
        for tie in ties:
            if tie.state == "bound":
                tie.state = "freed"

    def ship(self, holder: str) -> None:
        for tie in self.ties:
            if (tie.holder, tie.state) == (holder, "bound"):
                tie.state = "shipped"
                self.lots[tie.lot].at[STORE] -= tie.quantity
                self.flows["shipped"] += tie.quantity
        if self.orders[holder].state == "allocated":
            self.orders[holder].state = "shipped"

    def has(self, holder: str, lot: str) -> int:
        """What somebody was handed of a lot and has not brought back."""
        shipped = sum(
            t.quantity for t in self.ties if (t.holder, t.lot, t.state) == (holder, lot, "shipped")
        )
        return shipped + self.sold[holder, lot] - self.returned[holder, lot]

    def lay(self, lot: str, point: str, quantity: int) -> None:
        self.lots[lot].at[point] = self.lying(lot, point) + quantity

    def lose(self, lot: str, point: str, quantity: int) -> None:
        """Goods are not there: the newest orders tied to them are freed until the rest is enough."""
        self.lay(lot, point, -quantity)
        kept = self.lying(lot, point)
        for tie in self.ties if point == STORE else []:
            if (tie.lot, tie.state) == (lot, "bound"):
                kept -= tie.quantity
                self.untie([tie] if kept < 0 else [])
        self.flows["lost"] += quantity
        self.trim(self.lots[lot].product)

    def move(self, lot: str, state: str, waits_for: str = "") -> None:
        goods = self.lots[lot]
        goods.state, goods.waits_for = state, waits_for
        if state != "available":
            self.untie([t for t in self.ties if t.lot == lot])
            self.trim(goods.product)

    def trim(self, product: str) -> None:
        """A live sale stops promising what is not there."""
        show = self.shows.get(product, Show())
        while self.available(product, STORE) < 0 and show.granted > show.used:
            show.granted -= 1

    def family(self, lot: str) -> set[str]:
        """The lot and everything it went into."""
        found = {lot}
        while more := {
            id_ for id_, goods in self.lots.items() if found & {*goods.parents} and id_ not in found
        }:
            found |= more
        return found

    def expire(self, now_ms: int) -> None:
        for order in self.orders.values():
            if order.state == "active" and order.until_ms <= now_ms:
                order.state = "ended"

    def new_day(self, today: date) -> None:
        """What the server does by itself: intervals end, and what is past its last day leaves the shelf."""
        for id_, lot in self.lots.items():
            waits = (lot.state, lot.waits_for) == ("quarantine", "interval")
            if waits and not lot.inside(today) and not lot.past(today):
                self.move(id_, "available")
            on_shelf = lot.state in {"available", "quarantine"} and self.everywhere(id_) > 0
            if on_shelf and lot.past(today):
                self.move(id_, "blocked")

    @property
    def in_stock(self) -> int:
        return sum(self.everywhere(lot) for lot in self.lots)

    @property
    def mass_is_right(self) -> bool:
        came = self.flows["received"] + self.flows["found"] + self.flows["returned"]
        went = self.flows["shipped"] + self.flows["sold"] + self.flows["lost"]
        return came == self.in_stock + went + self.flows["dried"]
