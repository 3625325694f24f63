"""Fifty orders at one moment for the seven places of a slot: seven get one, the rest are told so.

Each order on a connection of its own, on both databases; with the guard away, the slot is overfilled.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text, true
from sqlalchemy.orm import Session

from core import clock
from core.db import new_write_engine
from core.errors import DomainError
from core.writer import DirectWriter
from shop import orders
from shop.delivery import checks, slots, ways
from shop.delivery.slots import NewSlot
from shop.delivery.ways import PICKUP, NewWay
from shop.orders import DeliveryChoice, PlaceOrder
from tests.factories.catalog import HOUR_MS
from tests.factories.identity import make_login
from tests.factories.shop import buyer_of, make_stand
from tests.support.databases import settings_for

BUYERS, PLACES = 50, 7


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    made = new_write_engine(settings_for(tmp_path, database_url))
    yield made
    made.dispose()


def test_fifty_orders_never_overfill_a_slot(engine: Engine) -> None:
    assert race(engine) == {"taken": PLACES, "slot_full": BUYERS - PLACES}
    assert used(engine) == PLACES
    with Session(engine) as session:
        assert list(checks.slots_hold_their_orders(session)) == []


def test_without_the_guard_the_same_race_overfills_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "has_place", lambda: true())
    let_checks_sleep(engine)
    assert race(engine)["taken"] > PLACES
    assert used(engine) > PLACES


def race(engine: Engine) -> Counter[str]:
    with Session(engine) as session, session.begin():
        wish = one_wish(session)
    gate = threading.Barrier(BUYERS)
    with ThreadPoolExecutor(BUYERS) as pool:
        return Counter(pool.map(lambda _: order(engine, gate, wish), range(BUYERS)))


def one_wish(session: Session) -> PlaceOrder:
    """A pack to be fetched in a slot with seven places."""
    stand = make_stand(session, packs=100)
    way = ways.offer(session, stand.seller_id, NewWay(PICKUP, "Cổng chợ"))
    starts_ms = clock.now_ms() + 24 * HOUR_MS
    new = NewSlot(starts_ms, starts_ms + HOUR_MS, starts_ms, capacity=PLACES)
    slots.open_slots(session, stand.seller_id, way, new)
    slot = slots.ahead(session, stand.seller_id)[way][0]
    buyer = buyer_of(make_login(session)[1])
    choice = DeliveryChoice(way, slot=slot.id)
    return PlaceOrder(stand.seller_id, buyer, "web", choice, (stand.line(),))


def order(engine: Engine, gate: threading.Barrier, wish: PlaceOrder) -> str:
    gate.wait(timeout=60)
    try:
        DirectWriter(engine).run(lambda session: orders.place(session, wish))
    except DomainError as refusal:
        return refusal.code
    return "taken"


def used(engine: Engine) -> int:
    with Session(engine) as session:
        return session.execute(text("SELECT used FROM delivery_slots")).scalar_one()


def let_checks_sleep(engine: Engine) -> None:
    """The CHECK of the table would stop it too: away with it, so that the control shows the guard."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(
                text("ALTER TABLE delivery_slots DROP CONSTRAINT ck_delivery_slots_places")
            )
        return

    @event.listens_for(engine, "connect")
    def ignore(connection: object, _entry: object) -> None:
        connection.execute("PRAGMA ignore_check_constraints=ON")  # type: ignore[attr-defined]

    engine.dispose()
