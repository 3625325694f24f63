"""The members' book, read: how much is whose, for a farmer, and all members for a manager.

Refuses to work anything out: sums are those of the payees' book and of the lines' shares.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.growers import members
from catalog.growers.members import MemberFacts
from catalog.lots import sources
from catalog.lots.sources import Intake
from payments.payouts import book
from payments.payouts.book import EntryFacts
from shop.members_book import booking, terms
from shop.members_book.models import SaleShare
from shop.members_book.terms import BOUGHT_AT_INTAKE

_EARNED = ("sale", "intake", "extra")
_KEPT = ("packing", "fund", "other", "charge")
_PAID = ("payout", "returned")


@dataclass(frozen=True)
class Sums:
    """Đồng of one member: earned − kept − advanced − paid = owed; `waiting` has not been earned yet."""

    earned_vnd: int
    kept_vnd: int
    advanced_vnd: int
    paid_vnd: int
    owed_vnd: int
    waiting_vnd: int


@dataclass(frozen=True)
class Amount:
    """So many base units."""

    quantity: int
    base_unit: str


@dataclass(frozen=True)
class Mine:
    """How much is a member's: goods by unit, money, the lines of the book (the newest first)."""

    member: MemberFacts
    handed_in: tuple[Amount, ...]
    sold: tuple[Amount, ...]
    sums: Sums
    entries: tuple[EntryFacts, ...]
    unpriced: int


@dataclass(frozen=True)
class Row:
    """One member in the manager's list."""

    member: MemberFacts
    sums: Sums


@dataclass(frozen=True)
class Statement:
    """A member's book over a time: what was owed before, its lines, what is owed after."""

    member: MemberFacts
    from_ms: int
    until_ms: int
    before_vnd: int
    entries: tuple[EntryFacts, ...]
    after_vnd: int


def of_member(session: Session, seller_id: str, member_id: str) -> Mine:
    """How much is one member's.

    Raises:
        NotFound: not this seller's member.
    """
    member = members.get(session, seller_id, member_id)
    payee = booking.payee_of(member_id)
    slips = sources.intakes(session, seller_id, member_id=member_id)
    handed_in: Counter[str] = Counter()
    for slip in slips:
        handed_in[slip.base_unit] += slip.quantity
    kinds = book.sums(session, seller_id, [payee]).get(payee, {})
    waiting = _waiting(session, seller_id).get(member_id, 0)
    bought, unpriced = _bought(session, seller_id, slips)
    sold = _sold(session, seller_id, member_id) + bought
    entries = book.entries(session, seller_id, payee)
    return Mine(
        member,
        _amounts(handed_in),
        _amounts(sold),
        _sums(kinds, waiting),
        entries[::-1],
        unpriced,
    )


def of_all(session: Session, seller_id: str) -> tuple[Row, ...]:
    """Every member who belongs or whose book is not even, by given name."""
    kinds = book.sums(session, seller_id)
    waiting = _waiting(session, seller_id)
    belong = {one.id: one for one in members.of_seller(session, seller_id)}
    left = {booking.member_in(payee) for payee in kinds} - belong.keys()
    others = members.facts_of(session, seller_id, left)
    rows = [
        Row(one, _sums(kinds.get(booking.payee_of(one.id), {}), waiting.get(one.id, 0)))
        for one in [*belong.values(), *others.values()]
    ]
    return tuple(row for row in rows if row.member.id in belong or row.sums.owed_vnd)


def total(rows: tuple[Row, ...]) -> Sums:
    """The sums of all rows."""
    sums = [row.sums for row in rows]
    return Sums(*(sum(getattr(one, name) for one in sums) for name in Sums.__dataclass_fields__))


def statement(
    session: Session, seller_id: str, member_id: str, from_ms: int, until_ms: int
) -> Statement:
    """A member's book from `from_ms` until before `until_ms` (UTC ms); the lines lead from sum to sum.

    Raises:
        NotFound: not this seller's member.
    """
    member = members.get(session, seller_id, member_id)
    payee = booking.payee_of(member_id)
    before_vnd = book.owed(session, seller_id, payee, from_ms)
    entries = book.entries(session, seller_id, payee, from_ms, until_ms)
    after_vnd = before_vnd + sum(entry.amount_vnd for entry in entries)
    return Statement(member, from_ms, until_ms, before_vnd, entries, after_vnd)


def _sums(kinds: Mapping[str, int], waiting_vnd: int) -> Sums:
    def of(names: tuple[str, ...]) -> int:
        return sum(kinds.get(name, 0) for name in names)

    return Sums(
        of(_EARNED), -of(_KEPT), -of(("advance",)), -of(_PAID), sum(kinds.values()), waiting_vnd
    )


def _waiting(session: Session, seller_id: str) -> dict[str, int]:
    """What each member will have earned once the money of packed and sent orders is there."""
    query = (
        select(SaleShare.member_id, func.sum(SaleShare.whole_vnd - SaleShare.earned_vnd))
        .where(SaleShare.seller_id == seller_id)
        .group_by(SaleShare.member_id)
    )
    return {member: int(much) for member, much in session.execute(query)}


def _sold(session: Session, seller_id: str, member_id: str) -> Counter[str]:
    query = (
        select(SaleShare.base_unit, func.sum(SaleShare.quantity))
        .where(SaleShare.seller_id == seller_id, SaleShare.member_id == member_id, SaleShare.gone)
        .group_by(SaleShare.base_unit)
    )
    return Counter({unit: int(much) for unit, much in session.execute(query)})


def _bought(
    session: Session, seller_id: str, slips: tuple[Intake, ...]
) -> tuple[Counter[str], int]:
    """What the cooperative bought as it was weighed in, and how many slips wait for a price."""
    rules = terms.of_seller(session, seller_id)
    found: Counter[str] = Counter()
    unpriced = 0
    for slip in slips:
        if rules.mode_at(slip.at_ms) == BOUGHT_AT_INTAKE:
            found[slip.base_unit] += slip.quantity
            unpriced += booking.intake_vnd(slip, rules) is None
    return found, unpriced


def _amounts(found: Mapping[str, int]) -> tuple[Amount, ...]:
    return tuple(Amount(found[unit], unit) for unit in sorted(found) if found[unit])
