"""Stock for orders that are paid: what was kept becomes allocated, and waits for the packer.

Allocated goods have left the allotment and every hold; only a hand-over or a cancellation moves them on.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from catalog.errors import HoldGone
from catalog.stock import guards
from catalog.stock.ending import ALLOTMENTS, HOLDS, HoldRow, locked_holds, sums
from catalog.stock.holds import end_expired_in, end_expired_of_shop
from catalog.stock.rows import Entry, change, promise


def allocate_holder(session: Session, holder: str) -> None:
    """Turn all that is kept for `holder` into allocated stock; done twice, it does nothing more.

    A hold past its end that nobody has ended yet is still there, and is allocated.

    Raises:
        HoldGone: a hold was ended, or there is none; nothing was changed (see `retake_holder`).
    """
    holds = locked_holds(session, holder)
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
    holds = locked_holds(session, holder)
    if not holds:
        raise HoldGone()
    lost = [hold for hold in holds if hold.state == "ended"]
    for allotment_id in sorted({hold.allotment_id for hold in lost if hold.allotment_id}):
        end_expired_in(session, allotment_id)
    end_expired_of_shop(session, sorted({hold.stock_id for hold in lost}))
    with session.begin_nested():
        for hold in sorted(lost, key=lambda hold: (hold.allotment_id or "~", hold.stock_id)):
            _retake(session, holder, hold)
        _allocate(session, holder, [hold for hold in holds if hold.state == "active"])


def free_holder(session: Session, holder: str) -> None:
    """Give back what is allocated to `holder`: a paid order is cancelled before it is handed over.

    It goes to what the shop has available, as it left its allotment when it was allocated. Doing it
    twice does nothing more.
    """
    held = locked_holds(session, holder)
    allocated = [hold for hold in held if hold.state == "allocated"]
    if not allocated:
        return
    ids = [hold.id for hold in allocated]
    session.execute(update(HOLDS).where(HOLDS.c.id.in_(ids)).values(state="ended"))
    for stock_id, quantity in sums((h.stock_id, h.quantity) for h in allocated):
        change(session, stock_id, Entry("release", allocated=-quantity, holder=holder))


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


def _retake(session: Session, holder: str, hold: HoldRow) -> None:
    """Allocate one hold that had ended, from its allotment or from the shop."""
    in_allotment = hold.allotment_id is not None and _leave_allotment(session, hold)
    entry = Entry("allocate", allocated=hold.quantity, holder=holder)
    if in_allotment:
        change(session, hold.stock_id, Entry(**{**entry.__dict__, "held": -hold.quantity}))
    else:
        promise(session, hold.stock_id, [entry])
    values = (
        {"state": "allocated"} if in_allotment else {"state": "allocated", "allotment_id": None}
    )
    session.execute(update(HOLDS).where(HOLDS.c.id == hold.id).values(**values))


def _leave_allotment(session: Session, hold: HoldRow) -> bool:
    """Let the hold's quantity out of its allotment, if that is open and has room."""
    statement = (
        update(ALLOTMENTS)
        .where(ALLOTMENTS.c.id == hold.allotment_id, guards.enough_granted(bindparam("quantity")))
        .values(granted=ALLOTMENTS.c.granted - bindparam("quantity"))
        .returning(ALLOTMENTS.c.id)
    )
    return session.execute(statement, {"quantity": hold.quantity}).one_or_none() is not None
