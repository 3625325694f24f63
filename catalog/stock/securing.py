"""Stock for orders that are paid: what was kept becomes allocated, and waits for the packer.

Allocated goods have left the allotment and every hold; only a hand-over or a cancellation moves them on.
"""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from catalog.errors import HoldGone
from catalog.stock import guards
from catalog.stock.binding import unbind_holds
from catalog.stock.ending import ALLOTMENTS, HOLDS, HoldRow, end_expired, locked_holds, sums
from catalog.stock.rows import Entry, change, promise


def allocate_holder(session: Session, holder: str) -> None:
    """Turn all that is kept for `holder` into allocated stock; done twice, it does nothing more.

    A hold past its end that nobody has ended yet is still there, and is allocated.

    Raises:
        HoldGone: a hold was ended, or there is none; nothing was changed (see `retake_holder`).
    """
    holds = locked_holds(session, [holder])
    if not holds or any(hold.state == "ended" for hold in holds):
        raise HoldGone()
    _allocate(session, holder, [hold for hold in holds if hold.state == "active"])


def retake_holder(session: Session, holder: str) -> None:
    """Take again what `holder` had lost, and allocate everything at once, or change nothing.

    What came from an allotment is taken from it if it is open and has room, else from what the shop has
    available, like the rest. Expired holds of others end first.

    Raises:
        OutOfStock: not all of it is there any more; `left` and `product` of the first that is short.
        HoldGone: `holder` never had any.
    """
    holds = locked_holds(session, [holder])
    if not holds:
        raise HoldGone()
    lost = [hold for hold in holds if hold.state == "ended"]
    end_expired(
        session,
        stock_ids={hold.stock_id for hold in lost},
        allotment_ids={hold.allotment_id for hold in lost if hold.allotment_id},
    )
    with session.begin_nested():
        in_room = sorted((h for h in lost if h.allotment_id), key=lambda h: str(h.allotment_id))
        left_room = {hold.id for hold in in_room if _leave_allotment(session, hold)}
        for hold in sorted(lost, key=lambda h: h.stock_id):
            _retake(session, hold, from_room=hold.id in left_room)
        _allocate(session, holder, [hold for hold in holds if hold.state == "active"])


def free_holder(session: Session, holder: str) -> None:
    """Give back what is allocated to `holder`: a paid order is cancelled before it is handed over.

    What came from an allotment that is still open goes back into it, so to who waits there and never past
    them to the web; the rest is what the shop has available. Doing it twice does nothing more.
    """
    held = locked_holds(session, [holder])
    allocated = [hold for hold in held if hold.state == "allocated"]
    if not allocated:
        return
    ids = [hold.id for hold in allocated]
    session.execute(update(HOLDS).where(HOLDS.c.id.in_(ids)).values(state="ended"))
    of_allotments = sums((h.allotment_id, h.quantity) for h in allocated)
    opened = {id_ for id_, quantity in of_allotments if reenter_allotment(session, id_, quantity)}
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for hold in allocated:
        held_again = hold.quantity if hold.allotment_id in opened else 0
        entry = Entry("release", allocated=-hold.quantity, held=held_again, holder=holder)
        entries[hold.stock_id].append(entry)
    for stock_id in sorted(entries):
        change(session, stock_id, *entries[stock_id])
    unbind_holds(session, ids)


def _allocate(session: Session, holder: str, holds: Sequence[HoldRow]) -> None:
    if not holds:
        return
    session.execute(
        update(HOLDS).where(HOLDS.c.id.in_([h.id for h in holds])).values(state="allocated")
    )
    for allotment_id, quantity in sums((h.allotment_id, h.quantity) for h in holds):
        session.execute(
            update(ALLOTMENTS)
            .where(ALLOTMENTS.c.id == allotment_id)
            .values(granted=ALLOTMENTS.c.granted - quantity, used=ALLOTMENTS.c.used - quantity)
        )
    for stock_id, quantity in sums((h.stock_id, h.quantity) for h in holds):
        change(
            session,
            stock_id,
            Entry("allocate", held=-quantity, allocated=quantity, holder=holder),
        )


def _retake(session: Session, hold: HoldRow, *, from_room: bool) -> None:
    """Allocate one hold that had ended: what has left its allotment, or what the shop has."""
    entry = Entry(
        "allocate",
        allocated=hold.quantity,
        held=-hold.quantity if from_room else 0,
        holder=hold.holder,
    )
    if from_room:
        change(session, hold.stock_id, entry)
    else:
        promise(session, hold.stock_id, [entry])
    allotment_id = hold.allotment_id if from_room else None
    allocated = update(HOLDS).where(HOLDS.c.id == hold.id)
    session.execute(allocated.values(state="allocated", allotment_id=allotment_id))


def _leave_allotment(session: Session, hold: HoldRow) -> bool:
    """Let the hold's quantity out of its allotment, if that is open and has room."""
    statement = (
        update(ALLOTMENTS)
        .where(ALLOTMENTS.c.id == hold.allotment_id, guards.enough_granted(bindparam("quantity")))
        .values(granted=ALLOTMENTS.c.granted - bindparam("quantity"))
        .returning(ALLOTMENTS.c.id)
    )
    return session.execute(statement, {"quantity": hold.quantity}).one_or_none() is not None


def reenter_allotment(session: Session, allotment_id: str, quantity: int) -> bool:
    """Let the allotment sell `quantity` again, if it is still open."""
    statement = (
        update(ALLOTMENTS)
        .where(ALLOTMENTS.c.id == allotment_id, ALLOTMENTS.c.closed.is_(False))
        .values(granted=ALLOTMENTS.c.granted + quantity)
        .returning(ALLOTMENTS.c.id)
    )
    return session.execute(statement).one_or_none() is not None
