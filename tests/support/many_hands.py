"""One stand and its books with many hands at them, each on a connection of its own."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import fsck
from core.db import Base, new_write_engine
from core.errors import DomainError
from core.writer import DirectWriter
from shop import orders
from shop.models import OrderEvent
from shop.ordering.order_facts import OrderFacts
from tests.factories.shop import Stand, make_stand
from tests.support.databases import settings_for

T = TypeVar("T")
Act = Callable[[Session], object]


class House:
    """A stand with much tea."""

    def __init__(self, database_url: str, data_dir: Path) -> None:
        self.engine = new_write_engine(settings_for(data_dir, database_url))
        self.stand: Stand = self.write(lambda session: make_stand(session, packs=100))

    def write(self, act: Callable[[Session], T]) -> T:
        return DirectWriter(self.engine).run(act)

    def at_once(self, acts: Sequence[Act]) -> Counter[str]:
        """Let all `acts` begin together; how often each outcome came: `done`, or a refusal's code."""
        gate = threading.Barrier(len(acts))
        with ThreadPoolExecutor(len(acts)) as pool:
            return Counter(pool.map(lambda act: self._one(gate, act), acts))

    def _one(self, gate: threading.Barrier, act: Act) -> str:
        gate.wait(timeout=60)
        try:
            self.write(act)
        except DomainError as refusal:
            return refusal.code
        return "done"

    def facts(self, code: str) -> OrderFacts:
        with Session(self.engine) as session:
            return orders.facts(session, code)

    def times(self, code: str, state: str) -> int:
        """How often an order's history says that it came to `state`."""
        query = select(OrderEvent.id).where(
            OrderEvent.order_code == code, OrderEvent.state == state
        )
        with Session(self.engine) as session:
            return len(session.scalars(query).all())

    def on_hand(self) -> int:
        with Session(self.engine) as session:
            return self.stand.level(session).on_hand

    def problems(self) -> list[str]:
        with Session(self.engine) as session:
            return [problem for verdict in fsck.run_all(session) for problem in verdict.problems]


def forget_the_lock(monkeypatch: pytest.MonkeyPatch, where: object, of: type[Base]) -> None:
    """Have `where` read rows of `of` without their lock, the first time by two at the same moment.

    `where` is a module whose `locked` (or `_locked`) is how everybody comes to the row.
    """
    gate, seen = threading.Barrier(2), threading.local()

    def read(session: Session, key: str) -> Base:
        row = session.get_one(of, key)
        if not hasattr(seen, "once"):
            seen.once = True
            gate.wait(timeout=30)
        return row

    monkeypatch.setattr(where, "locked" if hasattr(where, "locked") else "_locked", read)
