"""What a listing costs, since when, and from when it will cost something else.

A price is changed by writing the next row of its history, never by forgetting one; to undo is to write
the former price again. A scheduled price is judged whenever a price is read (`due_vnd`), so it holds from
its minute on; the tick only writes down what is true already and tells the pages that are open.
Refuses prices per kilo (a price is for one pack) and to change what was claimed or ordered before.
Source: docs/adr/0012-prices-and-modes.md.
"""

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from catalog.events import PriceChanged
from catalog.models import Listing, ListingPrice
from catalog.search.index import index_listings
from core import clock
from core.db import owned
from core.errors import N_, DomainError, NotFound
from core.money import check_vnd
from core.outbox import publish

MOST_SCHEDULED = 10
_FURTHEST_MS = 366 * 24 * 3_600_000
_AT_ONCE = 200


class NotTheNewestPrice(DomainError):
    """The price was changed again meanwhile, or it is the first one: there is nothing to go back to."""

    code = "not_the_newest_price"
    status = 409
    message = N_("Giá này đã được đổi tiếp, không lùi lại được nữa. Bạn nhập giá mong muốn nhé.")


class BadStart(DomainError):
    """A price is to hold from a time that is past, or more than a year away."""

    code = "bad_start"
    message = N_("Giờ áp dụng phải ở sau lúc này, trong vòng một năm. Bạn chọn lại giúp nhé.")


class TooManyScheduled(DomainError):
    """Ten prices of this listing wait for their time already."""

    code = "too_many_scheduled"
    status = 409
    message = N_("Món này đã hẹn sẵn 10 lần đổi giá. Bạn bỏ bớt một lần hẹn rồi thêm lại nhé.")


def due_vnd(now_ms: int) -> ScalarSelect[int | None]:
    """The scheduled price of a `Listing` row that holds at `now_ms` but is not written down yet, or NULL.

    A correlated subquery for whoever selects listings: what a page shows and an order asks is then right
    whether or not the tick has run.
    """
    due = _due(now_ms).with_only_columns(ListingPrice.price_vnd)
    newest = due.order_by(ListingPrice.from_ms.desc(), ListingPrice.id.desc()).limit(1)
    return newest.where(ListingPrice.listing_id == Listing.id).correlate(Listing).scalar_subquery()


def set_price(
    session: Session,
    seller_id: str,
    listing_id: str,
    price_vnd: int,
    actor: str,
    from_ms: int | None = None,
) -> str:
    """Have a pack cost `price_vnd` from now on, or from `from_ms` (UTC ms); returns the price's id.

    Effect: the history has one row more, and `PriceChanged` is published when it holds. The price that
    holds already is not written twice: its id is returned.

    Raises:
        NotFound: the listing is not this seller's. BadAmount: not 1 đồng or more that one transfer carries.
        BadStart: `from_ms` is not ahead, or over a year away. TooManyScheduled: ten wait already.
    """
    check_vnd(price_vnd, least=1)
    listing = _locked(session, seller_id, listing_id)
    now = clock.now_ms()
    _settle(session, listing, now)
    if from_ms is not None:
        return _schedule(
            session, listing, ListingPrice(price_vnd=price_vnd, from_ms=from_ms), actor
        )
    newest = _newest(session, listing)
    if listing.price_vnd == price_vnd:
        return newest.id
    return _apply(session, listing, price_vnd, actor).id


def undo(session: Session, seller_id: str, price_id: str, actor: str) -> str:
    """Go back to the price before `price_id`, or take a scheduled one away; returns the listing's id.

    Raises:
        NotFound: there is no such price of this seller.
        NotTheNewestPrice: another price holds by now, or this was the first.
    """
    row = owned(session, ListingPrice, price_id, seller_id)
    listing = _locked(session, seller_id, row.listing_id)
    _settle(session, listing, clock.now_ms())
    session.refresh(row)
    if not row.applied:
        session.delete(row)
        session.flush()
        return listing.id
    newest = session.scalars(_applied(listing.id).limit(2)).all()
    if len(newest) < 2 or newest[0].id != row.id:
        raise NotTheNewestPrice()
    _apply(session, listing, newest[1].price_vnd, actor)
    return listing.id


