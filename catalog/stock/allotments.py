"""What one pin may sell: a part of the stock set aside, from which live claims take without the row.

`granted` is part of the stock row's `held`, so a claim touches the allotment alone; that one UPDATE is
the heart of a live sale and is kept as cheap as it can be.
"""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Insert, Update, bindparam, func, insert, literal, select, update
from sqlalchemy.orm import Session

from catalog.errors import AllotmentClosed, MoreThanTaken
from catalog.stock import guards
from catalog.stock.ending import ALLOTMENTS, HOLDS, end_expired, return_to_allotment
from catalog.stock.holds import rows_of
from catalog.stock.rows import Entry, change, positive, promise
from core import clock
from core.errors import NotFound, OutOfStock
from core.ids import new_id
from core.quantity import BadQuantity


def grant(session: Session, product_id: str, quantity: int, holder: str) -> str:
    """Set `quantity` base units of a product aside for `holder` (opaque, ≤ 40); returns the allotment's id.

    Raises:
        OutOfStock: with `left`, base units available, and `product`.
        BadQuantity: `quantity` is below one base unit.
    """
    positive(quantity)
    row = rows_of(session, {(product_id, None)})[product_id, None]
    end_expired(session, stock_ids=[row.id])
    promise(session, row.id, [Entry("grant", held=quantity, holder=holder)])
    allotment_id = new_id()
    values = {"id": allotment_id, "seller_id": row.seller_id, "stock_id": row.id, "holder": holder}
    session.execute(insert(ALLOTMENTS).values(**values, granted=quantity, used=0, closed=False))
    return allotment_id


def grant_practice(session: Session, seller_id: str, quantity: int, holder: str) -> str:
    """Make an allotment with no goods behind it, to practise claims in; returns its id.

    It is taken from, given back to and closed as any other, and no stock row ever changes with it.

    Raises:
        BadQuantity: `quantity` is below one base unit.
    """
    values = {"id": new_id(), "seller_id": seller_id, "stock_id": None, "holder": holder}
    granted = positive(quantity)
    session.execute(insert(ALLOTMENTS).values(**values, granted=granted, used=0, closed=False))
    return str(values["id"])


def resize(session: Session, allotment_id: str, granted: int) -> None:
    """Make the allotment `granted` base units large, taking from or giving to the shop.

    Raises:
        OutOfStock: it would need more than is available, or less than is already promised from it;
            `left` is what it could grow, or shrink, by.
        AllotmentClosed: it was given back.
        NotFound: there is no such allotment.
        BadQuantity: `granted` is negative.
    """
    _resize(session, _ready_to_resize(session, allotment_id), granted)


def resize_by(session: Session, allotment_id: str, grown: int) -> None:
    """Make the allotment `grown` base units larger (smaller, if negative), whatever it is now.

    Raises: as `resize`, with OutOfStock also where less than nothing would be left of it.
    """
    row = _ready_to_resize(session, allotment_id)
    if row.granted + grown < 0:
        raise OutOfStock(left=row.granted - row.used)
    _resize(session, row, row.granted + grown)


def close(session: Session, allotment_id: str) -> None:
    """Give what is granted and unused back to the shop, for good; closing twice does nothing more.

    What is promised from it stays promised; when such a promise ends, it goes to the shop.

    Raises:
        NotFound: there is no such allotment.
    """
    end_expired(session, allotment_ids=[allotment_id])
    row = _locked(session, allotment_id)
    if row.granted > row.used:
        _shrink(session, row, row.granted - row.used)
    session.execute(update(ALLOTMENTS).where(ALLOTMENTS.c.id == allotment_id).values(closed=True))


