"""A yard in which many deal with lots at once, at random: what they may do, and how it is judged after."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import returns, runs, states
from catalog.lots.runs import RunInput, RunOutput
from catalog.models import LotBinding, LotStock, StockHold
from catalog.stock import Carry, HoldRequest, Word
from core import clock
from core.errors import Busy, DomainError
from core.writer import DirectWriter
from tests.factories.catalog import make_product
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, make_lot, make_member
from tests.support.lot_books import flows, problems

WORD = Word(ACTOR, "kiểm kê")
LONG_MS = 3_600_000


@dataclass
class Yard:
    """A cooperative with leaf, tea, a store and a stall."""

    seller: str
    member: str
    leaf: str
    tea: str
    stall: str
    faults: list[str] = field(default_factory=list)

    def deal(self, chance: random.Random, session: Session) -> None:
        """Something somebody does with whatever there is at the moment."""
        name = chance.choices(list(_DEALS), weights=[weight for weight, _ in _DEALS.values()])[0]
        _DEALS[name][1](self, chance, session)

    def row(self, chance: random.Random, session: Session) -> LotStock | None:
        query = select(LotStock).where(LotStock.seller_id == self.seller, LotStock.quantity > 0)
        rows = session.scalars(query.order_by(LotStock.lot_id)).all()
        return chance.choice(rows) if rows else None

    def part(self, chance: random.Random, session: Session) -> RunInput:
        row = self.row(chance, session)
        if row is None:
            return RunInput("nothing", 1)
        return RunInput(row.lot_id, chance.randint(1, min(5, row.quantity)), row.stock_id)

    def holder(self, chance: random.Random, session: Session) -> str:
        query = select(StockHold.holder).where(StockHold.state != "shipped")
        holders = session.scalars(query.order_by(StockHold.holder)).all()
        return chance.choice(holders) if holders else ""


Deal = Callable[[Yard, random.Random, Session], object]


def bring(yard: Yard, chance: random.Random, session: Session) -> None:
    product = chance.choice([yard.leaf, yard.tea])
    make_lot(session, yard.seller, product, chance.randint(5, 30), member_id=yard.member)


def order(yard: Yard, chance: random.Random, session: Session) -> None:
    holder = f"order:{chance.getrandbits(40)}"
    until = clock.now_ms() + LONG_MS
    stock.hold_all(session, [HoldRequest(yard.tea, chance.randint(1, 4), holder, until)])
    stock.allocate_holder(session, holder)


def carry(yard: Yard, chance: random.Random, session: Session) -> None:
    part = yard.part(chance, session)
    to = chance.choice([yard.stall, stock.store_of(session, yard.seller)])
    stock.transfer(session, Carry(part.lot_id, part.quantity, str(part.stock_id), to), WORD)


def dry(yard: Yard, chance: random.Random, session: Session) -> None:
    parts = [yard.part(chance, session) for _ in range(chance.randint(1, 3))]
    output = RunOutput(yard.tea, max(1, sum(part.quantity for part in parts) // 2))
    runs.process(session, yard.seller, parts, [output], ACTOR)


def pool(yard: Yard, chance: random.Random, session: Session) -> None:
    parts = [yard.part(chance, session) for _ in range(2)]
    runs.merge(session, yard.seller, parts, ACTOR)


def split(yard: Yard, chance: random.Random, session: Session) -> None:
    runs.split(session, yard.seller, yard.part(chance, session), ACTOR)


def judge(yard: Yard, chance: random.Random, session: Session) -> None:
    lot = yard.part(chance, session).lot_id
    act = chance.choices([states.block, states.release, states.recall], weights=[3, 4, 1])[0]
    act(session, yard.seller, lot, ACTOR, "")


def spoil(yard: Yard, chance: random.Random, session: Session) -> None:
    part = yard.part(chance, session)
    stock.spoil(session, str(part.stock_id), part.lot_id, 1, WORD)


def count(yard: Yard, chance: random.Random, session: Session) -> None:
    part = yard.part(chance, session)
    counted = part.quantity + chance.randint(0, 3)
    stock.recount_lot(session, str(part.stock_id), part.lot_id, counted, WORD)


def pack(yard: Yard, chance: random.Random, session: Session) -> None:
    stock.bind_holder(session, yard.holder(chance, session), clock.today())


def unpack(yard: Yard, chance: random.Random, session: Session) -> None:
    stock.unbind_holder(session, yard.holder(chance, session))


def cancel(yard: Yard, chance: random.Random, session: Session) -> None:
    stock.free_holder(session, yard.holder(chance, session))


def ship(yard: Yard, chance: random.Random, session: Session) -> None:
    stock.ship_holder(session, yard.holder(chance, session), ACTOR)


def sell(yard: Yard, chance: random.Random, session: Session) -> None:
    row = stock.row_at(session, yard.seller, yard.tea, yard.stall)
    stock.sell(session, row, chance.randint(1, 3), f"stall:{chance.getrandbits(40)}", WORD)


def bring_back(yard: Yard, chance: random.Random, session: Session) -> None:
    shipped = select(LotBinding).where(LotBinding.state == "shipped").order_by(LotBinding.id)
    found = session.scalars(shipped).all()
    if found:
        one = chance.choice(found)
        returns.take_back(session, yard.seller, one.holder, one.lot_id, 1, ACTOR)


_DEALS: dict[str, tuple[int, Deal]] = {
    "bring": (4, bring),
    "order": (5, order),
    "carry": (3, carry),
    "dry": (3, dry),
    "pool": (2, pool),
    "split": (2, split),
    "judge": (3, judge),
    "spoil": (1, spoil),
    "count": (1, count),
    "pack": (3, pack),
    "unpack": (1, unpack),
    "cancel": (1, cancel),
    "ship": (3, ship),
    "sell": (2, sell),
    "bring_back": (2, bring_back),
}


def at_once(count: int, act: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=act, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def open_yard(session: Session) -> Yard:
    seller = make_seller(session)
    leaf = make_product(session, seller, on_hand=40, name="Chè búp tươi")
    tea = make_product(session, seller, on_hand=40, name="Chè khô")
    stall = stock.open_point(session, seller, "stall", "Chợ Đại Từ")
    return Yard(seller, make_member(session, seller), leaf, tea, stall)


def deal_at_once(engine: Engine, threads: int, dealings: int) -> Yard:
    """Let `threads` people deal `dealings` times each, in writes of their own; what broke is in `faults`."""
    writer = DirectWriter(engine)
    yard = writer.run(open_yard)

    def deal(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(dealings):
            try:
                writer.run(lambda session: yard.deal(chance, session))
            except Busy:
                continue  # SQLite's lock was never free for ten seconds: nothing was done, and said so
            except DomainError as refusal:
                yard.faults.extend([str(refusal)] if refusal.status >= 500 else [])
            except Exception as fault:
                yard.faults.append(repr(fault))

    at_once(threads, deal)
    return yard


def require_order(engine: Engine, yard: Yard) -> None:
    """Nothing broke, `fsck` is clean, and what came in is what lies there, went out or was lost."""
    with Session(engine) as session:
        moved = flows(session, yard.seller)
        lies = session.scalar(select(func.sum(LotStock.quantity)))
        assert (yard.faults, problems(session)) == ([], [])
    came = sum(moved.get(name, 0) for name in ("received", "found", "returned"))
    assert lies == came - sum(moved.get(n, 0) for n in ("shipped", "sold", "lost", "dried"))
