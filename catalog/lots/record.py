"""A harvest enters the book: whose, from where, when, how much, and from which day it may be sold.

Refuses days that cannot be, amounts no barn holds, and members or plots of others.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from catalog import stock
from catalog.growers import members
from catalog.lots import opening, rules
from catalog.lots.errors import BadLotDay, HarvestInFuture, IntervalUnsaid
from catalog.lots.numbers import give_slip
from catalog.lots.opening import NewLot
from catalog.lots.rows import columns_of, note
from catalog.lots.rules import Days, Origin
from catalog.models import Lot, Plot, Product
from catalog.products import keeps_days
from core import clock
from core.db import owned
from core.errors import NotFound
from core.text import clean_line

_FIRST_YEAR = 2000
_LONGEST_GRADE = 40
_LONGEST_NOTES = 2000


@dataclass(frozen=True)
class NewHarvest:
    """What is written down of a harvest; `quantity` in base units, at the store if no point is named.

    `best_before` unsaid is as long after the harvest as the product, or else its kind, usually keeps.
    After a spraying on `sprayed_on` the goods may be sold `interval_days` later: unsaid is not 0.
    """

    product_id: str
    quantity: int
    harvested_on: date
    member_id: str | None = None
    plot_id: str | None = None
    grade: str = ""
    best_before: date | None = None
    sprayed_on: date | None = None
    interval_days: int | None = None
    notes: str = ""
    point_id: str | None = None


def record(session: Session, seller_id: str, new: NewHarvest, actor: str) -> str:
    """Write a harvest down and lay it at its point; returns the lot's id.

    It can be sold at once, or waits for the end of its interval, or is blocked if it had to leave the
    shelf before today. A member's goods get the next intake slip of the seller.

    Raises:
        HarvestInFuture, BadLotDay: the days do not fit today or each other.
        BadQuantity, TooLargeQuantity: less than one base unit, or 10^12 and more.
        NotFound: product, member, plot or point is not this seller's, or the plot another member's.
        MemberLeft: the member had left by the day of the harvest.
    """
    whole(new.quantity)
    product = owned(session, Product, new.product_id, seller_id)
    member_id = _grower(session, seller_id, new)
    stock_id = stock.row_at(session, seller_id, product.id, new.point_id)
    days = _days(new, product)
    standing = rules.first_standing(days, clock.today())
    columns = columns_of(Origin(standing, days, clean_line(new.grade, _LONGEST_GRADE)))
    lot_id = opening.add(
        session,
        NewLot(seller_id, product.id, "harvest", standing.state, new.harvested_on, actor),
        **columns,
        member_id=member_id,
        plot_id=new.plot_id,
        notes=new.notes.strip()[:_LONGEST_NOTES],
    )
    lot, word = session.get_one(Lot, lot_id), stock.Word(actor)
    if member_id:
        give_slip(session, lot, member_id, new.quantity)
    stock.receive(session, stock_id, lot_id, new.quantity, word)
    note(session, lot, "recorded", word)
    return lot_id


def whole(quantity: int) -> int:
    """`quantity` if it is an amount somebody may have: from 1 to below 10^12 base units.

    Raises:
        BadQuantity: it is less. TooLargeQuantity: it is more.
    """
    return stock.countable(stock.positive(quantity))


def _grower(session: Session, seller_id: str, new: NewHarvest) -> str | None:
    """Whose harvest it is: the member named, else the plot's, if they belonged on that day."""
    member_id = new.member_id
    if new.plot_id is not None:
        plot = owned(session, Plot, new.plot_id, seller_id)
        if member_id not in (None, plot.member_id):
            raise NotFound()
        member_id = plot.member_id
    if member_id is not None:
        members.require_belonging(session, seller_id, member_id, new.harvested_on)
    return member_id


def _days(new: NewHarvest, product: Product) -> Days:
    if new.harvested_on > clock.today():
        raise HarvestInFuture()
    if new.harvested_on.year < _FIRST_YEAR:
        raise BadLotDay("harvested_on")
    waits = _waits(new)
    best_before = new.best_before
    keeps = keeps_days(product)
    if best_before is None and keeps:
        best_before = new.harvested_on + timedelta(keeps)
    if best_before is not None and best_before < new.harvested_on:
        raise BadLotDay("best_before")
    return Days(
        new.harvested_on,
        best_before,
        rules.removal_day(best_before, product.removal_days),
        new.sprayed_on,
        waits,
        rules.clear_day(new.sprayed_on, waits),
    )


def _waits(new: NewHarvest) -> int:
    """How many days the goods wait after their spraying; 0 if nothing was sprayed."""
    waits = new.interval_days or 0
    if not 0 <= waits <= rules.LONGEST_INTERVAL_DAYS or (waits and new.sprayed_on is None):
        raise BadLotDay("interval_days")
    if new.sprayed_on is not None:
        if new.sprayed_on > new.harvested_on or new.sprayed_on.year < _FIRST_YEAR:
            raise BadLotDay("sprayed_on")
        if new.interval_days is None:
            raise IntervalUnsaid()
    return waits
