"""An entry of the ledger: its lines, what makes it whole, its hash in the seller's chain.

Why pure: what an entry is must be the same on every machine and in ten years; the hash is SHA-256 over one
fixed writing of the entry (JSON, keys sorted, no spaces, UTF-8) that holds the hash of the one before.
Refuses an entry that does not sum to zero, an account not in the chart, and a key without a kind.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from payments.ledger import chart

FIRST_IN_CHAIN = bytes(32)
"""Stands for "the one before" in a seller's first entry."""
_VERSION = 1


class Unbalanced(ValueError):
    """Lines that do not sum to zero, or none: a programmer's slip that would lose money."""


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """`amount_vnd` đồng, debit positive and credit negative, for a subject (payment, payee) or ""."""

    account: str
    amount_vnd: int
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as it is booked. `key` is `kind:rest`, made from the fact and unique for the seller.

    `what` says in Vietnamese what happened; `at_ms` when (UTC ms); lines debit positive, credit negative.
    """

    seller_id: str
    key: str
    what: str
    at_ms: int
    lines: tuple[Line, ...] = field(default=())

    @property
    def kind(self) -> str:
        """The word before the first colon of the key."""
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What an entry's hash covers: its place, its words, both its times, its lines, the one before."""

    seller_id: str
    number: int
    key: str
    what: str
    at_ms: int
    happened_ms: int
    lines: tuple[Line, ...]
    previous_hash: bytes


def whole(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines summed by account and subject, sorted, without those that come to nothing.

    Raises:
        Unbalanced: they do not sum to zero, or nothing is left of them.
        UnknownAccount: an account is not in the chart.
    """
    sums: Counter[tuple[str, str]] = Counter()
    for line in lines:
        chart.meaning(line.account)
        sums[line.account, line.subject] += line.amount_vnd
    left = sorted(Line(account, vnd, subject) for (account, subject), vnd in sums.items() if vnd)
    if not left or sum(line.amount_vnd for line in left) != 0:
        raise Unbalanced([(line.account, line.amount_vnd) for line in left])
    return tuple(left)


def reversed_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same lines with debit and credit changed."""
    return tuple(Line(line.account, -line.amount_vnd, line.subject) for line in lines)


def entry_hash(entry: Sealed) -> bytes:
    """The entry's 32 bytes in the chain; any changed bit of it, or of one before it, gives others."""
    said = {
        "v": _VERSION,
        "seller": entry.seller_id,
        "number": entry.number,
        "key": entry.key,
        "what": entry.what,
        "at": entry.at_ms,
        "happened": entry.happened_ms,
        "lines": [[line.account, line.subject, line.amount_vnd] for line in sorted(entry.lines)],
        "previous": entry.previous_hash.hex(),
    }
    written = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).digest()


@dataclass(frozen=True, slots=True, order=True)
class Balance:
    """What stands on an account for a subject: debit positive, credit negative, in đồng."""

    account: str
    subject: str
    amount_vnd: int


def digest_of(balances: Iterable[Balance]) -> str:
    """64 hex digits of the balances that are not zero; the order in which they are given does not matter."""
    rows = sorted([row.account, row.subject, row.amount_vnd] for row in balances if row.amount_vnd)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def moves(booked: Mapping[str, int], placed: Mapping[str, int], subject: str) -> tuple[Line, ...]:
    """Return the lines that bring a subject's accounts from what is `booked` to how it is `placed` now.

    Đồng by account, debit positive. What does not cancel out comes from `clearing:unplaced`, where its
    line was booked when it came, or goes back there. Nothing if the two are alike.
    """
    changes = {
        account: placed.get(account, 0) - booked.get(account, 0) for account in {*booked, *placed}
    }
    lines = [Line(account, vnd, subject) for account, vnd in sorted(changes.items()) if vnd]
    back = -sum(line.amount_vnd for line in lines)
    return (*lines, Line(chart.UNPLACED, back)) if back else tuple(lines)


@dataclass(frozen=True, slots=True)
class Pair:
    """`amount_vnd` from one credited line to one debited: how general journals are written (TK Nợ, TK Có)."""

    debit: Line
    credit: Line
    amount_vnd: int


def in_pairs(lines: Iterable[Line]) -> tuple[Pair, ...]:
    """Return an entry's lines as pairs of debit and credit, the largest first; their sums are the lines'.

    Precondition: the lines sum to zero.
    """
    whole_lines = sorted(lines, key=lambda line: (-abs(line.amount_vnd), line))
    debits = [line for line in whole_lines if line.amount_vnd > 0]
    credits = [line for line in whole_lines if line.amount_vnd < 0]
    pairs, left = [], [0, 0]
    while debits or credits:
        debit_vnd = left[0] or debits[0].amount_vnd
        credit_vnd = left[1] or -credits[0].amount_vnd
        vnd = min(debit_vnd, credit_vnd)
        pairs.append(Pair(debits[0], credits[0], vnd))
        left = [debit_vnd - vnd, credit_vnd - vnd]
        debits, credits = debits[not left[0] :], credits[not left[1] :]
    return tuple(pairs)
