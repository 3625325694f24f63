"""Goods that come back: a lot of their own that waits for a check, and is not on hand before it.

Graded back in by `states.release`, or written off by `stock.spoil`. Refuses more than was handed over, and
to let goods of a blocked or recalled lot back on sale through the customer's door.
"""

from sqlalchemy.orm import Session

from catalog import stock, trace
from catalog.lots import opening
from catalog.lots.errors import MoreThanShipped
from catalog.lots.opening import NewLot
from catalog.lots.record import whole
from catalog.lots.rows import columns_of, locked, note, origin_of, row_of
from catalog.lots.rules import Origin, Standing
from catalog.models import Lot, LotParent

_KEPT = {"blocked", "recalled"}


def take_back(
    session: Session, seller_id: str, holder: str, lot_id: str, quantity: int, actor: str
) -> str:
    """Take back `quantity` base units of a lot that `holder` was handed; returns the new lot's id.

    It lies at the seller's store in quarantine, waiting for a check; if the lot it came from is blocked
    or recalled by now, it is that too.

    Raises:
        MoreThanShipped: the holder was handed less of it, or brought it back already; `left` is the rest.
        BadQuantity, TooLargeQuantity, NotFound.
    """
    whole(quantity)
    source = locked(session, seller_id, [lot_id])[lot_id]
    left = trace.handed_over(session, lot_id, holder)
    if quantity > left:
        raise MoreThanShipped(left=left)
    stock_id = stock.row_at(session, seller_id, source.product_id)
    lot = _add(session, source, actor)
    word = stock.Word(actor)
    parent = LotParent(child_id=lot.id, parent_id=source.id, seller_id=seller_id)
    parent.used = parent.share = quantity
    session.add(parent)
    note(session, lot, "returned", word)
    move = stock.LotMove("returned", lot.id, quantity, actor, holder=holder)
    stock.put(session, stock_id, row_of(lot), move)
    return lot.id


def _add(session: Session, source: Lot, actor: str) -> Lot:
    origin = origin_of(source)
    standing = origin.standing if source.state in _KEPT else Standing("quarantine", "check")
    new = NewLot(
        source.seller_id,
        source.product_id,
        "return",
        standing.state,
        source.harvested_on,
        actor,
    )
    columns = columns_of(Origin(standing, origin.days, origin.grade))
    lot_id = opening.add(
        session, new, **columns, member_id=source.member_id, plot_id=source.plot_id
    )
    return session.get_one(Lot, lot_id)
