"""Histories of a payment: what can happen to its money, in any order, through a real database."""

import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from core import fsck
from payments import payments
from payments.bank import intake
from payments.bank.intake import Said
from payments.bank.same_line import STATEMENT
from payments.ledger import chart, posting
from payments.ledger.entries import Balance, digest_of
from payments.models import BankLine, MatchedPart
from tests.factories.payments import Till, Transfer, make_till, open_payment, sepay_body, tell

ASKED = 130_000


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


@dataclass(frozen=True)
class InStatement:
    """The bank told of it again, in a statement."""

    came: Came


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


def histories(most: int = 5) -> Iterator[tuple[Fact, ...]]:
    """Every set of at most so many of the facts."""
    for size in range(most + 1):
        yield from itertools.combinations(FACTS, size)


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


def ask(session: Session, till: Till, amount_vnd: int = ASKED) -> str:
    """A payment whose code can be misread."""
    while True:
        code = open_payment(session, till, amount_vnd)
        if slipped(code):
            return code


def happen(session: Session, till: Till, code: str, fact: Fact | InStatement) -> None:
    match fact:
        case InStatement():
            intake.take_in(session, till.account_id, [row(code, fact.came)])
        case Came():
            memo = slipped(code) if fact.by_slip else code
            at = f"{DAY} 19:{fact.minute:02d}:00"
            transfer = Transfer(str(memo), fact.amount_vnd, f"{code}-{fact.minute}", at)
            tell(session, till, sepay_body(till, transfer))
        case Expired():
            payments.expire(session, f"order:{code}")
        case Gone():
            payments.mark_refund_due(session, f"order:{code}", "goods_gone")


def row(code: str, came: Came) -> Said:
    """What a statement says of a transfer."""
    return Said(
        road=f"{STATEMENT}:a",
        source="a file",
        key=f"SK{code}{came.minute}",
        incoming=True,
        amount_vnd=came.amount_vnd,
        content=str(slipped(code) if came.by_slip else code),
        reference=f"{code}-{came.minute}",
        at_ms=HALF_PAST_SEVEN_MS + (came.minute - 30) * 60_000,
    )


def ledger_digest(session: Session, till: Till, code: str) -> str:
    """The digest of the seller's balances, with the names that differ from one run to the next made alike."""
    query = select(BankLine.id, BankLine.reference).where(BankLine.seller_id == till.seller_id)
    names = {id_: reference.removeprefix(code) for id_, reference in session.execute(query)}
    names |= {
        payments.facts_by_code(session, code).id: "payment",
        chart.bank(till.account_id): "bank",
    }
    named = [
        Balance(
            names.get(row.account, row.account), names.get(row.subject, row.subject), row.amount_vnd
        )
        for row in posting.balances(session, till.seller_id)
    ]
    return digest_of(named)


def digest(session: Session, till: Till, code: str) -> tuple[object, ...]:
    """The payment's state and sums, where every đồng of the seller stands, and the digest of its books."""
    facts = payments.facts_by_code(session, code)
    parts = select(MatchedPart.account, MatchedPart.amount_vnd).where(
        MatchedPart.seller_id == till.seller_id
    )
    placed = sorted(tuple(row) for row in session.execute(parts))
    books = ledger_digest(session, till, code)
    return facts.state, facts.paid_vnd, facts.surplus_vnd, tuple(placed), books


def ends_in(engine: Engine, order: Iterable[Fact | InStatement]) -> tuple[object, ...]:
    """Where a new payment stands after these facts, each in a transaction of its own."""
    with Session(engine) as session, session.begin():
        till = make_till(session)
        code = ask(session, till)
    for fact in order:
        with Session(engine) as session, session.begin():
            happen(session, till, code, fact)
    with Session(engine) as session:
        return digest(session, till, code)


def require_one_end(engine: Engine, samples: Iterable[tuple[Fact, ...]], orders: int) -> None:
    """Send each history through the database in several orders, two facts told twice: all end alike.

    What came is told the second time by a notice or by a statement.
    """
    dice = random.Random(6)
    for history in samples:
        told = [[*history, *map(again, dice.sample(history, 2))] for _ in range(orders)]
        for order in told:
            dice.shuffle(order)
        assert len({ends_in(engine, order) for order in told}) == 1, told
    with Session(engine) as session:
        assert [bad for verdict in fsck.run_all(session) for bad in verdict.problems] == []


def again(fact: Fact) -> Fact | InStatement:
    """The same fact told once more: in odd minutes by a statement."""
    return InStatement(fact) if isinstance(fact, Came) and fact.minute % 2 else fact
