"""Harvests sold ahead: opened with a cap, settled when they come, scaled back fairly when less does.

The rule for a short harvest is `scale_back` ◦ and stands on the product page before anybody buys. Refuses
to settle twice, to sell above the cap, and to give goods that are not in the store yet.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from catalog import combos, stock
from catalog.events import HarvestOpened, HoldsCut
from catalog.models import Forecast, ForecastCut, Listing, Product
from catalog.modes import BY_WEIGHT, Mode
from catalog.scale_back import Promised, scale_back
from catalog.stock import Ahead
from core import clock
from core.db import owned
from core.errors import N_, BadRequest, DomainError
from core.ids import new_id
from core.outbox import publish
from core.quantity import BadQuantity

OPEN, SETTLED, CANCELLED = "open", "settled", "cancelled"
TOO_MUCH = 10**12
_FURTHEST_DAYS = 366
_SHOWN = 60


class BadForecastDay(BadRequest):
    """The day a harvest is expected is over, or more than a year away."""

    message = N_("Ngày dự kiến phải từ ngày mai đến một năm tới. Bạn chọn lại ngày nhé.")

    def __init__(self) -> None:
        super().__init__(field="expected_on", why="from tomorrow to a year from now")


class CannotSellAhead(DomainError):
    """The listing is a combo, in one, priced by weight, or sells another harvest ahead already."""

    code = "cannot_sell_ahead"
    status = 409
    message = N_(
        "Món này là bộ hàng, nằm trong bộ hàng, tính tiền theo cân, hoặc đang bán trước mẻ khác. "
        "Bạn chọn món khác nhé."
    )


class CapBelowPack(DomainError):
    """Less than one pack of a listing was to be sold ahead: nobody could order, and its sales would stop."""

    code = "cap_below_pack"
    message = N_(
        "Số này chưa đủ một gói, nên không ai đặt được. Bạn xem lại số và đơn vị giúp nhé."
    )


class ForecastOver(DomainError):
    """The harvest has been settled already."""

    code = "forecast_over"
    status = 409
    message = N_("Mẻ này đã chốt xong rồi, không chốt lại được.")


@dataclass(frozen=True)
class NewForecast:
    """A harvest to come: up to `cap` base units, by one listing or several of the same product."""

    listing_ids: tuple[str, ...]
    expected_on: date
    cap: int


@dataclass(frozen=True)
class ForecastFacts:
    """A harvest sold ahead; quantities in base units (`base_unit`), `came` None until it is settled."""

    id: str
    seller_id: str
    product_id: str
    name: str
    art: str
    base_unit: str
    expected_on: date
    cap: int
    came: int | None
    state: str
    promised: int


@dataclass(frozen=True)
class Cut:
    """What one hold wanted and was given, in base units."""

    hold_id: str
    wanted: int
    given: int


def open_forecast(session: Session, seller_id: str, new: NewForecast) -> str:
    """Sell a harvest before it is there; returns its id. Its listings sell nothing else until it came.

    Raises:
        NotFound: a listing is not this seller's. CannotSellAhead: it is a combo or in one, sells another
            harvest already, or the listings are of several products.
        BadForecastDay: not from tomorrow to a year from now. BadQuantity: no cap, or beyond all barns.
        CapBelowPack: not even one pack could be ordered.
    """
    today = clock.today()
    if not 0 < (new.expected_on - today).days <= _FURTHEST_DAYS:
        raise BadForecastDay()
    if not 0 < new.cap <= TOO_MUCH:
        raise BadQuantity()
    sold = [owned(session, Listing, one, seller_id) for one in new.listing_ids]
    product_ids = {listing.product_id for listing in sold}
    if len(product_ids) != 1 or any(not _may_sell_ahead(session, listing) for listing in sold):
        raise CannotSellAhead()
    if new.cap < min(listing.pack_size for listing in sold):
        raise CapBelowPack()
    row = Forecast(
        id=new_id(),
        seller_id=seller_id,
        product_id=product_ids.pop(),
        expected_on=new.expected_on,
        cap=new.cap,
        state=OPEN,
        created_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    stock.open_ahead(session, seller_id, row.product_id, row.id, new.cap)
    for listing in sold:
        listing.forecast_id = row.id
    session.flush()
    publish(session, HarvestOpened(row.id, sold[0].id))
    return row.id


def settle(session: Session, seller_id: str, forecast_id: str, came: int, actor: str) -> None:
    """Give out the `came` base units that came: promises move to the store, smaller where they must be.

    Everybody keeps everything if it is enough. Else `scale_back` says who keeps what; each holder who
    loses something is told by `HoldsCut`. Nothing having come, all lose all. The listings sell from the
    store from now on. The goods themselves must have been received into the store before.

    Raises:
        NotFound: it is not this seller's. ForecastOver: it was settled before.
        OutOfStock: the store has less free than is to be given out; `left` base units. Nothing changed.
        BelowNothing, TooLargeQuantity: `came` is negative, or 10^12 and more.
    """
    stock.countable(came)
    row = owned(session, Forecast, forecast_id, seller_id)
    ahead = stock.locked_ahead(session, forecast_id)
    session.refresh(row)  # as it is under the lock
    if row.state != OPEN:
        raise ForecastOver()
    wanted = [Promised(hold.quantity, hold.pack_size) for hold in ahead.holds]
    served = scale_back(wanted, came)
    given = {hold.id: part for hold, part in zip(ahead.holds, served, strict=True)}
    stock.settle_ahead(session, ahead, given, actor)
    _note_cuts(session, row, ahead, given)
    row.came, row.settled_ms = came, clock.now_ms()
    row.state = SETTLED if came else CANCELLED
    session.execute(update(Listing).where(Listing.forecast_id == row.id).values(forecast_id=None))
    session.flush()


def get(session: Session, seller_id: str, forecast_id: str) -> ForecastFacts:
    """A harvest of this seller.

    Raises:
        NotFound: it is not theirs, or there is none.
    """
    owned(session, Forecast, forecast_id, seller_id)
    return facts(session, [forecast_id])[forecast_id]


def of_seller(session: Session, seller_id: str) -> tuple[ForecastFacts, ...]:
    """The seller's harvests sold ahead: those still to come first, by their day; the newest of the others."""
    query = select(Forecast.id).where(Forecast.seller_id == seller_id)
    newest = query.order_by(Forecast.state != OPEN, Forecast.created_ms.desc()).limit(_SHOWN)
    found = facts(session, session.scalars(newest).all())
    return tuple(sorted(found.values(), key=lambda one: (one.state != OPEN, one.expected_on)))


