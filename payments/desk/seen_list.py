"""Money that people saw, as their pages show it: who said so, when, and what the bank made of it since.

Refuses to change anything; `seen` does.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from payments.bank import attested
from payments.bank.models import Attestation, LineTelling
from payments.bank.references import essence
from payments.bank.same_line import MANUAL
from payments.bank.seen_rules import BACK, Standing, standing
from payments.models import BankAccount, MatchedPart, Payment
from payments.statements.models import StatementFile

MOST = 100
_TAKEN = "taken"


@dataclass(frozen=True)
class Seen:
    """`amount_vnd` đồng that `name` saw, told at `said_ms`; `day_ms` is when that day began (UTC ms).

    `codes` are those of the payments it counts for. `by` and `confirmed_ms`: which kind of road told of it
    (`feed`, `statement`), first when, under which `reference` (only letters and digits); `back` says who
    took the word back, and why. "" and None where nobody did.
    """

    line_id: str
    account_id: str
    account: str
    amount_vnd: int
    tail: str
    memo: str
    day_ms: int
    name: str
    reason: str
    said_ms: int
    standing: Standing
    codes: tuple[str, ...] = ()
    by: str = ""
    confirmed_ms: int | None = None
    back: str = ""
    reference: str = ""

    @property
    def differs(self) -> bool:
        """Whether the bank's reference of what confirmed it ends otherwise than the person said."""
        return bool(self.reference) and not self.reference.endswith(self.tail)

    @property
    def is_open(self) -> bool:
        """Whether only the person's word stands for it."""
        return self.standing in (Standing.MISSING, Standing.WAITING)


def open_of(session: Session, seller_id: str) -> tuple[Seen, ...]:
    """What nothing confirmed yet: first what a statement does not hold, then the oldest; some hundred."""
    query = attested.only_seen().where(LineTelling.seller_id == seller_id)
    oldest = query.order_by(LineTelling.told_ms, LineTelling.id).limit(MOST)
    found = _facts(session, session.scalars(oldest).all())
    return tuple(sorted(found, key=lambda one: one.standing is not Standing.MISSING))


def lately(session: Session, seller_id: str) -> tuple[Seen, ...]:
    """What the bank confirmed or somebody took back, the latest word first; some twenty."""
    query = (
        select(LineTelling)
        .where(LineTelling.seller_id == seller_id, LineTelling.road == MANUAL)
        .where(LineTelling.direction == "in")
        .order_by(LineTelling.told_ms.desc(), LineTelling.id)
        .limit(MOST)
    )
    found = _facts(session, session.scalars(query).all())
    return tuple(one for one in found if not one.is_open)[:20]


def of_lines(session: Session, line_ids: Collection[str]) -> dict[str, Seen]:
    """Those of these lines that a person told of by hand."""
    query = select(LineTelling).where(
        LineTelling.line_id.in_(line_ids), LineTelling.road == MANUAL, LineTelling.direction == "in"
    )
    return {one.line_id: one for one in _facts(session, session.scalars(query).all())}


def of_reference(session: Session, reference: str) -> tuple[Seen, ...]:
    """The words on which money for the payment of `reference` stands or stood, the oldest first."""
    query = (
        select(MatchedPart.bank_line_id)
        .join(Payment, Payment.id == MatchedPart.payment_id)
        .where(Payment.reference == reference, MatchedPart.bank_line_id.is_not(None))
    )
    found = of_lines(session, [one for one in session.scalars(query) if one is not None])
    return tuple(sorted(found.values(), key=lambda one: one.said_ms))


def _facts(session: Session, rows: Collection[LineTelling]) -> tuple[Seen, ...]:
    words = _by_id(session, [row.source for row in rows])
    backs = _backs(session, rows)
    lines = [row.line_id for row in rows if row.line_id is not None]
    codes, bank = _codes(session, lines), _told(session, lines)
    wanted = {row.account_id for row in rows}
    accounts = {
        one.id: f"{one.bank_name} •••• {one.number[-4:]}"
        for one in session.scalars(select(BankAccount).where(BankAccount.id.in_(wanted)))
    }
    periods = _periods(session, accounts)
    return tuple(
        Seen(
            line_id=row.line_id or "",
            account_id=row.account_id,
            account=accounts[row.account_id],
            amount_vnd=row.amount_vnd,
            tail=row.tail,
            memo=row.content,
            day_ms=clock.midnight_ms(clock.day_of(row.at_ms)),
            name=words[row.source].name,
            reason=words[row.source].reason,
            said_ms=words[row.source].said_ms,
            standing=standing(
                row.day,
                told_by_bank=row.line_id in bank,
                taken_back=row.key in backs,
                periods=periods.get(row.account_id, ()),
            ),
            codes=tuple(codes.get(row.line_id or "", ())),
            by=bank[row.line_id].road.partition(":")[0] if row.line_id in bank else "",
            confirmed_ms=bank[row.line_id].told_ms if row.line_id in bank else None,
            back=_told_back(backs.get(row.key)),
            reference=_reference(bank.get(row.line_id)),
        )
        for row in rows
    )


def _reference(told: LineTelling | None) -> str:
    """As `intake` reads references: without the bank's mark behind a backslash."""
    return essence(told.reference.partition("\\")[0]).upper() if told else ""


def _told_back(word: Attestation | None) -> str:
    return f"{word.name}: {word.reason}" if word else ""


def _by_id(session: Session, ids: Collection[str]) -> dict[str, Attestation]:
    query = select(Attestation).where(Attestation.id.in_(ids))
    return {one.id: one for one in session.scalars(query)}


def _backs(session: Session, rows: Iterable[LineTelling]) -> dict[str, Attestation]:
    """The words that took others back, by the keys of those."""
    keys = [f"{BACK}{row.key}" for row in rows]
    query = (
        select(LineTelling.key, Attestation)
        .join(Attestation, Attestation.id == LineTelling.source)
        .where(LineTelling.road == MANUAL, LineTelling.key.in_(keys))
    )
    return {key.removeprefix(BACK): word for key, word in session.execute(query)}


def _codes(session: Session, line_ids: Collection[str]) -> dict[str, list[str]]:
    query = (
        select(MatchedPart.bank_line_id, Payment.code)
        .join(Payment, Payment.id == MatchedPart.payment_id)
        .where(MatchedPart.bank_line_id.in_(line_ids))
        .distinct()
        .order_by(Payment.code)
    )
    found: dict[str, list[str]] = {}
    for line_id, code in session.execute(query):
        found.setdefault(line_id or "", []).append(code)
    return found


def _told(session: Session, line_ids: Collection[str]) -> dict[str | None, LineTelling]:
    """What a feed or a statement told first of each line."""
    query = (
        select(LineTelling)
        .where(LineTelling.line_id.in_(line_ids), LineTelling.road != MANUAL)
        .order_by(LineTelling.told_ms.desc())
    )
    return {row.line_id: row for row in session.scalars(query)}


def _periods(
    session: Session, account_ids: Collection[str]
) -> dict[str, tuple[tuple[int, int], ...]]:
    """The days that statements taken in whole cover, by account."""
    query = select(StatementFile).where(
        StatementFile.account_id.in_(account_ids), StatementFile.state == _TAKEN
    )
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for row in session.scalars(query):
        if row.first_day is not None and row.last_day is not None:
            found[row.account_id] = (
                *found.get(row.account_id, ()),
                (row.first_day, row.last_day),
            )
    return found
