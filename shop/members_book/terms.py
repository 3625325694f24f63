"""The rules of a cooperative's book, each from a moment on: mode, prices of grades, deductions.

Refuses to change the past: the first row may reach back, any later one begins now or later.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core import clock
from core.errors import BadRequest
from core.identity import sellers
from core.ids import new_id
from core.money import check_vnd
from core.text import clean_line
from shop.members_book.errors import NotFromThePast, OnlyCooperatives, RateTooHigh
from shop.members_book.models import BookTerms, DeductionRate, GradePrice
from shop.members_book.shares import WHOLE

BOUGHT_AT_INTAKE, SHARE_OF_SALE = "bought_at_intake", "share_of_sale"
MODES = (SHARE_OF_SALE, BOUGHT_AT_INTAKE)
PACKING, FUND, OTHER = "packing", "fund", "other"
DEDUCTIONS = (PACKING, FUND, OTHER)
_LONGEST_GRADE = 40


@dataclass(frozen=True)
class Dated:
    """One rule from `from_ms` on: `value` is a mode, đồng, or hundredths of a percent."""

    from_ms: int
    value: str | int
    actor: str = ""


@dataclass(frozen=True)
class NewPrice:
    """What a grade ("": any) of a product costs: đồng for a kilo, a litre or a piece."""

    product_id: str
    grade: str
    price_vnd: int


@dataclass(frozen=True)
class Terms:
    """All rules of a seller, each list the oldest first; judged at a moment, so never out of date."""

    modes: Sequence[Dated]
    prices: dict[tuple[str, str], list[Dated]]
    rates: dict[str, list[Dated]]

    def mode_at(self, at_ms: int) -> str:
        """How what was weighed in at that moment is owed; "" where no mode had begun."""
        return str(_at(self.modes, at_ms, "", reaches_back=False))

    def price_at(self, product_id: str, grade: str, at_ms: int) -> int | None:
        """What a grade cost then; a grade without a price costs what "any" does, the first reaches back."""
        for named in (grade, ""):
            rows = self.prices.get((product_id, named), [])
            if rows:
                return int(_at(rows, at_ms, 0, reaches_back=True))
        return None

    def rates_at(self, at_ms: int) -> dict[str, int]:
        """The deductions in force then, those of nothing left out."""
        found = {kind: int(_at(self.rates.get(kind, []), at_ms, 0)) for kind in DEDUCTIONS}
        return {kind: rate for kind, rate in found.items() if rate}


def of_seller(session: Session, seller_id: str) -> Terms:
    """The seller's rules, in three queries; no modes: it keeps no book."""
    prices: defaultdict[tuple[str, str], list[Dated]] = defaultdict(list)
    rates: defaultdict[str, list[Dated]] = defaultdict(list)
    for price in session.scalars(_rows(GradePrice, seller_id)):
        prices[price.product_id, price.grade].append(
            Dated(price.from_ms, price.price_vnd, price.actor)
        )
    for rate in session.scalars(_rows(DeductionRate, seller_id)):
        rates[rate.kind].append(Dated(rate.from_ms, rate.rate, rate.actor))
    modes = [
        Dated(row.from_ms, row.mode, row.actor)
        for row in session.scalars(_rows(BookTerms, seller_id))
    ]
    return Terms(modes, dict(prices), dict(rates))


def lock(session: Session, seller_id: str) -> None:
    """Hold the seller's modes until the end of the transaction: one works on its intakes at a time."""
    session.execute(_rows(BookTerms, seller_id).with_for_update()).all()


def set_mode(session: Session, seller_id: str, mode: str, from_ms: int, actor: str) -> None:
    """Owe members by `mode` for what is weighed in from `from_ms` on.

    Raises:
        OnlyCooperatives: a household has no members. BadRequest: no such mode.
        NotFromThePast: a mode is set already, and this one begins before now.
    """
    if sellers.facts(session, seller_id).kind != "cooperative":
        raise OnlyCooperatives()
    if mode not in MODES:
        raise BadRequest(field="book_mode", why="unknown")
    if of_seller(session, seller_id).modes:
        _not_past(from_ms)
    session.add(BookTerms(mode=mode, **_written(seller_id, from_ms, actor)))
    session.flush()


def set_price(session: Session, seller_id: str, new: NewPrice, from_ms: int, actor: str) -> None:
    """Let a grade cost so much from `from_ms` on; the caller has checked whose the product is.

    Raises:
        BadAmount: not from 1 đồng. NotFromThePast: see `set_mode`.
    """
    check_vnd(new.price_vnd, least=1)
    grade = clean_line(new.grade, _LONGEST_GRADE)
    if of_seller(session, seller_id).prices.get((new.product_id, grade)):
        _not_past(from_ms)
    columns = _written(seller_id, from_ms, actor)
    row = GradePrice(product_id=new.product_id, grade=grade, price_vnd=new.price_vnd, **columns)
    session.add(row)
    session.flush()


def set_rate(session: Session, seller_id: str, kind: str, rate: int, actor: str) -> None:
    """Keep `rate` hundredths of a percent of what is handed over from now on.

    Raises:
        RateTooHigh: with the others it is more than the whole. BadRequest: no such kind.
    """
    if kind not in DEDUCTIONS or not 0 <= rate <= WHOLE:
        raise BadRequest(field="percent", why="out of range")
    now = clock.now_ms()
    others = of_seller(session, seller_id).rates_at(now) | {kind: rate}
    if sum(others.values()) > WHOLE:
        raise RateTooHigh()
    session.add(DeductionRate(kind=kind, rate=rate, **_written(seller_id, now, actor)))
    session.flush()


_Table = TypeVar("_Table", BookTerms, GradePrice, DeductionRate)


def _rows(table: type[_Table], seller_id: str) -> Select[_Table]:
    query = select(table).where(table.seller_id == seller_id)
    return query.order_by(table.from_ms, table.at_ms, table.id)


def _written(seller_id: str, from_ms: int, actor: str) -> dict[str, object]:
    return {
        "id": new_id(),
        "seller_id": seller_id,
        "from_ms": from_ms,
        "actor": actor,
        "at_ms": clock.now_ms(),
    }


def _at(
    rows: Sequence[Dated], at_ms: int, none: str | int, *, reaches_back: bool = False
) -> str | int:
    begun = [row.value for row in rows if row.from_ms <= at_ms]
    if begun:
        return begun[-1]
    return rows[0].value if rows and reaches_back else none


def _not_past(from_ms: int) -> None:
    if from_ms < clock.now_ms():
        raise NotFromThePast()