def facts(session: Session, forecast_ids: Collection[str]) -> dict[str, ForecastFacts]:
    """Harvests by id, in two queries; unknown ids are absent."""
    query = (
        select(Forecast, Product)
        .join(Product, Product.id == Forecast.product_id)
        .where(Forecast.id.in_(list(forecast_ids)))
    )
    rows = session.execute(query).all()
    levels = stock.levels_ahead(session, [row.Forecast.id for row in rows])
    found = [_facts(row.Forecast, row.Product, levels[row.Forecast.id]) for row in rows]
    return {one.id: one for one in found}


def cuts_of(session: Session, forecast_id: str, holder: str) -> tuple[Cut, ...]:
    """By how much each hold of `holder` was cut when this harvest came; nothing if it was not."""
    query = select(ForecastCut.hold_id, ForecastCut.wanted, ForecastCut.given).where(
        ForecastCut.forecast_id == forecast_id, ForecastCut.holder == holder
    )
    return tuple(Cut(*row) for row in session.execute(query.order_by(ForecastCut.hold_id)))


def cut_totals(session: Session, forecast_id: str) -> tuple[int, int]:
    """How many holders got less of this harvest than they were promised, and how much less (base units)."""
    missing = func.coalesce(func.sum(ForecastCut.wanted - ForecastCut.given), 0)
    query = select(func.count(ForecastCut.holder.distinct()), missing)
    holders, lost = session.execute(query.where(ForecastCut.forecast_id == forecast_id)).one()
    return holders, lost


def _may_sell_ahead(session: Session, listing: Listing) -> bool:
    taken = listing.is_combo or listing.forecast_id is not None
    weighed = Mode(listing.mode) in BY_WEIGHT  # nobody can weigh what still grows
    return not taken and not weighed and not combos.in_some_combo(session, listing.id)


def _note_cuts(session: Session, row: Forecast, ahead: Ahead, given: dict[str, int]) -> None:
    short = [hold for hold in ahead.holds if given[hold.id] < hold.quantity]
    for hold in short:
        session.add(
            ForecastCut(
                forecast_id=row.id,
                hold_id=hold.id,
                seller_id=row.seller_id,
                holder=hold.holder,
                wanted=hold.quantity,
                given=given[hold.id],
            )
        )
    for holder in sorted({hold.holder for hold in short}):
        publish(session, HoldsCut(holder=holder, forecast_id=row.id))


def _facts(row: Forecast, product: Product, level: stock.Level) -> ForecastFacts:
    return ForecastFacts(
        id=row.id,
        seller_id=row.seller_id,
        product_id=row.product_id,
        name=product.name,
        art=product.art,
        base_unit=product.base_unit,
        expected_on=row.expected_on,
        cap=row.cap,
        came=row.came,
        state=row.state,
        promised=level.allocated + level.held,
    )
