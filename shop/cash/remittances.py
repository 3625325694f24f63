"""A carrier's list of what it collected, settled by one line of the bank: N orders paid, its fee written.

First looked at, line by line, with a word on each that does not fit and the orders still missing; then
settled whole or not at all. Refuses a list that does not come to the line of the bank to the đồng.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.ids import new_id
from core.money import format_vnd
from payments import cash, payments
from payments.bank import remitted
from payments.cash import COD, Cash
from shop.cash.errors import ListDoesNotAddUp, ListHasFaults
from shop.cash.remittance_list import ListedOrder
from shop.cash.remittance_models import Remittance, RemittanceLine
from shop.models import Order
from shop.ordering import history
from shop.ordering.order_facts import reference_of
from shop.shipments.models import Shipment
from shop.states import CLOSED, DELIVERED, HANDED_OVER

_OUT = (HANDED_OVER, DELIVERED, CLOSED)
_NAMED, _LATELY, _MOST_MISSING = 10, 20, 100


class Verdict(StrEnum):
    """What a line of the list comes to."""

    FITS = "fits"
    UNKNOWN = "unknown"  # no order of this seller's
    TWICE = "twice"
    PAID = "paid"  # nothing is owed any more
    DIFFERS = "differs"  # another sum is owed
    INSIDE = "inside"  # it has not left the house


@dataclass(frozen=True)
class CheckedLine:
    """A line of the list and its verdict; `name` is the parcel's or order's code, `due_vnd` what is owed."""

    name: str
    codes: tuple[str, ...]
    cod_vnd: int
    fee_vnd: int
    due_vnd: int
    verdict: Verdict


@dataclass(frozen=True)
class Look:
    """A list as it would be settled: its lines, what it comes to, and the parcels it does not name.

    `missing` are orders paid on delivery that a carrier or coach took and nobody has paid for yet.
    """

    lines: tuple[CheckedLine, ...]
    missing: tuple[str, ...]

    @property
    def cod_vnd(self) -> int:
        """What the carrier collected."""
        return sum(line.cod_vnd for line in self.lines)

    @property
    def fee_vnd(self) -> int:
        """What it kept."""
        return sum(line.fee_vnd for line in self.lines)

    @property
    def fits(self) -> bool:
        """Whether every line can be settled."""
        return all(line.verdict is Verdict.FITS for line in self.lines)


@dataclass(frozen=True)
class Settled:
    """A list that was settled: what came, what was collected, what the carrier kept, for how many orders."""

    carrier: str
    amount_vnd: int
    cod_vnd: int
    fee_vnd: int
    at_ms: int
    orders: int


def look(session: Session, seller_id: str, listed: Sequence[ListedOrder]) -> Look:
    """What a list would settle; changes nothing."""
    seen: Counter[str] = Counter()
    lines = tuple(_checked(session, seller_id, one, seen) for one in listed)
    named = {code for line in lines for code in line.codes}
    return Look(lines, tuple(code for code in _owing(session, seller_id) if code not in named))


def settle(
    session: Session,
    seller_id: str,
    line_id: str,
    listed: Sequence[ListedOrder],
    who: tuple[str, str],
) -> str:
    """Settle every order of the list with the bank's line; `who` is (carrier, login's actor). Its id.

    Effect: each order's payment is settled and receipted, the fee is written down, the line waits no more.

    Raises:
        ListHasFaults: a line does not fit; nothing was settled. NotFound: no such line waits.
        ListDoesNotAddUp: the list less its fees is not what came.
    """
    carrier, actor = who
    for code in sorted({one.code for one in listed if one.code}):
        if session.get(Order, code) is not None:
            history.locked(session, code)
    checked = look(session, seller_id, listed)
    if not checked.fits:
        wrong = [line.name for line in checked.lines if line.verdict is not Verdict.FITS]
        raise ListHasFaults(", ".join(wrong[:_NAMED]))
    came = remitted.take_line(session, seller_id, line_id)
    if came.amount_vnd != checked.cod_vnd - checked.fee_vnd:
        listed_vnd = format_vnd(max(0, checked.cod_vnd - checked.fee_vnd))
        raise ListDoesNotAddUp(listed_vnd, format_vnd(came.amount_vnd))
    row = Remittance(
        id=new_id(),
        seller_id=seller_id,
        bank_line_id=line_id,
        carrier=carrier,
        amount_vnd=came.amount_vnd,
        cod_vnd=checked.cod_vnd,
        fee_vnd=checked.fee_vnd,
        actor=actor,
        at_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    for line in checked.lines:
        _settle_line(session, row, line)
    return row.id


def lately(session: Session, seller_id: str) -> tuple[Settled, ...]:
    """The lists settled lately, the newest first."""
    query = (
        select(Remittance, func.count(RemittanceLine.order_code))
        .join(RemittanceLine, RemittanceLine.remittance_id == Remittance.id)
        .where(Remittance.seller_id == seller_id)
        .group_by(Remittance.id)
        .order_by(Remittance.at_ms.desc(), Remittance.id)
        .limit(_LATELY)
    )
    return tuple(
        Settled(row.carrier, row.amount_vnd, row.cod_vnd, row.fee_vnd, row.at_ms, orders)
        for row, orders in session.execute(query)
    )


def _settle_line(session: Session, row: Remittance, line: CheckedLine) -> None:
    """Pay the orders of a line; the fee is written on the first."""
    fee_vnd = line.fee_vnd
    for code in line.codes:
        reference = reference_of(code)
        due_vnd = payments.facts(session, reference).due_vnd
        cash.attest(session, reference, Cash(due_vnd, COD, f"remittance:{row.id}"))
        session.add(
            RemittanceLine(
                order_code=code,
                remittance_id=row.id,
                seller_id=row.seller_id,
                cod_vnd=due_vnd,
                fee_vnd=fee_vnd,
            )
        )
        fee_vnd = 0
    session.flush()


def _checked(session: Session, seller_id: str, one: ListedOrder, seen: Counter[str]) -> CheckedLine:
    name = one.code or one.label
    orders = _orders(session, seller_id, one)
    due = {
        order.code: payments.facts(session, reference_of(order.code)).due_vnd for order in orders
    }
    owing = tuple(code for code, due_vnd in due.items() if due_vnd)
    due_vnd = sum(due.values())
    seen.update(list(due) or [name])
    verdict = Verdict.FITS
    if not orders:
        verdict = Verdict.UNKNOWN
    elif any(seen[code] > 1 for code in due):
        verdict = Verdict.TWICE
    elif any(order.state not in _OUT for order in orders):
        verdict = Verdict.INSIDE
    elif not due_vnd:
        verdict = Verdict.PAID
    elif due_vnd != one.cod_vnd:
        verdict = Verdict.DIFFERS
    return CheckedLine(name, owing, one.cod_vnd, one.fee_vnd, due_vnd, verdict)


def _orders(session: Session, seller_id: str, one: ListedOrder) -> Sequence[Order]:
    """The seller's orders a line speaks of: one by its code, all of a parcel by its label."""
    query = select(Order).where(Order.seller_id == seller_id)
    if one.code:
        query = query.where(Order.code == one.code)
    else:
        query = query.join(Shipment, Shipment.id == Order.shipment_id)
        query = query.where(Shipment.label_code == one.label)
    return session.scalars(query.order_by(Order.code)).all()


def _owing(session: Session, seller_id: str) -> list[str]:
    """Orders a carrier or coach took that nobody has paid for yet, the oldest first."""
    query = (
        select(Order.code)
        .join(Shipment, Shipment.id == Order.shipment_id)
        .where(Order.seller_id == seller_id, Order.secured_by == "cod", Order.state.in_(_OUT))
        .where(Shipment.taken_by != "")
        .order_by(Order.handed_over_ms, Order.code)
        .limit(_MOST_MISSING)
    )
    codes = session.scalars(query).all()
    return [code for code in codes if payments.facts(session, reference_of(code)).due_vnd]
