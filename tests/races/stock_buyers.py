"""Two hundred buyers at once: threads in several processes, each write on a connection of its own."""

import multiprocessing
import os
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy import Engine, event, true
from sqlalchemy.orm import Session

from catalog import forecasts, stock
from catalog.forecasts import ForecastOver
from catalog.stock import guards
from core import clock
from core.db import new_write_engine
from core.errors import Busy, OutOfStock
from core.writer import DirectWriter
from shop import orders
from shop.orders import PlaceOrder
from tests.support.databases import settings_for

PROCESSES = 2
BUYERS = 100
ASKED_AT_MOST = 12
HOUR_MS = 3_600_000
Act = Callable[[Session], str]


@dataclass(frozen=True)
class Rush:
    """What everybody wants: where it is, and which guard (if any) is taken away as a control.

    A `wish` is an order they all place; else they claim, or hold and grant by turns. With a `harvest`
    (seller, forecast, base units that came) one of each process settles it meanwhile.
    """

    database_url: str
    data_dir: str
    product: str
    allotment: str = ""
    without: str = ""
    wish: PlaceOrder | None = None
    harvest: tuple[str, str, int] | None = None


def run(rush: Rush) -> Counter[str]:
    """Let all 200 go at the same moment; how many were answered `taken`, `out_of_stock`, or otherwise."""
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(PROCESSES * BUYERS), context.SimpleQueue()
    crowds = [
        context.Process(target=_crowd, args=(rush, number, barrier, answers))
        for number in range(PROCESSES)
    ]
    for crowd in crowds:
        crowd.start()
    counted = sum((answers.get() for _ in crowds), Counter[str]())
    for crowd in crowds:
        crowd.join()
    return counted


def _crowd(rush: Rush, number: int, barrier: Barrier, answers: "SimpleQueue[Counter[str]]") -> None:
    if rush.without:
        setattr(guards, rush.without, lambda *_: true())
    engine = new_write_engine(settings_for(Path(rush.data_dir), rush.database_url))
    if rush.without:
        _ignore_checks(engine)
    seen: list[str] = []
    threads = [
        threading.Thread(target=_buy, args=(DirectWriter(engine), barrier, act, seen))
        for act in _acts(rush, number)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put(Counter(seen))
    os._exit(0)  # the pool's connections go with the process


def _acts(rush: Rush, number: int) -> list[Act]:
    """Orders of the wish if there is one, claims if there is an allotment; else holds and grants by turns."""
    if rush.wish:
        settling = [partial(_settle, rush.harvest)] if rush.harvest else []
        return [*settling, *[partial(_order, rush.wish)] * (BUYERS - len(settling))]
    if rush.allotment:
        return [partial(_claim, rush.allotment)] * BUYERS
    return [
        partial((_hold, _grant)[buyer % 2], rush.product, f"order:{number}-{buyer}")
        for buyer in range(BUYERS)
    ]


def _hold(product: str, holder: str, session: Session) -> str:
    request = stock.HoldRequest(product, 1, holder, clock.now_ms() + HOUR_MS)
    stock.hold_all(session, [request])
    return "taken"


def _grant(product: str, holder: str, session: Session) -> str:
    stock.grant(session, product, 1, holder)
    return "taken"


def _order(wish: PlaceOrder, session: Session) -> str:
    orders.place(session, wish)
    return "taken"


def _settle(harvest: tuple[str, str, int], session: Session) -> str:
    seller, forecast, came = harvest
    try:
        forecasts.settle(session, seller, forecast, came, "p:keeper")
    except ForecastOver:
        return "over"
    return "settled"


def _claim(allotment: str, session: Session) -> str:
    return "taken" if stock.take(session, allotment, 1, 1) else "out_of_stock"


def _buy(writer: DirectWriter, barrier: Barrier, act: Act, seen: list[str]) -> None:
    barrier.wait()
    seen.append(_answer(writer, act))


def _answer(writer: DirectWriter, act: Act) -> str:
    """Who is told that the market is busy asks again, as phones do: a slow machine has the same race."""
    for _ in range(ASKED_AT_MOST):
        try:
            return writer.run(act)
        except Busy:
            continue
        except OutOfStock as refusal:
            return refusal.code
        except Exception as error:
            return repr(error)
    return Busy.code


def _ignore_checks(engine: Engine) -> None:
    """SQLite: let the CHECK constraints sleep too, so that the control shows the guard alone."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def ignore(connection: object, _entry: object) -> None:
        connection.execute("PRAGMA ignore_check_constraints=ON")  # type: ignore[attr-defined]
