"""Reviews: written by who got the goods, changed while fresh, answered by the seller, hidden by an officer.

Refuses stars before delivery; refuses whoever only holds the link of an order that staff typed in, because
staff hold that link too; refuses the seller's own people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import listings
from core import clock
from core.db import owned
from core.errors import N_, DomainError, NotFound
from core.identity import people
from core.identity.logins import Login
from core.ids import new_id
from core.phone import mask_phones_in
from core.text import mask_name
from shop.models import Order
from shop.ordering import order_facts
from shop.ordering.order_facts import OrderFacts
from shop.reviews.models import Review

MOST_LETTERS = 1000
_DELIVERED = ("delivered", "closed")
_FRESH_MS = 30 * 86_400_000
_PAGE = 50
_ON_PRODUCT = 8


class NotDeliveredYet(DomainError):
    """The goods have not been delivered, so nobody can say how they are."""

    code = "not_delivered_yet"
    status = 409
    message = N_("Bạn nhận hàng rồi hãy đánh giá nhé.")


class ReviewSettled(DomainError):
    """The review is older than thirty days, or an officer hid it; it stays as it is."""

    code = "review_settled"
    status = 409
    message = N_("Đánh giá này đã quá 30 ngày hoặc đã bị ẩn nên không sửa được nữa.")


class ProvedBuyerNeeded(DomainError):
    """The order was typed in by the seller's staff: its buyer proves the number first."""

    code = "proved_buyer_needed"
    status = 403
    message = N_(
        "Đơn này do người bán tạo giúp. Bạn đăng nhập bằng số điện thoại đã đặt rồi đánh giá nhé."
    )


@dataclass(frozen=True)
class ReviewFacts:
    """A review as everybody may read it: the buyer's name masked, numbers in the words hidden.

    Times in UTC ms; `hidden_why` is "" unless an officer hid it, and then only its seller reads the words.
    """

    id: str
    order_code: str
    listing_id: str
    product_id: str
    seller_id: str
    who: str
    stars: int
    words: str
    at_ms: int
    reply: str
    reply_ms: int | None
    hidden_why: str


@dataclass(frozen=True)
class Standing:
    """The stars of one product: how many reviews, their mean in tenths (47 is 4,7), counts from 5 to 1."""

    count: int
    tenths: int
    by_stars: tuple[int, int, int, int, int]


@dataclass(frozen=True)
class NewReview:
    """Stars from 1 to 5 and words for one listing of an order."""

    listing_id: str
    stars: int
    words: str


def may_review(order: OrderFacts, login: Login | None) -> bool:
    """Whether this caller, who sees `order`, may write a review of it now."""
    try:
        _check_author(order, login)
    except DomainError:
        return False
    return order.state in _DELIVERED


def write(session: Session, code: str, new: NewReview, login: Login | None) -> str:
    """Write or change the review of one listing of order `code`; returns its id.

    Precondition: the caller may see the order (its buyer, or the holder of its link); `stars` is 1 to 5.

    Raises:
        NotDeliveredYet, ProvedBuyerNeeded, ReviewSettled: as they say.
        NotFound: no such order, the listing is not in it, or the caller works for the seller.
    """
    order = order_facts.facts(session, code)
    _check_author(order, login)
    if order.state not in _DELIVERED:
        raise NotDeliveredYet()
    if new.listing_id not in {line.listing_id for line in order.lines}:
        raise NotFound()
    session.get_one(Order, code, with_for_update=True)  # two devices at once: one after the other
    kept = _kept(session, code, new.listing_id)
    if kept is None:
        return _add(session, order, new)
    if kept.hidden_ms is not None or clock.now_ms() - kept.at_ms > _FRESH_MS:
        raise ReviewSettled()
    if (kept.stars, kept.words) == (new.stars, new.words):
        return kept.id
    kept.stars, kept.words, kept.edited_ms = new.stars, new.words, clock.now_ms()
    return kept.id


def reply(session: Session, seller_id: str, review_id: str, words: str, actor: str) -> None:
    """Have the seller answer a review in public; a new answer takes the place of the last, "" takes it away.

    Raises:
        NotFound: the review is not about this seller.
    """
    row = owned(session, Review, review_id, seller_id)
    row.reply, row.reply_by = words, actor
    row.reply_ms = clock.now_ms() if words else None


