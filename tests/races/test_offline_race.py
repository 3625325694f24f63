"""Ten things two phones recorded without a network, each sent twice at once, their clocks a year off.

Five boxes and five hand-overs: each is done once, whoever comes first; whoever comes second is told so; and
the same phone asking again gets the same answer. The control forgets the answers that are kept.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from core.client_ids import JsonObject
from core.db import db, write
from core.http import steps
from shop import orders
from shop.orders import PlaceLine, PlaceOrder
from shop.shipments import shipments
from shop.shipments.models import Shipment
from tests.factories.identity import make_login
from tests.factories.shop import PICK_UP, buyer_of, pack
from tests.support.stall import PACK_G, PRICE_VND, Stall, Town, open_town
from tests.support.visitors import Answer, Host

HALF, YEAR_MS = 5, 365 * 86_400_000
START_MS = 1_795_500_000_000
Queue = list[tuple[str, JsonObject]]
"""What a phone sends: where to, and the body."""


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[Town]:
    opened = open_town(tmp_path, database_url, START_MS)
    yield opened
    opened.close()


def test_two_phones_offline_queues_do_each_thing_once(town: Town) -> None:
    stall = town.new_stall(packs=20)
    acts = ten_acts(stall)
    first, second = (phone(stall) for _ in range(2))
    queues = [queue(acts, "a", -YEAR_MS), queue(acts, "b", YEAR_MS)]
    told = at_once(stall, [(first, queues[0]), (second, queues[1]), (first, queues[0])])
    for mine, other, again in zip(*told, strict=True):
        assert mine == again
        assert sorted([mine.status, other.status]) == [200, 409]
        refused = next(one for one in (mine, other) if one.status == 409)
        assert refused.body["code"] in ("already_packed", "already_handed_over")
    assert on_hand(stall) == (20 - HALF) * PACK_G
    assert left_when(stall) == {clock.now_ms()}
    assert town.problems() == []


def test_without_kept_answers_a_phone_that_asks_again_is_refused_its_own_work(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "once", lambda _session, _key, act: act())
    stall = town.new_stall(packs=20)
    own, mine = phone(stall), queue(ten_acts(stall), "a", 0)
    told = [send(stall, own, mine), send(stall, own, mine)]
    assert [{answer.status for answer in answers} for answers in told] == [{200}, {409}]


def ten_acts(stall: Stall) -> Queue:
    """Five boxes to be closed and five parcels to be given away, as a phone would tell of them."""

    def make(session: Session) -> Queue:
        codes = [secured(session, stall) for _ in range(2 * HALF)]
        boxes = [box_of(session, code) for code in codes[:HALF]]
        labels = [
            shipments.for_order(session, pack(session, code)).label_code for code in codes[HALF:]
        ]
        gone = [("hand-overs", {"label": label, "to": "carrier"}) for label in labels]
        return [*boxes, *gone]

    with stall.app.app_context():
        return write(make)


def secured(session: Session, stall: Stall) -> str:
    buyer = buyer_of(make_login(session)[1])
    line = PlaceLine(stall.listing, 1, PRICE_VND)
    code = orders.place(session, PlaceOrder(stall.seller, buyer, "web", PICK_UP, (line,)))
    orders.secure_by(session, code, "cod", "p:0")
    session.flush()
    return code


def box_of(session: Session, code: str) -> tuple[str, JsonObject]:
    (line,) = orders.facts(session, code).lines
    return "boxes", {
        "order": code,
        "lines": [{"line": line.id, "packs": 1, "parts": [{"place": 0}]}],
    }


def phone(stall: Stall) -> Host:
    """A signed-in phone of somebody of the stall."""
    with stall.app.app_context():
        token = write(lambda session: make_login(session, roles={stall.seller: "owner"})[0])
    return Host(stall.door, token)


def queue(acts: Queue, name: str, off_ms: int) -> Queue:
    """The acts as one phone recorded them, by ids of its own and a clock so far off."""
    now = clock.now_ms()
    return [
        (kind, _recorded(kind, body, f"offline-{name}-{number}", now + off_ms))
        for number, (kind, body) in enumerate(acts)
    ]


def _recorded(kind: str, body: JsonObject, client_id: str, said_ms: int) -> JsonObject:
    said: JsonObject = {"said_ms": max(0, said_ms)} if kind == "hand-overs" else {}
    return {**body, **said, "client_id": client_id}


def at_once(stall: Stall, sending: list[tuple[Host, Queue]]) -> list[list[Answer]]:
    with ThreadPoolExecutor(len(sending)) as pool:
        return list(pool.map(lambda pair: send(stall, *pair), sending))


def send(stall: Stall, own: Host, acts: Queue) -> list[Answer]:
    """Send a queue, one act after the other, as a phone does."""
    return [own.ask(f"/sellers/{stall.seller}/{kind}", **body) for kind, body in acts]


def on_hand(stall: Stall) -> int:
    """Base units of the stall's tea that have not left."""
    with stall.app.app_context():
        return stock.levels(db.session(), [stall.product])[stall.product].on_hand


def left_when(stall: Stall) -> set[int | None]:
    """When the stall's parcels left, as the market believes it."""
    query = select(Shipment.handed_over_ms).where(Shipment.state == "handed_over")
    with stall.app.app_context():
        return set(db.session.scalars(query.where(Shipment.seller_id == stall.seller)))
