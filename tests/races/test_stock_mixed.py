"""P1: everything that moves stock, mixed at random by eight threads: the books stay in order."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy.orm import Session

from catalog import checks, stock
from core import clock
from core.db import new_write_engine
from core.errors import DomainError
from core.writer import DirectWriter
from tests.factories.catalog import make_product
from tests.support.databases import settings_for

THREADS = 8
DEALINGS = 40
CHECKS = (
    checks.columns_are_the_sums_of_movements,
    checks.held_is_granted_and_kept,
    checks.allocated_is_what_paid_orders_have,
    checks.allotments_cover_their_holds,
    checks.promised_no_more_than_there_was,
    checks.sellers_agree,
)
Act = Callable[[Session], object]


@dataclass
class Fair:
    """Three products of thirty, ten of each set aside live; orders live for milliseconds."""

    products: list[str]
    allotments: list[str]
    orders: "count[int]" = field(default_factory=lambda: count(1))

    def dealing(self, chance: random.Random) -> Act:
        """Something somebody does next, to a new order or one of the last forty."""
        number = next(self.orders)
        new, old = f"order:{number}", f"order:{chance.randint(max(1, number - 40), number)}"
        until = clock.now_ms() + chance.randint(1, 60)
        goods = chance.sample(self.products, chance.randint(1, 3))
        wanted = [stock.HoldRequest(one, chance.randint(1, 3), new, until) for one in goods]
        allotment, size = chance.choice(self.allotments), chance.randint(0, 15)
        acts: list[Act] = [
            lambda session: stock.hold_all(session, wanted),
            lambda session: self.claim_and_order(session, allotment, new, until),
            lambda session: stock.allocate_holder(session, old),
            lambda session: stock.retake_holder(session, old),
            lambda session: stock.free_holder(session, old),
            lambda session: stock.end_holder(session, old),
            lambda session: stock.extend(session, old, until),
            lambda session: stock.resize(session, allotment, size),
        ]
        return chance.choices(acts, weights=[3, 4, 1, 1, 2, 1, 1, 1])[0]

    def claim_and_order(self, session: Session, allotment: str, order: str, until: int) -> None:
        taken = stock.take(session, allotment, 1, 3)
        if taken > 1:
            stock.hold_in_allotment(session, allotment, taken - 1, order, until)
        if taken:
            stock.give_back(session, allotment, 1)


def test_the_books_are_in_order_after_any_mix(database_url: str, tmp_path: Path) -> None:
    engine = new_write_engine(settings_for(tmp_path, database_url))
    writer = DirectWriter(engine)
    products = writer.run(lambda session: [make_product(session, on_hand=30) for _ in range(3)])
    allotments = writer.run(lambda s: [stock.grant(s, one, 10, "pin:A1") for one in products])
    fair, faults = Fair(products, allotments), list[str]()

    def deal(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(DEALINGS):
            try:
                writer.run(fair.dealing(chance))
            except DomainError as refusal:
                faults.extend([str(refusal)] if refusal.status >= 500 else [])
            except Exception as fault:
                faults.append(repr(fault))

    threads = [threading.Thread(target=deal, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(engine) as session:
        problems = [problem for check in CHECKS for problem in check(session)]
    engine.dispose()
    assert (faults, problems) == ([], [])