def hide(session: Session, review_id: str, why: str, actor: str) -> None:
    """Take a review off the pages, for an officer; the first reason stays, its stars count no more.

    Raises:
        NotFound: there is no such review.
    """
    row = session.get(Review, review_id)
    if row is None:
        raise NotFound()
    if row.hidden_ms is None:
        row.hidden_ms, row.hidden_by, row.hidden_why = clock.now_ms(), actor, why


def standing(session: Session, product_id: str) -> Standing:
    """How the product stands with those who got it; counts of nothing where nobody said anything."""
    query = select(Review.stars, func.count()).where(
        Review.product_id == product_id, Review.hidden_ms.is_(None)
    )
    rows = session.execute(query.group_by(Review.stars))
    counts = {row.stars: int(row[1]) for row in rows}
    total = sum(counts.values())
    sum_of_stars = sum(stars * count for stars, count in counts.items())
    tenths = (20 * sum_of_stars + total) // (2 * total) if total else 0
    five, four, three, two, one = (counts.get(stars, 0) for stars in (5, 4, 3, 2, 1))
    return Standing(total, tenths, (five, four, three, two, one))


def of_product(session: Session, product_id: str) -> tuple[ReviewFacts, ...]:
    """The newest reviews of a product that are shown, at most eight."""
    query = select(Review).where(Review.product_id == product_id, Review.hidden_ms.is_(None))
    newest = query.order_by(Review.at_ms.desc(), Review.id).limit(_ON_PRODUCT)
    return _facts(session, session.scalars(newest).all())


def of_seller(session: Session, seller_id: str) -> tuple[ReviewFacts, ...]:
    """The newest fifty reviews about a seller, hidden ones too."""
    query = select(Review).where(Review.seller_id == seller_id)
    newest = query.order_by(Review.at_ms.desc(), Review.id).limit(_PAGE)
    return _facts(session, session.scalars(newest).all())


def newest(session: Session) -> tuple[ReviewFacts, ...]:
    """The newest fifty reviews of the market, for officers."""
    query = select(Review).order_by(Review.at_ms.desc(), Review.id).limit(_PAGE)
    return _facts(session, session.scalars(query).all())


def of_order(session: Session, code: str) -> dict[str, ReviewFacts]:
    """What its buyer said of order `code`, by listing."""
    rows = session.scalars(select(Review).where(Review.order_code == code)).all()
    return {one.listing_id: one for one in _facts(session, rows)}


def _check_author(order: OrderFacts, login: Login | None) -> None:
    if login is not None and login.works_for(order.seller_id):
        raise NotFound()
    if order.source == "staff" and not order.belongs_to(login):
        raise ProvedBuyerNeeded()


def _kept(session: Session, code: str, listing_id: str) -> Review | None:
    mine = select(Review).where(Review.order_code == code, Review.listing_id == listing_id)
    return session.scalars(mine).one_or_none()


def _add(session: Session, order: OrderFacts, new: NewReview) -> str:
    product_id = listings.products_of(session, [new.listing_id])[new.listing_id]
    row = Review(
        id=new_id(),
        order_code=order.code,
        listing_id=new.listing_id,
        product_id=product_id,
        seller_id=order.seller_id,
        person_id=order.person_id,
        stars=new.stars,
        words=new.words,
        at_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    return row.id


def _facts(session: Session, rows: Sequence[Review]) -> tuple[ReviewFacts, ...]:
    known = people.facts_of(session, [row.person_id for row in rows])
    return tuple(
        ReviewFacts(
            id=row.id,
            order_code=row.order_code,
            listing_id=row.listing_id,
            product_id=row.product_id,
            seller_id=row.seller_id,
            who=mask_name(known[row.person_id].name),
            stars=row.stars,
            words=mask_phones_in(row.words),
            at_ms=row.at_ms,
            reply=row.reply,
            reply_ms=row.reply_ms,
            hidden_why=row.hidden_why,
        )
        for row in rows
    )