def take(session: Session, allotment_id: str, pack_size: int, packs: int) -> int:
    """Promise up to `packs` packs of `pack_size` base units from the allotment; returns how many it was.

    All of them if there is room (one UPDATE), else as many as are left, from 0 up; a closed allotment
    gives 0. Holds inside it that ran out end first. `give_back` undoes it.

    Raises:
        BadQuantity: `pack_size` or `packs` is below 1.
    """
    positive(pack_size)
    wanted = positive(packs)
    if _use(session, _taking(), allotment_id, pack_size * wanted, now=clock.now_ms()):
        return wanted
    end_expired(session, allotment_ids=[allotment_id])
    while (wanted := min(wanted, _left(session, allotment_id) // pack_size)) > 0:
        if _use(session, _taking_the_rest(), allotment_id, pack_size * wanted):
            return wanted
    return 0


def give_back(session: Session, allotment_id: str, quantity: int) -> None:
    """Return `quantity` base units that `take` promised: to the allotment, or to the shop if it is closed.

    Raises:
        MoreThanTaken: the allotment has promised less than that.
        NotFound: there is no such allotment.
        BadQuantity: `quantity` is below one base unit.
    """
    return_to_allotment(session, allotment_id, positive(quantity))


def hold_in_allotment(
    session: Session, allotment_id: str, quantity: int, holder: str, until_ms: int
) -> str:
    """Let `quantity` base units already taken from the allotment belong to `holder` until `until_ms`.

    Counts do not change: from now on the promise ends or is allocated with its holder, no more by
    `give_back`. Works in a closed allotment too. Returns the hold's id.

    Raises:
        MoreThanTaken: less than that is taken and not yet somebody's hold; `taken` is how much.
        NotFound: there is no such allotment.
        BadQuantity: `quantity` is below one base unit.
    """
    hold_id = new_id()
    values = {
        "hold": hold_id,
        "allotment": allotment_id,
        "kept": positive(quantity),
        "kept_for": holder,
        "until": until_ms,
        "now": clock.now_ms(),
    }
    if session.execute(_holding(), values).one_or_none() is None:
        row = _locked(session, allotment_id)
        raise MoreThanTaken(taken=row.used - _held_inside(session, allotment_id))
    return hold_id


def take_unused(session: Session, allotment_id: str, most: int) -> int:
    """Give up to `most` base units that nobody was promised back to the shop; returns how many it was."""
    row = _locked(session, allotment_id)
    unused = min(most, row.granted - row.used)
    if unused > 0:
        _shrink(session, row, unused)
    return max(0, unused)


class _Locked(NamedTuple):
    id: str
    stock_id: str | None
    holder: str
    granted: int
    used: int
    closed: bool


def _locked(session: Session, allotment_id: str) -> _Locked:
    columns = (ALLOTMENTS.c[name] for name in _Locked._fields)
    query = select(*columns).where(ALLOTMENTS.c.id == allotment_id).with_for_update(key_share=True)
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    return _Locked(*row)


def _ready_to_resize(session: Session, allotment_id: str) -> _Locked:
    """The open allotment, locked, after what ran out in it and its stock row has ended."""
    stock_id = select(ALLOTMENTS.c.stock_id).where(ALLOTMENTS.c.id == allotment_id)
    stock_ids = [one for one in session.scalars(stock_id) if one is not None]
    end_expired(session, stock_ids=stock_ids, allotment_ids=[allotment_id])
    row = _locked(session, allotment_id)
    if row.closed:
        raise AllotmentClosed()
    return row


def _resize(session: Session, row: _Locked, granted: int) -> None:
    if granted < 0:
        raise BadQuantity()
    if granted > row.granted:
        _grow(session, row, granted - row.granted)
    elif granted < row.granted:
        _shrink(session, row, row.granted - granted)


def _grow(session: Session, row: _Locked, added: int) -> None:
    if row.stock_id is not None:
        promise(session, row.stock_id, [Entry("grant", held=added, holder=row.holder)])
    session.execute(_resizing(), {"allotment": row.id, "grown": added})


def _shrink(session: Session, row: _Locked, freed: int) -> None:
    """Give `freed` base units of the allotment back to the shop; its CHECK and guard keep `used` inside."""
    statement = _resizing().where(guards.enough_granted(bindparam("freed")))
    values = {"allotment": row.id, "grown": -freed, "freed": freed}
    if session.execute(statement, values).one_or_none() is None:
        raise OutOfStock(left=row.granted - row.used)
    if row.stock_id is not None:
        change(session, row.stock_id, Entry("return", held=-freed, holder=row.holder))


def _use(
    session: Session, statement: Update, allotment_id: str, quantity: int, **more: int
) -> bool:
    values = {"allotment": allotment_id, "quantity": quantity, **more}
    return session.execute(statement, values).one_or_none() is not None


def _left(session: Session, allotment_id: str) -> int:
    query = select(ALLOTMENTS.c.granted - ALLOTMENTS.c.used)
    found = session.execute(query.where(ALLOTMENTS.c.id == allotment_id, ~ALLOTMENTS.c.closed))
    left: int | None = found.scalar_one_or_none()
    return left or 0


def _held_inside(session: Session, allotment_id: str) -> int:
    query = select(func.coalesce(func.sum(HOLDS.c.quantity), 0))
    held: int = session.execute(
        query.where(HOLDS.c.allotment_id == allotment_id, HOLDS.c.state == "active")
    ).scalar_one()
    return held


@cache
def _resizing() -> Update:
    """Change what is granted; says the row's id if it did."""
    return (
        update(ALLOTMENTS)
        .where(ALLOTMENTS.c.id == bindparam("allotment"))
        .values(granted=ALLOTMENTS.c.granted + bindparam("grown"))
        .returning(ALLOTMENTS.c.id)
    )


@cache
def _taking_the_rest() -> Update:
    return (
        update(ALLOTMENTS)
        .where(
            ALLOTMENTS.c.id == bindparam("allotment"),
            guards.enough_granted(bindparam("quantity")),
        )
        .values(used=ALLOTMENTS.c.used + bindparam("quantity"))
        .returning(ALLOTMENTS.c.id)
    )


@cache
def _taking() -> Update:
    return _taking_the_rest().where(guards.nothing_expired(bindparam("now")))


@cache
def _holding() -> Insert:
    """Insert a hold with the seller and stock row of its allotment, if so much is taken and free of holds."""
    held = select(func.coalesce(func.sum(HOLDS.c.quantity), 0)).where(
        HOLDS.c.allotment_id == ALLOTMENTS.c.id, HOLDS.c.state == "active"
    )
    chosen = {
        "id": bindparam("hold"),
        "seller_id": ALLOTMENTS.c.seller_id,
        "stock_id": ALLOTMENTS.c.stock_id,
        "allotment_id": ALLOTMENTS.c.id,
        "holder": bindparam("kept_for"),
        "quantity": bindparam("kept"),
        "until_ms": bindparam("until"),
        "state": literal("active"),
        "created_ms": bindparam("now"),
    }
    source = select(*chosen.values()).where(
        ALLOTMENTS.c.id == bindparam("allotment"),
        ALLOTMENTS.c.used - held.scalar_subquery() >= bindparam("kept"),
    )
    return insert(HOLDS).from_select(list(chosen), source).returning(HOLDS.c.id)
