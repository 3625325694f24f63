"""Papers: OCOP stars, VietGAP, organic, geographical indications; whose, from whom, from when until when.

Whether one counts is judged by the day it is looked at, never by a job: stars are gone the day after
their last. Refuses stars of products that are not the seller's, and a star that outlives its 36 months.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from catalog import validity
from catalog.growers.days import no_later_than_today, shown
from catalog.growers.errors import (
    DaysReversed,
    LastDayMissing,
    NotOneHolder,
    OcopNeedsProduct,
    OcopTooLong,
    StarsWrong,
)
from catalog.models import Certificate, Member, Product
from core import clock
from core.db import owned
from core.errors import BadRequest
from core.ids import new_id
from core.text import clean_line

KINDS = ("ocop", "vietgap", "organic", "gi", "other")
ENDLESS = ("gi", "other")
"""Kinds that may have no last day."""
STARS = (3, 4, 5)
NAME_LENGTH = 120
NUMBER_LENGTH = 60
ISSUER_LENGTH = 120
WHY_LENGTH = 200
SOON_DAYS = 60


@dataclass(frozen=True)
class CertificateFacts:
    """A paper; with neither `product_id` nor `member_id` it is the seller's, for all its goods.

    `valid_until` is the last day it counts (None: no end); from `withdrawn_on` it counts no more.
    """

    id: str
    seller_id: str
    product_id: str | None
    member_id: str | None
    kind: str
    stars: int | None
    name: str
    number: str
    issuer: str
    valid_from: date
    valid_until: date | None
    withdrawn_on: date | None
    why: str

    def counts_on(self, on: date) -> bool:
        """Whether it may be shown on that day."""
        if self.withdrawn_on is not None and on >= self.withdrawn_on:
            return False
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def days_left(self, on: date) -> int | None:
        """How many days it counts after `on`; negative once over, None without an end."""
        return None if self.valid_until is None else validity.days_left(self.valid_until, on)


@dataclass(frozen=True)
class NewCertificate:
    """A paper to be written down. `valid_until` None: 36 months for OCOP, no end where that is allowed.

    At most one of `product_id` and `member_id`; with neither the seller holds it. An OCOP paper names
    its product and has 3 to 5 stars; others have none.
    """

    kind: str
    number: str
    issuer: str
    valid_from: date
    valid_until: date | None = None
    stars: int | None = None
    name: str = ""
    product_id: str = ""
    member_id: str = ""


def add(session: Session, seller_id: str, new: NewCertificate) -> str:
    """Write a paper down; returns its id.

    Raises:
        NotFound: the product or member is not this seller's. NotOneHolder: both are named.
        BadRequest: no such kind, no number or no issuer. StarsWrong: not 3 to 5, or stars of another kind.
        OcopNeedsProduct: stars for no product. OcopTooLong: longer than 36 months.
        LastDayMissing: this kind ends one day. DayToCome: it begins on a day to come.
        DaysReversed: it ends before it begins.
    """
    values = _checked(session, seller_id, new)
    paper = Certificate(id=new_id(), seller_id=seller_id, created_ms=clock.now_ms(), **values)
    session.add(paper)
    session.flush()
    return paper.id


def change(session: Session, seller_id: str, certificate_id: str, new: NewCertificate) -> None:
    """Write a paper's entry anew; with another last day its end is said again when it comes near.

    Raises:
        NotFound: not this seller's. Else as `add`.
    """
    paper = owned(session, Certificate, certificate_id, seller_id)
    values = _checked(session, seller_id, new)
    if values["valid_until"] != paper.valid_until:
        paper.reminded_ms = None
    for name, value in values.items():
        setattr(paper, name, value)
    session.flush()


def withdraw(session: Session, seller_id: str, certificate_id: str, why: str) -> None:
    """Have a paper count no more from today, saying why; it stays in the book. A second time changes nothing.

    Raises:
        NotFound: not this seller's. BadRequest: no reason is given.
    """
    paper = owned(session, Certificate, certificate_id, seller_id)
    reason = clean_line(why, WHY_LENGTH)
    if not reason:
        raise BadRequest(field="why", why="empty")
    if paper.withdrawn_on is None:
        paper.withdrawn_on, paper.why = clock.today(), reason
        session.flush()


def get(session: Session, seller_id: str, certificate_id: str) -> CertificateFacts:
    """One paper, whether it counts or not.

    Raises:
        NotFound: there is none, or not this seller's.
    """
    return _facts(owned(session, Certificate, certificate_id, seller_id))


def of_seller(session: Session, seller_id: str) -> tuple[CertificateFacts, ...]:
    """Every paper of a seller, those that end first before those that end last or never."""
    query = select(Certificate).where(Certificate.seller_id == seller_id)
    first = query.order_by(
        Certificate.valid_until.is_(None), Certificate.valid_until, Certificate.id
    )
    return tuple(_facts(paper) for paper in session.scalars(first))


def of_member(session: Session, seller_id: str, member_id: str) -> tuple[CertificateFacts, ...]:
    """Every paper of one member, in the same order; none for another seller's member."""
    return tuple(one for one in of_seller(session, seller_id) if one.member_id == member_id)


