"""What is in sold lines, thing by thing: how much, worth what, grown where, under which papers.

A combo's price divides over its things by what each costs in the shop, to the đồng.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import certificates, listings, origins
from catalog.certificates import CertificateFacts
from catalog.listings import ListingFacts
from core.splitting import largest_remainder
from shop.figures.sale_facts import SoldPart
from shop.models import OrderLine, OrderLinePart
from shop.packing.models import PackedPart


@dataclass(frozen=True)
class _Known:
    """What is known of the listings and holds behind parts."""

    listings: Mapping[str, ListingFacts]
    papers: Mapping[str, tuple[CertificateFacts, ...]]
    places: Mapping[str, Mapping[str, int]]
    weighed: Mapping[tuple[str, int], int]


def of_orders(
    session: Session, lines: Mapping[str, Sequence[OrderLine]], on: date
) -> dict[str, tuple[SoldPart, ...]]:
    """The parts of each line, by its id; they are worth what the line is. `on` is the papers' day."""
    by_id = {line.id: line for some in lines.values() for line in some}
    rows: defaultdict[str, list[OrderLinePart]] = defaultdict(list)
    query = select(OrderLinePart).where(OrderLinePart.line_id.in_(by_id))
    for row in session.scalars(query.order_by(OrderLinePart.line_id, OrderLinePart.position)):
        rows[row.line_id].append(row)
    known = _known(session, by_id, [row for some in rows.values() for row in some], on)
    return {id_: _of_line(line, rows[id_], known) for id_, line in by_id.items()}


def _known(
    session: Session, line_ids: Collection[str], rows: Sequence[OrderLinePart], on: date
) -> _Known:
    goods = listings.facts(session, {row.listing_id for row in rows})
    packed = select(PackedPart).where(PackedPart.line_id.in_(line_ids), PackedPart.weighed > 0)
    products = {one.product_id for one in goods.values()}
    return _Known(
        listings=goods,
        papers=certificates.in_force(session, products, on) if products else {},
        places=origins.communes_of_holds(session, {row.hold_id for row in rows}),
        weighed={(row.line_id, row.position): row.weighed for row in session.scalars(packed)},
    )


def _of_line(line: OrderLine, rows: Sequence[OrderLinePart], known: _Known) -> tuple[SoldPart, ...]:
    if not rows:
        return ()
    costs = [row.packs * known.listings[row.listing_id].price_vnd for row in rows]
    worth = largest_remainder(line.amount_vnd, costs if any(costs) else [1] * len(rows))
    return tuple(_part(row, vnd, known) for row, vnd in zip(rows, worth, strict=True))


def _part(row: OrderLinePart, amount_vnd: int, known: _Known) -> SoldPart:
    ordered = row.packs * row.pack_size
    papers = known.papers.get(known.listings[row.listing_id].product_id, ())
    grown = known.places.get(row.hold_id, {})
    return SoldPart(
        packs=row.packs,
        amount_vnd=amount_vnd,
        base_unit=row.base_unit,
        quantity=known.weighed.get((row.line_id, row.position), ordered),
        communes=tuple(sorted(grown.items())) or ((origins.UNKNOWN, 1),),
        papers=tuple(sorted({_key(paper) for paper in papers})),
    )


def _key(paper: CertificateFacts) -> str:
    """`ocop:4`, `vietgap`; other papers by their own names, so that no two share a line."""
    if paper.kind == "ocop":
        return f"ocop:{paper.stars}"
    return f"other:{paper.name}" if paper.kind == "other" else paper.kind
