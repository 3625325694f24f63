"""What the state machine of orders remembers on paper: states, packs, fees, seats, vouchers, parcels.

Worked out apart from the product, by the words of the design; it never asks the product.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from core import clock
from tests.factories.shop import PRICE_VND, RUN_VND

MINUTE_MS = 60_000
PICKUP, DOOR, SLOT = "pickup", "door", "slot"
CHANGING = ("placed", "secured", "packing")
KEPT = ("secured", "packing", "packed")
GONE = ("handed_over", "delivered", "closed")
BACK = ("refused", "returned")
OUT = (*GONE, *BACK)
WITHOUT_GOODS = ("expired", "cancelled")
NOTHING = (*WITHOUT_GOODS, *BACK)
JOINING = ("secured", "packing")
STANDS, OVER, RETURNED = "stands", "over", "returned"
LEFT_TO_PAY_VND = 1_000
PACK_G = 200
HONEY = 1
"""The place of honey among what is sold; the scales say what it costs."""


@dataclass(frozen=True)
class Wish:
    """What a buyer asks for: packs of tea and honey, sent how, with which voucher."""

    packs: tuple[int, int]
    buyer: int = 0
    way: str = PICKUP
    voucher: str = ""


@dataclass
class Remembered:
    """An order as the model has it: `off_vnd` is its voucher's, `given_vnd` what complaints gave back.

    `weighed` grams of honey were on the scales (0: none yet); `cap` is the most it has kept since.
    """

    state: str
    packs: list[int]
    pay_by_ms: int
    buyer: int = 0
    way: str = PICKUP
    slot: str = ""
    voucher: str = ""
    off_vnd: int = 0
    use: str = ""
    fee_vnd: int = 0
    parcel: int | None = None
    given_vnd: int = 0
    placed_ms: int = 0
    by: str = ""
    delivered_ms: int = 0
    weighed: int = 0
    cap: int | None = None

    @property
    def all_packs(self) -> int:
        return sum(self.packs)

    @property
    def goods_vnd(self) -> int:
        honey_g = self.weighed or self.packs[HONEY] * PACK_G
        return self.packs[0] * PRICE_VND + (2 * honey_g * PRICE_VND + PACK_G) // (2 * PACK_G)

    @property
    def grams(self) -> list[int]:
        """What is kept of each; the scales take from honey and never add."""
        tea, honey = (packs * PACK_G for packs in self.packs)
        return [tea, honey if self.cap is None else min(honey, self.cap)]

    @property
    def unweighed(self) -> bool:
        return bool(self.packs[HONEY]) and not self.weighed

    @property
    def amount_vnd(self) -> int:
        return self.goods_vnd + self.fee_vnd - self.off_vnd

    @property
    def live(self) -> bool:
        return self.state not in WITHOUT_GOODS

    @property
    def may_change(self) -> bool:
        late = self.state == "placed" and self.pay_by_ms <= clock.now_ms()
        return self.state in CHANGING and not late

    @property
    def place(self) -> tuple[int, str, str]:
        """Whose it is and where it goes; what has one place may have one parcel."""
        return self.buyer, self.way, self.slot

    def weighs(self, grams: int) -> None:
        """The scales said so much honey."""
        self.weighed = grams
        self.cap = grams if self.cap is None else min(self.cap, grams)
        self.shrink()

    def lessen(self, line: int, packs: int) -> None:
        """So many packs are left of a line; what was weighed of it is an estimate again."""
        if line == HONEY and packs != self.packs[line]:
            self.weighed, self.cap = 0, self.cap if packs else None
        self.packs[line] = packs
        self.shrink()

    def shrink(self) -> None:
        """A discount never makes goods free."""
        self.off_vnd = max(0, min(self.off_vnd, self.goods_vnd - LEFT_TO_PAY_VND))


@dataclass(frozen=True)
class Offer:
    """A voucher: so much off, so many uses, so much money; once for each buyer."""

    worth_vnd: int
    most_uses: int
    budget_vnd: int

    def off(self, goods_vnd: int) -> int:
        return min(self.worth_vnd, goods_vnd - LEFT_TO_PAY_VND)


OFFERS = {"HAILUOT": Offer(10_000, 2, 500_000), "CATIEN": Offer(100_000, 5, 170_000)}
"""One that runs out of uses, one that runs out of money."""


@dataclass
class Book:
    """All orders of the day by code, and the slots that were opened: capacity and when orders end."""

    orders: dict[str, Remembered] = field(default_factory=dict)
    slots: dict[str, tuple[int, int]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def place(self, code: str, wish: Wish, slot: str) -> None:
        now = clock.now_ms()
        new = Remembered("placed", list(wish.packs), now + 15 * MINUTE_MS, wish.buyer, wish.way)
        new.slot = slot if wish.way == SLOT else ""
        new.fee_vnd, new.placed_ms = fee_of(wish.way), now
        if wish.voucher:
            new.voucher, new.use = wish.voucher, STANDS
            new.off_vnd = OFFERS[wish.voucher].off(new.goods_vnd)
        self.orders[code] = new

    def seats_used(self, slot: str) -> int:
        return sum(one.live for one in self.orders.values() if one.slot == slot)

    def has_seat(self, slot: str) -> bool:
        capacity, cutoff_ms = self.slots.get(slot, (0, 0))
        return self.seats_used(slot) < capacity and clock.now_ms() < cutoff_ms

    def uses(self, voucher: str, *kinds: str) -> list[Remembered]:
        return [o for o in self.orders.values() if o.voucher == voucher and o.use in kinds]

    def has_room(self, voucher: str, off_vnd: int) -> bool:
        offer, uses = OFFERS[voucher], self.uses(voucher, STANDS)
        spent_vnd = sum(one.off_vnd for one in uses)
        return len(uses) < offer.most_uses and spent_vnd + off_vnd <= offer.budget_vnd

    def may_use(self, wish: Wish) -> bool:
        """Whether the wish's voucher can be had, if it names one."""
        if not wish.voucher:
            return True
        used = [one for one in self.uses(wish.voucher, STANDS, OVER) if one.buyer == wish.buyer]
        off_vnd = OFFERS[wish.voucher].off(sum(wish.packs) * PRICE_VND)
        return not used and self.has_room(wish.voucher, off_vnd)

    def follow(self, code: str) -> None:
        """A use comes back with its order's end; one whose money came late has it again."""
        one = self.orders[code]
        if one.use in (STANDS, OVER) and not one.live:
            one.use = RETURNED
        elif one.use == RETURNED and one.live:
            one.use = STANDS if self.has_room(one.voucher, one.off_vnd) else OVER

    def secured(self, one: Remembered, how: str) -> None:
        """Late money takes the seat again, if there is one."""
        if one.state == "expired" and one.slot and not self.has_seat(one.slot):
            one.slot = ""
        one.state, one.by = "secured", how

    def mates(self, code: str) -> list[str]:
        """The orders that travel with this one, itself included."""
        own = self.orders[code]
        beside = (c for c, o in self.orders.items() if o.live and o.parcel == own.parcel)
        return [code] if own.parcel is None else list(beside)

    def together(self, codes: Iterable[str]) -> list[Remembered]:
        """The orders a parcel of `codes` would have, the oldest first."""
        codes = list(codes)
        everyone = {*codes, *(mate for code in codes for mate in self.mates(code))}
        return [self.orders[c] for c in sorted(everyone, key=self._age)]

    def may_join(self, codes: Sequence[str]) -> bool:
        all_ = self.together(codes)
        fits = len(all_) > 1 and all(one.state in JOINING for one in all_)
        paid_vnd = sum(one.fee_vnd for one in all_)
        enough = not apart(all_) or paid_vnd >= fee_of(all_[0].way)
        return fits and len({one.place for one in all_}) == 1 and enough

    def join(self, codes: Sequence[str]) -> None:
        """One parcel for all, one fee; what was paid beyond goes back from the youngest on."""
        all_, number = self.together(codes), next(self.numbers)
        if apart(all_):
            back_vnd = sum(one.fee_vnd for one in all_) - fee_of(all_[0].way)
            for one in reversed(all_):
                less_vnd = min(back_vnd, one.fee_vnd)
                back_vnd, one.fee_vnd = back_vnd - less_vnd, one.fee_vnd - less_vnd
        for one in all_:
            one.parcel = number

    def send(self, one: Remembered, way: str, slot: str) -> None:
        """Another way, at its own fee; whoever goes elsewhere travels alone."""
        slot = slot if way == SLOT else ""
        if (one.way, one.slot) != (way, slot):
            one.parcel = None
        one.way, one.slot, one.fee_vnd = way, slot, fee_of(way)

    def _age(self, code: str) -> tuple[int, str]:
        return self.orders[code].placed_ms, code


def fee_of(way: str) -> int:
    return RUN_VND if way == DOOR else 0


def apart(all_: Sequence[Remembered]) -> bool:
    """Whether these travel in more than one parcel."""
    return len({id(one) if one.parcel is None else -one.parcel for one in all_}) > 1