def apply_due(session: Session) -> None:
    """Write down every scheduled price whose time has come (a tick; nothing waits for it)."""
    now = clock.now_ms()
    due = select(ListingPrice.listing_id).where(
        ListingPrice.applied.is_(False), ListingPrice.from_ms <= now
    )
    for listing_id in sorted(set(session.scalars(due.limit(_AT_ONCE)))):
        _settle(session, _lock(session, listing_id), now)


def _schedule(session: Session, listing: Listing, row: ListingPrice, actor: str) -> str:
    now = clock.now_ms()
    if not now < row.from_ms <= now + _FURTHEST_MS:
        raise BadStart()
    waiting = select(func.count()).select_from(ListingPrice)
    mine = waiting.where(ListingPrice.listing_id == listing.id, ListingPrice.applied.is_(False))
    if (session.scalar(mine) or 0) >= MOST_SCHEDULED:
        raise TooManyScheduled()
    row.seller_id, row.listing_id = listing.seller_id, listing.id
    row.applied, row.set_by, row.created_ms = False, actor, now
    session.add(row)
    session.flush()
    return row.id


def _apply(session: Session, listing: Listing, price_vnd: int, actor: str) -> ListingPrice:
    now = clock.now_ms()
    # Two changes in one millisecond keep their order: history is read by time.
    from_ms = max(now, _newest(session, listing).from_ms + 1)
    row = ListingPrice(
        seller_id=listing.seller_id,
        listing_id=listing.id,
        price_vnd=price_vnd,
        from_ms=from_ms,
        applied=True,
        set_by=actor,
        created_ms=now,
    )
    session.add(row)
    listing.price_vnd = price_vnd
    _tell(session, listing)
    return row


def _settle(session: Session, listing: Listing, now_ms: int) -> None:
    """Write down the scheduled prices of `listing` (locked) whose time has come, in their order."""
    _newest(session, listing)
    before = listing.price_vnd
    due = _due(now_ms).where(ListingPrice.listing_id == listing.id)
    for row in session.scalars(due.order_by(ListingPrice.from_ms, ListingPrice.id)):
        row.applied, listing.price_vnd = True, row.price_vnd
    if listing.price_vnd != before:
        _tell(session, listing)


def _tell(session: Session, listing: Listing) -> None:
    """Search and whoever else shows the price hear of it."""
    session.flush()
    index_listings(session, [listing.id])
    publish(session, PriceChanged(listing_id=listing.id, price_vnd=listing.price_vnd))


def _newest(session: Session, listing: Listing) -> ListingPrice:
    """The price that holds; a listing without a history gets its first entry now."""
    row = session.scalars(_applied(listing.id).limit(1)).one_or_none()
    if row is None:
        row = ListingPrice(
            seller_id=listing.seller_id,
            listing_id=listing.id,
            price_vnd=listing.price_vnd,
            from_ms=listing.created_ms,
            applied=True,
            set_by="",
            created_ms=listing.created_ms,
        )
        session.add(row)
        session.flush()
    return row


def _applied(listing_id: str) -> Select[ListingPrice]:
    query = select(ListingPrice).where(ListingPrice.listing_id == listing_id)
    held = query.where(ListingPrice.applied.is_(True))
    return held.order_by(ListingPrice.from_ms.desc(), ListingPrice.id.desc())


def _due(now_ms: int) -> Select[ListingPrice]:
    return select(ListingPrice).where(
        ListingPrice.applied.is_(False), ListingPrice.from_ms <= now_ms
    )


def _locked(session: Session, seller_id: str, listing_id: str) -> Listing:
    owned(session, Listing, listing_id, seller_id)
    return _lock(session, listing_id)


def _lock(session: Session, listing_id: str) -> Listing:
    """The listing's row, ours until the commit."""
    query = select(Listing).where(Listing.id == listing_id).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound()
    return row
