"""P3: the state is a function of the set of facts, whatever came first and however often.

Every history of at most five facts is folded in every order, each fact repeated once anywhere; samples of
them go through each database, notice by notice.
"""

import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

import wsgi
from core import clock, factory, fsck
from core.clock import FixedClock
from payments import payments, settle
from payments.matching import Candidate
from payments.models import MatchedPart, Payment
from payments.states import OPEN, PAYMENT, Claim, Incoming, Tally, tally
from tests.factories.payments import Till, Transfer, make_till, open_payment, sepay_body, tell
from tests.support.databases import settings_for

ASKED = 130_000
MOST_FACTS = 5
SAMPLES, ORDERS = 30, 3


@dataclass(frozen=True)
class Came:
    """The bank told of a transfer: its sum, and whether a letter of its code was mistaken."""

    minute: int
    amount_vnd: int
    by_slip: bool = False


@dataclass(frozen=True)
class Expired:
    """The time to pay was over (in minute 30)."""


@dataclass(frozen=True)
class Gone:
    """All the money is to go back: the goods are gone."""


Fact = Came | Expired | Gone
FACTS: tuple[Fact, ...] = (
    Came(1, 60_000),
    Came(2, 70_000),
    Came(3, ASKED),
    Came(4, ASKED, by_slip=True),
    Came(5, 150_000),
    Came(6, 9_000, by_slip=True),
    Expired(),
    Gone(),
)


def histories() -> Iterator[tuple[Fact, ...]]:
    """Every set of at most five of the facts."""
    for size in range(MOST_FACTS + 1):
        yield from itertools.combinations(FACTS, size)


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


SLIPS = {"Q": "O", "D": "0", "T": "1", "7": "L", "8": "B", "5": "S", "2": "Z", "6": "G", "U": "V"}
SLIPS |= {wrong: right for right, wrong in SLIPS.items() if wrong in "BSZGV"}
DAY = "2026-11-25"
HALF_PAST_SEVEN_MS = 1_795_609_800_000  # in the evening of that day in Vietnam


def slipped(code: str) -> str | None:
    """The code with one letter mistaken for its look-alike, where it has such a letter."""
    for at in range(len(code) - 1, 1, -1):
        if code[at] in SLIPS:
            return code[:at] + SLIPS[code[at]] + code[at + 1 :]
    return None


def ask(session: Session, till: Till) -> str:
    """A payment whose code can be misread."""
    while True:
        code = open_payment(session, till, ASKED)
        if slipped(code):
            return code


def happen(session: Session, till: Till, code: str, fact: Fact) -> None:
    match fact:
        case Came():
            memo = slipped(code) if fact.by_slip else code
            at = f"{DAY} 19:{fact.minute:02d}:00"
            transfer = Transfer(str(memo), fact.amount_vnd, f"{code}-{fact.minute}", at)
            tell(session, till, sepay_body(till, transfer))
        case Expired():
            payments.expire(session, f"order:{code}")
        case Gone():
            payments.mark_refund_due(session, f"order:{code}", "goods_gone")


def digest(session: Session, till: Till, code: str) -> tuple[object, ...]:
    """The payment's state and sums, and where every đồng of the seller stands."""
    facts = payments.facts_by_code(session, code)
    parts = select(MatchedPart.account, MatchedPart.amount_vnd).where(
        MatchedPart.seller_id == till.seller_id
    )
    placed = sorted(tuple(row) for row in session.execute(parts))
    return facts.state, facts.paid_vnd, facts.surplus_vnd, tuple(placed)


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    clock.use(FixedClock(HALF_PAST_SEVEN_MS))
    yield app.extensions["write_engine"]
    clock.use(clock.SystemClock())
    app.extensions["write_engine"].dispose()


def ends_in(engine: Engine, order: Iterable[Fact]) -> tuple[object, ...]:
    """Where a new payment stands after these facts, each in a transaction of its own."""
    with Session(engine) as session, session.begin():
        till = make_till(session)
        code = ask(session, till)
    for fact in order:
        with Session(engine) as session, session.begin():
            happen(session, till, code, fact)
    with Session(engine) as session:
        return digest(session, till, code)


def test_p3_sampled_histories_end_alike_in_each_database(engine: Engine) -> None:
    dice = random.Random(6)
    for history in dice.sample([found for found in histories() if len(found) > 2], SAMPLES):
        orders = [[*history, *dice.sample(history, 2)] for _ in range(ORDERS)]
        for order in orders:
            dice.shuffle(order)
        assert len({ends_in(engine, order) for order in orders}) == 1, orders
    with Session(engine) as session:
        assert [bad for verdict in fsck.run_all(session) for bad in verdict.problems] == []


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
