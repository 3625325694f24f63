"""P3: the state is a function of the set of facts, whatever came first and however often.

Every history of at most five facts is folded in every order, each fact repeated once anywhere; samples of
them go through each database, notice by notice.
"""

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import wsgi
from core import clock, factory
from core.clock import FixedClock
from payments import settle
from payments.bank.matching import Candidate
from payments.ledger import chart
from payments.ledger.entries import Balance, Line, digest_of, moves
from payments.models import Payment
from payments.states import OPEN, PAYMENT, Claim, Incoming, Tally, tally
from tests.support.databases import settings_for
from tests.support.histories import (
    ASKED,
    HALF_PAST_SEVEN_MS,
    Came,
    Expired,
    Fact,
    Gone,
    ends_in,
    histories,
    require_one_end,
)

SAMPLES, ORDERS = 30, 3


def with_repeats(history: tuple[Fact, ...]) -> Iterator[tuple[Fact, ...]]:
    """Every order of a history; each order once more with each of its facts repeated at its end."""
    for order in itertools.permutations(history):
        yield order
        yield (*order, *order)
        for repeated in history:
            yield (*order, repeated)


def end_of(facts: Iterable[Fact]) -> Tally:
    """What `settle` makes of a payment: lines it knows already are known, then the tally of all."""
    claim, lines = Claim(ASKED), dict[str, Incoming]()
    for fact in facts:
        match fact:
            case Came():
                name = f"line{fact.minute}"
                lines[name] = Incoming(fact.minute, name, name, fact.amount_vnd, fact.by_slip)
            case Expired():
                claim = replace(claim, expired=True)
            case Gone():
                claim = replace(claim, to_refund=True)
    return tally(claim, lines.values())


def test_p3_every_order_of_every_short_history_ends_alike() -> None:
    for history in histories():
        ends = {end_of(order) for order in with_repeats(history)}
        assert len(ends) == 1, history
    assert sum(1 for history in histories() for _ in with_repeats(history)) > 50_000


def known_by(facts: tuple[Fact, ...]) -> Iterator[frozenset[Fact]]:
    """What is known after each fact of an order, from nothing on."""
    return itertools.accumulate(facts, lambda known, fact: known | {fact}, initial=frozenset())


@cache
def placed(known: frozenset[Fact]) -> Counter[str]:
    """Where the money of these facts stands, by the ledger's accounts."""
    sums: Counter[str] = Counter()
    for part in end_of(known).parts:
        sums[chart.OF_PART[part.account]] -= part.amount_vnd
    return sums


def books_of(order: tuple[Fact, ...]) -> str:
    """The digest of the books when the facts came in this order: lines as they came, parts as they moved."""
    sums: Counter[tuple[str, str]] = Counter()
    for before, now in itertools.pairwise(known_by(order)):
        lines = [*moves(placed(before), placed(now), "payment")]
        for fact in now - before:
            if isinstance(fact, Came):
                lines += (Line("bank:1", fact.amount_vnd), Line(chart.UNPLACED, -fact.amount_vnd))
        for line in lines:
            sums[line.account, line.subject] += line.amount_vnd
        assert not sums[chart.UNPLACED, ""]
    return digest_of(Balance(account, subject, vnd) for (account, subject), vnd in sums.items())


def test_p4_every_order_of_every_short_history_ends_in_the_same_books() -> None:
    for history in histories():
        assert len({books_of(order) for order in with_repeats(history)}) == 1, history


def test_p3_on_every_way_each_step_is_a_move_in_the_table() -> None:
    for history in histories():
        for order in itertools.permutations(history):
            states = [end_of(order[:told]).state for told in range(len(order) + 1)]
            for before, after in itertools.pairwise(states):
                assert before == after or PAYMENT.allows(before, after), order


def test_with_the_time_of_hearing_for_the_banks_own_the_first_one_heard_would_decide() -> None:
    """The control: this fold sees the order in which notices came."""
    ends = {
        tally(Claim(ASKED), heard(order)).parts[-1].account
        for order in itertools.permutations((Came(1, ASKED), Came(2, ASKED, by_slip=True)))
    }
    assert len(ends) == 2


def heard(order: Iterable[Came]) -> list[Incoming]:
    return [
        Incoming(at, f"line{at}", f"line{at}", fact.amount_vnd, fact.by_slip)
        for at, fact in enumerate(order)
    ]


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    clock.use(FixedClock(HALF_PAST_SEVEN_MS))
    yield app.extensions["write_engine"]
    clock.use(clock.SystemClock())
    app.extensions["write_engine"].dispose()


def test_p3_sampled_histories_end_alike_in_each_database(engine: Engine) -> None:
    longer = [found for found in histories() if len(found) > 2]
    require_one_end(engine, random.Random(6).sample(longer, SAMPLES), ORDERS)


def test_where_the_state_of_the_moment_decides_a_slip_it_would_not(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a line booked in time but heard of late would be lost on an expired payment."""
    by_bank_time = settle.candidates

    def by_state(session: Session, seller_id: str, text: str, at_ms: int) -> list[Candidate]:
        return [
            replace(found, is_open=session.get_one(Payment, found.payment_id).state in OPEN)
            for found in by_bank_time(session, seller_id, text, at_ms)
        ]

    history = (Came(4, ASKED, by_slip=True), Expired())
    assert len({ends_in(engine, order) for order in itertools.permutations(history)}) == 1
    monkeypatch.setattr(settle, "candidates", by_state)
    assert len({ends_in(engine, order) for order in itertools.permutations(history)}) == 2
