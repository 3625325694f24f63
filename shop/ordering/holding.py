"""How an order keeps its goods: a hold for each thing its lines take, all or none.

What several lines or parts take of one stock row is judged as one sum, once, by `catalog.stock`.
"""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm import Session

from catalog import stock
from core.errors import OutOfStock
from shop.ordering.pricing import PricedLine
from shop.ordering.takes import Take

Place = tuple[int, int]
"""A line's position and its take's."""


def hold(
    session: Session, holder: str, lines: Sequence[PricedLine], until_ms: int
) -> dict[Place, str]:
    """Keep for `holder` all that `lines` take, until `until_ms` (UTC ms); the holds' ids by place.

    Packs out of an allotment must have been taken from it before; now they are held in it.

    Raises:
        OutOfStock: with `left` in packs of `listing`; nothing is held.
    """
    held: dict[Place, str] = {}
    for position, line in enumerate(lines):
        if line.wanted.allotment_id is not None:
            held[position, 0] = stock.hold_in_allotment(
                session,
                line.wanted.allotment_id,
                line.takes[0].quantity,
                holder,
                until_ms,
            )
    return held | _hold_of_shop(session, holder, lines, until_ms)


def _hold_of_shop(
    session: Session, holder: str, lines: Sequence[PricedLine], until_ms: int
) -> dict[Place, str]:
    """Keep what no claim has taken yet, all or nothing, from what can be had."""
    asked = {
        (position, number): _request(take, holder, until_ms)
        for position, line in enumerate(lines)
        if line.wanted.allotment_id is None
        for number, take in enumerate(line.takes)
    }
    if not asked:
        return {}
    try:
        hold_ids = stock.hold_all(session, list(asked.values()))
    except OutOfStock as error:
        raise _in_packs(error, lines) from error
    return dict(zip(asked, hold_ids, strict=True))


def _request(take: Take, holder: str, until_ms: int) -> stock.HoldRequest:
    return stock.HoldRequest(
        product_id=take.product_id,
        quantity=take.quantity,
        holder=holder,
        until_ms=until_ms,
        forecast_id=take.forecast_id,
        pack_size=take.pack_size,
    )


def _in_packs(error: OutOfStock, lines: Sequence[PricedLine]) -> OutOfStock:
    """The same refusal in what the buyer counts: packs of the first line that takes of that product."""
    product, left = error.data.get("product"), error.data["left"]
    for line in lines:
        needs: Counter[str] = Counter()
        for take in line.takes:
            needs[take.product_id] += take.quantity
        if isinstance(product, str) and product in needs and isinstance(left, int):
            packs = left * line.wanted.packs // needs[product]
            return OutOfStock(left=packs, listing=line.listing.id)
    return error
