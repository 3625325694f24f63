"""Stock kept for a holder from what the shop has available, until a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from catalog.errors import HoldGone
from catalog.stock.ending import HOLDS, end, end_expired, locked_holds
from catalog.stock.rows import STOCK, Entry, RowIds, positive, promise
from core import clock
from core.errors import OutOfStock
from core.ids import new_id


@dataclass(frozen=True)
class HoldRequest:
    """Keep `quantity` base units of a product for `holder` (opaque, ≤ 40) until `until_ms` (UTC ms).

    They come from the seller's store, or from the harvest to come that `forecast_id` names. They are
    packs of `pack_size` base units, which a short harvest does not break.
    """

    product_id: str
    quantity: int
    holder: str
    until_ms: int
    forecast_id: str | None = None
    pack_size: int = 1

    @property
    def source(self) -> "Source":
        return self.product_id, self.forecast_id


Source = tuple[str, str | None]
"""What is sold from: a product in the seller's store, or (with an id) a forecast harvest of it."""


def hold_all(session: Session, requests: Sequence[HoldRequest]) -> list[str]:
    """Keep everything asked for, or nothing; returns the hold ids in the order of `requests`.

    Several requests for one product are summed before they are judged. Holds of these rows that have
    run out end first. When refused, the caller's transaction is as before but for those.

    Raises:
        OutOfStock: with `left`, base units still available, and `product`; the first row that fails.
        BadQuantity: a quantity is below one base unit.
    """
    for request in requests:
        positive(request.quantity)
    found = rows_of(session, {request.source for request in requests})
    end_expired(session, stock_ids=[row.id for row in found.values()])
    with session.begin_nested():
        for source, row in sorted(found.items(), key=lambda item: item[1].id):
            promise(session, row.id, _entries(requests, source))
        return _insert_holds(session, requests, found)


def rows_of(session: Session, sources: Collection[Source]) -> dict[Source, RowIds]:
    """The stock row of each source; raises OutOfStock for one that never had any."""
    columns = (
        STOCK.c.id,
        STOCK.c.seller_id,
        STOCK.c.product_id,
        STOCK.c.in_store,
        STOCK.c.point_id,
    )
    ahead = {forecast_id for _, forecast_id in sources if forecast_id}
    query = select(*columns).where(
        STOCK.c.product_id.in_({product_id for product_id, _ in sources}),
        or_(STOCK.c.in_store, STOCK.c.point_id.in_(ahead)),
    )
    by_source: dict[Source, RowIds] = {}
    for row_id, seller_id, product_id, in_store, point_id in session.execute(query):
        source = (product_id, None if in_store else point_id)
        if source in sources:
            by_source[source] = RowIds(row_id, seller_id, product_id)
    for product_id, _ in sorted(set(sources) - by_source.keys(), key=str):
        raise OutOfStock(left=0, product=product_id)
    return by_source


def end_expired_in(session: Session, allotment_ids: Collection[str]) -> None:
    """End every holder who has a hold inside these allotments that ran out; `HoldsExpired` is published.

    Effect: their packs are free in the allotment again (in the shop, if it is closed). Whoever serves
    waiting lists calls this first, then promotes those who wait, then serves the newcomer; whoever
    takes from several allotments calls it once for all, so that rows are locked in order.
    """
    end_expired(session, allotment_ids=allotment_ids)


def extend(session: Session, holder: str, until_ms: int) -> None:
    """Keep what `holder` has until `until_ms` (UTC ms) at least; an end that is later stays.

    Holds already allocated have no end and are left alone.

    Raises:
        HoldGone: one of the holds has ended or run out: time does not bring it back (promise P18).
    """
    now = clock.now_ms()
    for hold in locked_holds(session, [holder]):
        if hold.state == "ended" or hold.ran_out(now):
            raise HoldGone()
    session.execute(
        update(HOLDS)
        .where(HOLDS.c.holder == holder, HOLDS.c.state == "active", HOLDS.c.until_ms < until_ms)
        .values(until_ms=until_ms)
    )


def end_holder(session: Session, holder: str) -> None:
    """Give back all that is kept for `holder`; what is allocated or already ended is left alone.

    What was kept inside an allotment returns to it, or to the shop if the allotment is closed. Doing it
    twice does nothing more.
    """
    end(session, locked_holds(session, [holder]))


def _entries(requests: Sequence[HoldRequest], source: Source) -> list[Entry]:
    return [
        Entry("hold", held=request.quantity, holder=request.holder)
        for request in requests
        if request.source == source
    ]


def _insert_holds(
    session: Session, requests: Sequence[HoldRequest], found: dict[Source, RowIds]
) -> list[str]:
    now = clock.now_ms()
    values = [
        {
            "id": new_id(),
            "seller_id": found[request.source].seller_id,
            "stock_id": found[request.source].id,
            "allotment_id": None,
            "holder": request.holder,
            "quantity": request.quantity,
            "pack_size": request.pack_size,
            "until_ms": request.until_ms,
            "state": "active",
            "created_ms": now,
        }
        for request in requests
    ]
    if values:
        session.execute(insert(HOLDS), values)
    return [str(value["id"]) for value in values]
