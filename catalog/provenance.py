"""Where a lot comes from, as anybody who holds a pack of it may read: the ten items a trace must tell.

Name, picture, producer and address, stages, product code, times of the stages, place codes, brand, shelf
life, standards (Circular 02/2024/TT-BKHCN on traceability). Refuses names and phones of members and what
class their household is: a stage says how many families and which communes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import certificates, communes, photos, trace
from catalog.certificates import CertificateFacts
from catalog.models import Listing, Lot, Member, Plot, Product, Run
from catalog.photos import PhotoFacts
from catalog.products import keeps_days
from core import clock
from core.errors import NotFound
from core.identity import sellers
from core.identity.sellers import SellerFacts

PUBLIC = ("available", "blocked", "recalled", "spent")
"""The states of lots that may be in somebody's kitchen: what waits in quarantine was never sold."""
_MOST_NAMESAKES = 20
_LONGEST_CODE = 16


@dataclass(frozen=True)
class Stage:
    """One step on the way, from the first day to the last.

    `what` is an origin of lots (`harvest`, `opening`, `return`) or a kind of run (`process`, `merge`,
    `split`, `regrade`). Of harvests: the communes, the codes of growing areas, how many families brought
    something, and the shortest time kept between spraying and harvest (None: nothing was sprayed).
    """

    what: str
    first: date
    last: date
    communes: tuple[str, ...] = ()
    place_codes: tuple[str, ...] = ()
    families: int = 0
    interval_days: int | None = None


@dataclass(frozen=True)
class TracePage:
    """A lot with all a trace must tell; `listing_id` is where it is on sale ("" if nowhere)."""

    id: str
    code: str
    state: str
    grade: str
    harvested_on: date
    best_before: date | None
    product_id: str
    name: str
    story: str
    art: str
    brand: str
    standards: str
    shelf_days: int | None
    seller: SellerFacts
    stages: tuple[Stage, ...]
    photos: tuple[PhotoFacts, ...]
    papers: tuple[CertificateFacts, ...]
    listing_id: str

    @property
    def place_codes(self) -> tuple[str, ...]:
        """The codes of all growing areas on the way."""
        return tuple(sorted({code for stage in self.stages for code in stage.place_codes}))


@dataclass(frozen=True)
class Namesake:
    """One of several lots with the code somebody typed: whose, and of what."""

    id: str
    code: str
    name: str
    seller_name: str


def named(session: Session, text: str) -> tuple[Namesake, ...]:
    """The public lots whose code (`L-261121-03`, in any case) or id somebody typed; sellers share codes."""
    typed = text.strip()[:_LONGEST_CODE]
    query = (
        select(Lot.id, Lot.code, Product.name, Lot.seller_id)
        .join(Product, Product.id == Lot.product_id)
        .where((Lot.id == typed) | (Lot.code == typed.upper()), Lot.state.in_(PUBLIC))
        .order_by(Lot.created_ms.desc(), Lot.id)
    )
    rows = session.execute(query.limit(_MOST_NAMESAKES)).all()
    known = sellers.facts_of(session, {row.seller_id for row in rows})
    return tuple(Namesake(row.id, row.code, row.name, known[row.seller_id].name) for row in rows)


def read(session: Session, lot_id: str) -> TracePage:
    """All the trace page of a lot shows.

    Raises:
        NotFound: there is no such lot, or nothing of it was ever for sale.
    """
    lot = session.get(Lot, lot_id)
    if lot is None or lot.state not in PUBLIC:
        raise NotFound()
    product = session.get_one(Product, lot.product_id)
    lots = _family(session, lot)
    of_lots = photos.of_subjects(session, "lot", [one.id for one in lots])
    of_product = photos.of_products(session, [product.id]).get(product.id, ())
    return TracePage(
        id=lot.id,
        code=lot.code,
        state=lot.state,
        grade=lot.grade,
        harvested_on=lot.harvested_on,
        best_before=lot.best_before,
        product_id=product.id,
        name=product.name,
        story=product.story,
        art=product.art,
        brand=product.brand,
        standards=product.standards,
        shelf_days=keeps_days(product),
        seller=sellers.facts(session, lot.seller_id),
        stages=_stages(session, lots),
        photos=(*of_product, *(one for found in of_lots.values() for one in found)),
        papers=certificates.in_force(session, [product.id], clock.today())[product.id],
        listing_id=_on_sale(session, product.id),
    )


def _family(session: Session, lot: Lot) -> list[Lot]:
    """The lot and everything it was made from."""
    ids = trace.ancestors(session, lot.seller_id, lot.id)
    older = session.scalars(select(Lot).where(Lot.id.in_(ids))) if ids else ()
    return [lot, *older]


def _stages(session: Session, lots: Sequence[Lot]) -> tuple[Stage, ...]:
    """Harvests first, then what was done to them, by time."""
    begun = [_begun(session, origin, lots) for origin in ("harvest", "opening", "return")]
    run_ids = {lot.run_id for lot in lots if lot.run_id}
    done = _runs(session, run_ids) if run_ids else []
    return tuple(
        sorted((one for one in (*begun, *done) if one), key=lambda one: (one.last, one.first))
    )


def _begun(session: Session, origin: str, lots: Sequence[Lot]) -> Stage | None:
    ours = [lot for lot in lots if lot.origin == origin]
    if not ours:
        return None
    days = [lot.harvested_on for lot in ours]
    sprayed = [(lot.harvested_on - lot.sprayed_on).days for lot in ours if lot.sprayed_on]
    places, codes = _places(session, ours)
    return Stage(
        what=origin,
        first=min(days),
        last=max(days),
        communes=places,
        place_codes=codes,
        families=len({lot.member_id for lot in ours if lot.member_id}),
        interval_days=min(sprayed) if sprayed else None,
    )


def _places(session: Session, lots: Sequence[Lot]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The communes and area codes of harvests: the plot's, else the commune of whoever brought it."""
    plots = {lot.plot_id for lot in lots if lot.plot_id}
    homes = {lot.member_id for lot in lots if lot.member_id and not lot.plot_id}
    of_plots = session.execute(
        select(Plot.commune_code, Plot.place_code).where(Plot.id.in_(plots))
    ).all()
    at_home = session.scalars(select(Member.commune_code).where(Member.id.in_(homes))).all()
    codes = {*at_home, *(row.commune_code for row in of_plots)}
    names = {communes.COMMUNES[code].full_name for code in codes if code in communes.COMMUNES}
    areas = {row.place_code for row in of_plots if row.place_code}
    return tuple(sorted(names)), tuple(sorted(areas))


def _runs(session: Session, run_ids: Collection[str]) -> list[Stage]:
    """One stage for each kind of run, from its first day to its last."""
    query = (
        select(Run.kind, func.min(Run.at_ms), func.max(Run.at_ms))
        .where(Run.id.in_(run_ids))
        .group_by(Run.kind)
    )
    return [
        Stage(kind, clock.day_of(first_ms), clock.day_of(last_ms))
        for kind, first_ms, last_ms in session.execute(query)
    ]


def _on_sale(session: Session, product_id: str) -> str:
    offered = select(Listing.id).where(Listing.product_id == product_id, Listing.state == "on_sale")
    return session.scalar(offered.order_by(Listing.created_ms.desc()).limit(1)) or ""
