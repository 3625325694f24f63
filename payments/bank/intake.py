"""The one door by which bank lines come in, whoever tells of them: feeds, statement files, people.

What is told twice is one line (`same_line`); a line that is new gets its place in the same transaction
(`placing.place`). Refuses to forget a telling: each is kept beside the line it is of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.codes import find_order_codes
from core.ids import new_id
from payments import claimed, placing, settle
from payments.bank import attested
from payments.bank.models import LineTelling
from payments.bank.references import essence, essence_of
from payments.bank.same_line import NEARBY_DAYS, NEW, Told, assign
from payments.models import BankAccount, BankLine

_TAIL = 4


@dataclass(frozen=True)
class Said:
    """One movement as a road tells it; `amount_vnd` is positive, `at_ms` UTC milliseconds.

    `road` is as in `same_line`, `source` the id of the feed, file or attestation, `key` what stays the
    same when this road tells of it again (at most 80 letters); `reference` is the bank's or empty,
    `tail` its last four where that is all; `balance_vnd` the bank's running balance after it.
    """

    road: str
    source: str
    key: str
    incoming: bool
    amount_vnd: int
    content: str
    reference: str
    at_ms: int
    has_time: bool = True
    balance_vnd: int | None = None
    place: int = 0
    tail: str = ""

    @property
    def day(self) -> int:
        """Its day in Vietnam, as `date.toordinal`."""
        return clock.day_of(self.at_ms).toordinal()

    @property
    def direction(self) -> str:
        """`in` or `out`."""
        return "in" if self.incoming else "out"


@dataclass(frozen=True)
class Fate:
    """What becomes of one saying: told before by its road, of a line that is known, or of a new one."""

    said: Said
    again: bool = False
    line_id: str | None = None
    is_new: bool = False


@dataclass(frozen=True)
class _Book:
    """The tellings around what is being said, by id, and the lines they stand on."""

    rows: Mapping[str, LineTelling]
    lines: Mapping[str, BankLine]


def foresee(session: Session, account_id: str, said: Sequence[Said]) -> tuple[Fate, ...]:
    """What `take_in` would do with each of `said`, in their order; nothing is written."""
    fresh = {f"fresh {place}": one for place, one in enumerate(_fresh(session, account_id, said))}
    placed = _placed(_book(session, account_id, fresh.values()), fresh)
    lines = {(one.road, one.key): placed[name].line or "" for name, one in fresh.items()}
    return tuple(_fate(one, lines) for one in said)


def take_in(session: Session, account_id: str, said: Sequence[Said]) -> tuple[Fate, ...]:
    """Keep what was said, add the lines that are new and place their money; the same again is nothing.

    One account's lines come in one after the other, so that two roads at once end alike. A new line's
    `line_id` is given too. Precondition: no two of `said` have one road and key.
    """
    account = locked_account(session, account_id)
    fresh = {new_id(): one for one in _fresh(session, account_id, said)}
    book = _book(session, account_id, fresh.values())
    placed = _placed(book, fresh)
    rows = {name: _row(account, name, one) for name, one in fresh.items()}
    session.add_all(rows.values())
    session.flush()
    written = _written(session, _Book({**book.rows, **rows}, book.lines), placed)
    lines = {(one.road, one.key): written[name] for name, one in fresh.items()}
    founders = {placed[name].line for name in fresh} - {row.line_id for row in book.rows.values()}
    new = {(one.road, one.key) for name, one in fresh.items() if placed[name].line in founders}
    return tuple(replace(_fate(one, lines), is_new=(one.road, one.key) in new) for one in said)


def locked_account(session: Session, account_id: str) -> BankAccount:
    """The account's row, ours until the end of the transaction."""
    return session.get_one(BankAccount, account_id, with_for_update=True, populate_existing=True)


def _fate(said: Said, lines: Mapping[tuple[str, str], str]) -> Fate:
    line = lines.get((said.road, said.key))
    if line is None:
        return Fate(said, again=True)
    return Fate(said, line_id=None if line.startswith(NEW) else line)


def _fresh(session: Session, account_id: str, said: Sequence[Said]) -> list[Said]:
    """Those of `said` that their road has not told yet."""
    query = select(LineTelling.road, LineTelling.key).where(
        LineTelling.account_id == account_id, LineTelling.key.in_([one.key for one in said])
    )
    told = {(road, key) for road, key in session.execute(query)}
    return [one for one in said if (one.road, one.key) not in told]


def _book(session: Session, account_id: str, fresh: Iterable[Said]) -> _Book:
    """What was told of the same sums around the same days."""
    fresh = tuple(fresh)
    if not fresh:
        return _Book({}, {})
    days = [one.day for one in fresh]
    query = (
        select(LineTelling, BankLine)
        .join(BankLine, BankLine.id == LineTelling.line_id)
        .where(LineTelling.account_id == account_id)
        .where(LineTelling.amount_vnd.in_({one.amount_vnd for one in fresh}))
        .where(LineTelling.line_id.not_in(attested.taken_back_lines()))
        .where(LineTelling.line_day.between(min(days) - NEARBY_DAYS, max(days) + NEARBY_DAYS))
    )
    found = session.execute(query).all()
    return _Book({row.id: row for row, _ in found}, {line.id: line for _, line in found})