def in_force(
    session: Session, product_ids: Collection[str], on: date
) -> dict[str, tuple[CertificateFacts, ...]]:
    """The papers that count on a day, by product: its own and those its seller holds for all goods.

    OCOP first, by stars, and only the newest decision of a product. Every product asked for is there. One
    query. What members hold is not told here: it stands for their harvest, not for the product.
    """
    query = (
        select(Product.id, Certificate)
        .join(Certificate, Certificate.seller_id == Product.seller_id)
        .where(Product.id.in_(set(product_ids)), _counts_on(on))
        .where(or_(Certificate.product_id == Product.id, _held_by_seller()))
    )
    found: dict[str, list[CertificateFacts]] = {one: [] for one in product_ids}
    if not found:
        return {}
    for product_id, paper in session.execute(query):
        found[product_id].append(_facts(paper))
    return {product_id: _shown(papers) for product_id, papers in found.items()}


def in_force_of_seller(session: Session, seller_id: str, on: date) -> tuple[CertificateFacts, ...]:
    """The papers a seller holds for all its goods that count on a day, for its own page."""
    query = select(Certificate).where(
        Certificate.seller_id == seller_id, _counts_on(on), _held_by_seller()
    )
    return _shown([_facts(paper) for paper in session.scalars(query)])


def ending_soon(
    session: Session, seller_id: str, on: date, days: int = SOON_DAYS
) -> tuple[CertificateFacts, ...]:
    """The seller's papers that count on a day and end at most `days` later, the first to end first."""
    near = (one for one in of_seller(session, seller_id) if one.counts_on(on))
    return tuple(one for one in near if (left := one.days_left(on)) is not None and left <= days)


def _shown(papers: list[CertificateFacts]) -> tuple[CertificateFacts, ...]:
    stars = sorted((one for one in papers if one.kind == "ocop"), key=lambda one: one.valid_from)
    rest = [one for one in papers if one.kind != "ocop"]
    return (*stars[-1:], *sorted(rest, key=lambda one: (KINDS.index(one.kind), one.number)))


def _counts_on(on: date) -> ColumnElement[bool]:
    """`CertificateFacts.counts_on`, as a condition."""
    return and_(
        Certificate.valid_from <= on,
        or_(Certificate.valid_until.is_(None), Certificate.valid_until >= on),
        or_(Certificate.withdrawn_on.is_(None), Certificate.withdrawn_on > on),
    )


def _held_by_seller() -> ColumnElement[bool]:
    return and_(Certificate.product_id.is_(None), Certificate.member_id.is_(None))


def _checked(session: Session, seller_id: str, new: NewCertificate) -> dict[str, object]:
    """The columns of an entry that is right."""
    if new.kind not in KINDS:
        raise BadRequest(field="kind", why="not a kind")
    for field, text, most in (
        ("number", new.number, NUMBER_LENGTH),
        ("issuer", new.issuer, ISSUER_LENGTH),
    ):
        if not clean_line(text, most):
            raise BadRequest(field=field, why="empty")
    _check_holder(session, seller_id, new)
    _check_stars(new)
    return {
        "product_id": new.product_id or None,
        "member_id": new.member_id or None,
        "kind": new.kind,
        "stars": new.stars,
        "name": clean_line(new.name, NAME_LENGTH),
        "number": clean_line(new.number, NUMBER_LENGTH),
        "issuer": clean_line(new.issuer, ISSUER_LENGTH),
        "valid_from": new.valid_from,
        "valid_until": _last_day(new),
    }


def _check_holder(session: Session, seller_id: str, new: NewCertificate) -> None:
    if new.product_id and new.member_id:
        raise NotOneHolder()
    if new.product_id:
        owned(session, Product, new.product_id, seller_id)
    if new.member_id:
        owned(session, Member, new.member_id, seller_id)


def _check_stars(new: NewCertificate) -> None:
    if (new.kind == "ocop") != (new.stars is not None):
        raise StarsWrong()
    if new.kind == "ocop" and new.stars not in STARS:
        raise StarsWrong()
    if new.kind == "ocop" and not new.product_id:
        raise OcopNeedsProduct()


def _last_day(new: NewCertificate) -> date | None:
    no_later_than_today(new.valid_from, "valid_from")
    last = new.valid_until
    if last is not None and last < new.valid_from:
        raise DaysReversed("valid_until", shown(new.valid_from), shown(last))
    if new.kind == "ocop":
        longest = validity.last_day(new.valid_from, validity.OCOP_MONTHS)
        if last is not None and last > longest:
            raise OcopTooLong(shown(longest))
        return last or longest
    if last is None and new.kind not in ENDLESS:
        raise LastDayMissing()
    return last


def _facts(paper: Certificate) -> CertificateFacts:
    return CertificateFacts(
        id=paper.id,
        seller_id=paper.seller_id,
        product_id=paper.product_id,
        member_id=paper.member_id,
        kind=paper.kind,
        stars=paper.stars,
        name=paper.name,
        number=paper.number,
        issuer=paper.issuer,
        valid_from=paper.valid_from,
        valid_until=paper.valid_until,
        withdrawn_on=paper.withdrawn_on,
        why=paper.why,
    )