def _placed(book: _Book, fresh: Mapping[str, Said]) -> dict[str, Told]:
    """Where every telling stands once the fresh ones are heard, each sum and direction by itself."""
    codes = {line.id: _codes(line.content) for line in book.lines.values()}
    sums: dict[tuple[str, int], tuple[list[Told], list[Told]]] = {}
    for row in book.rows.values():
        sums.setdefault((row.direction, row.amount_vnd), ([], []))[0].append(_told(row))
    for name, one in fresh.items():
        sums.setdefault((one.direction, one.amount_vnd), ([], []))[1].append(_heard(name, one))
    placed: dict[str, Told] = {}
    for known, new in sums.values():
        if new:
            placed |= assign(known, new, codes)
    return placed


def _told(row: LineTelling) -> Told:
    essences = _essences(row.reference, row.tail, row.content)
    where = (row.id, row.road, row.day, row.line_day)
    return Told(*where, *essences, balance_vnd=row.balance_vnd, line=row.line_id)


def _heard(name: str, one: Said) -> Told:
    essences = _essences(one.reference, one.tail, one.content)
    return Told(name, one.road, one.day, one.day, *essences, balance_vnd=one.balance_vnd)


def _essences(reference: str, tail: str, content: str) -> tuple[str, str, str, tuple[str, ...]]:
    """What is too short to be a reference may be the end of one."""
    end = essence(tail) or essence(reference.partition("\\")[0])[-_TAIL:]
    return essence_of(reference), end, essence(content), _codes(content)


def _codes(content: str) -> tuple[str, ...]:
    return tuple(sorted(find_order_codes(content)))


def _row(account: BankAccount, name: str, one: Said) -> LineTelling:
    return LineTelling(
        id=name,
        seller_id=account.seller_id,
        account_id=account.id,
        road=one.road,
        source=one.source,
        key=one.key,
        direction=one.direction,
        amount_vnd=one.amount_vnd,
        content=one.content,
        reference=one.reference,
        tail=one.tail,
        balance_vnd=one.balance_vnd,
        at_ms=one.at_ms,
        has_time=one.has_time,
        day=one.day,
        line_day=one.day,
        place=one.place,
        told_ms=clock.now_ms(),
    )


def _written(session: Session, book: _Book, placed: Mapping[str, Told]) -> dict[str, str]:
    """Bring the tellings to their lines, the new ones made and placed; the line of each telling."""
    names: dict[str, str] = {}
    _lock_lines(session, book.lines.values())
    _lock_payments(session, [row for row in book.rows.values() if row.line_id is None])
    for told in sorted(placed.values(), key=lambda one: book.rows[one.id].place):
        if told.line and told.line.startswith(NEW) and told.line not in names:
            names[told.line] = _new_line(session, book.rows[told.line.removeprefix(NEW)])
    for told in placed.values():
        row = book.rows[told.id]
        row.line_id, row.line_day = names.get(told.line or "", told.line), told.line_day
    session.flush()
    for line in book.lines.values():
        _read_anew(session, line, [book.rows[one.id] for one in placed.values()])
    return {told.id: names.get(told.line or "", told.line or "") for told in placed.values()}


def _lock_lines(session: Session, lines: Iterable[BankLine]) -> None:
    """Take the lines that may be read anew, before any payment, as people's decisions do."""
    ids = sorted(line.id for line in lines if line.direction == "out" or not _codes(line.content))
    query = select(BankLine).where(BankLine.id.in_(ids)).order_by(BankLine.id)
    session.scalars(query.with_for_update(), execution_options={"populate_existing": True}).all()


def _lock_payments(session: Session, rows: Sequence[LineTelling]) -> None:
    """Take the payments these texts name before the first line is booked, in one order everywhere."""
    named = {
        found.payment_id
        for row in rows
        if row.direction == "in"
        for found in settle.candidates(session, row.seller_id, row.content, row.at_ms)
    }
    for payment_id in sorted(named):
        settle.locked(session, payment_id)


def _new_line(session: Session, row: LineTelling) -> str:
    """The line of a telling nobody told of before, its money placed; returns its id."""
    line = BankLine(
        id=new_id(),
        seller_id=row.seller_id,
        account_id=row.account_id,
        reference=_free_reference(session, row),
        direction=row.direction,
        amount_vnd=row.amount_vnd,
        content=row.content,
        at_ms=row.at_ms,
        received_ms=row.told_ms,
    )
    session.add(line)
    session.flush()
    row.line_id = line.id  # a receipt issued now asks who told of the line
    session.flush()
    placing.place(session, line)
    return line.id


def _free_reference(session: Session, row: LineTelling) -> str:
    """The bank's reference, or the road's own key where the bank told none or used it before."""
    wanted = [row.reference, row.key, row.id]
    query = select(BankLine.reference).where(
        BankLine.account_id == row.account_id, BankLine.reference.in_(wanted)
    )
    taken = {"", *session.scalars(query)}
    return next(one for one in wanted if one not in taken)


def _read_anew(session: Session, line: BankLine, rows: Sequence[LineTelling]) -> None:
    """Take the text that has a code; place a line that waits again where it may find what it is of now.

    An outgoing line may be known by a reference that another road told as well.
    """
    mine = [row for row in rows if row.line_id == line.id]
    coded = min((row.content for row in mine if _codes(row.content)), default="")
    better = bool(coded) and not _codes(line.content)
    if better:
        line.content = coded
        session.flush()
    if (better or line.direction == "out") and claimed.waits(session, line.id):
        placing.place_again(session, line, ())
