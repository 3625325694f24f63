"""Vouchers made, agreed to and stopped; and what a seller or the province sees of its own.

A seller's own voucher is its own loss. One the province sponsors counts with a seller from the moment the
seller agrees; what was taken off there is what the province owes it. Refuses to change a voucher that was
given out: it is stopped, and another one made.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core import clock
from core.db import changed, insert_new
from core.errors import NotFound
from core.ids import new_id
from core.money import MAX_VND
from shop.vouchers.errors import BadVoucher, VoucherCodeTaken
from shop.vouchers.models import PROVINCE, Voucher, VoucherSeller, VoucherUse
from shop.vouchers.rules import PERCENT, SUM, Worth, code_of

_MOST_SHOWN = 60


@dataclass(frozen=True)
class NewVoucher:
    """A voucher to be: from `valid_from_ms` until before `valid_until_ms` (UTC ms); None is no limit.

    `budget_vnd` is what all uses together may take off.
    """

    code: str
    worth: Worth
    valid_from_ms: int
    valid_until_ms: int
    title: str = ""
    most_uses: int | None = None
    per_person: int = 1
    budget_vnd: int | None = None


@dataclass(frozen=True)
class VoucherFacts:
    """A voucher as its owner sees it: `used` times for `spent_vnd` in all, `over_uses` beyond the limits.

    `agreed_ms` is when the seller who looks agreed to a sponsored one; `own_vnd` what was taken off there.
    """

    id: str
    code: str
    title: str
    worth: Worth
    sponsored: bool
    most_uses: int | None
    per_person: int
    budget_vnd: int | None
    valid_from_ms: int
    valid_until_ms: int
    used: int
    spent_vnd: int
    over_uses: int
    stopped: bool
    agreed_ms: int | None = None
    own_vnd: int = 0

    def counts_at(self, at_ms: int) -> bool:
        """Whether it can be used at `at_ms`, as far as days and stopping go."""
        return not self.stopped and self.valid_from_ms <= at_ms < self.valid_until_ms


def offer(session: Session, seller_id: str, new: NewVoucher, actor: str) -> str:
    """Give out a voucher of the seller's own; returns its id.

    Raises:
        BadVoucher: code, worth, limits or days make no voucher. VoucherCodeTaken: it has that code.
    """
    return _add(session, seller_id, seller_id, new, actor)


def sponsor(session: Session, seller_ids: Sequence[str], new: NewVoucher, actor: str) -> str:
    """Give out a voucher of the province's for these sellers to agree to; returns its id.

    Raises:
        BadVoucher: as `offer`, or it has no budget, or no seller. VoucherCodeTaken: that code is taken.
    """
    if new.budget_vnd is None:
        raise BadVoucher("budget", "a sponsored voucher has a budget")
    if not seller_ids:
        raise BadVoucher("sellers", "nobody is asked")
    voucher_id = _add(session, PROVINCE, None, new, actor)
    for seller_id in dict.fromkeys(seller_ids):
        session.add(VoucherSeller(voucher_id=voucher_id, seller_id=seller_id))
    session.flush()
    return voucher_id


def agree(session: Session, seller_id: str, voucher_id: str, actor: str) -> None:
    """Have the seller take a sponsored voucher from now on; agreeing again changes nothing.

    Raises:
        NotFound: the seller was not asked.
    """
    asked = session.get(VoucherSeller, (voucher_id, seller_id))
    if asked is None:
        raise NotFound()
    if asked.agreed_ms is None:
        asked.agreed_ms, asked.agreed_by = clock.now_ms(), actor


def stop(session: Session, voucher_id: str, owner: str) -> None:
    """Take a voucher back: no new order has it; orders that have it keep their price.

    `owner` is the seller's id, or `province`. Stopping again changes nothing.

    Raises:
        NotFound: the owner has no such voucher.
    """
    mine = update(Voucher).where(Voucher.id == voucher_id, Voucher.owner == owner)
    running = mine.where(Voucher.stopped_ms.is_(None)).values(stopped_ms=clock.now_ms())
    if not changed(session, running) and _found(session, voucher_id).owner != owner:
        raise NotFound()


def of_seller(session: Session, seller_id: str) -> tuple[VoucherFacts, ...]:
    """The seller's own vouchers and the sponsored ones it is asked to take, the newest first."""
    asked = (VoucherSeller.voucher_id == Voucher.id) & (VoucherSeller.seller_id == seller_id)
    query = (
        select(Voucher, VoucherSeller)
        .outerjoin(VoucherSeller, asked)
        .where((Voucher.owner == seller_id) | (VoucherSeller.seller_id == seller_id))
        .order_by(Voucher.created_ms.desc(), Voucher.id)
        .limit(_MOST_SHOWN)
    )
    rows = session.execute(query).all()
    owed = _taken_off(session, seller_id)
    return tuple(
        _facts(row, link.agreed_ms if link else None, owed.get(row.id, 0)) for row, link in rows
    )


def of_province(session: Session) -> tuple[VoucherFacts, ...]:
    """The sponsored vouchers, the newest first."""
    query = select(Voucher).where(Voucher.owner == PROVINCE)
    rows = session.scalars(query.order_by(Voucher.created_ms.desc(), Voucher.id).limit(_MOST_SHOWN))
    return tuple(_facts(row, None, 0) for row in rows)


@dataclass(frozen=True)
class Owed:
    """What a sponsored voucher took off with one seller: so many uses, so many đồng; since when it agreed."""

    voucher_id: str
    seller_id: str
    agreed_ms: int | None
    uses: int
    vnd: int


def owed_to_sellers(session: Session) -> tuple[Owed, ...]:
    """For each sponsored voucher and each seller asked: what the province owes there."""
    stands = (VoucherUse.voucher_id == VoucherSeller.voucher_id) & (
        VoucherUse.seller_id == VoucherSeller.seller_id
    )
    amounts = (func.count(VoucherUse.order_code), func.coalesce(func.sum(VoucherUse.amount_vnd), 0))
    key = (VoucherSeller.voucher_id, VoucherSeller.seller_id, VoucherSeller.agreed_ms)
    query = select(*key, *amounts).outerjoin(VoucherUse, stands & VoucherUse.returned_ms.is_(None))
    rows = session.execute(query.group_by(*key).order_by(*key[:2]))
    return tuple(Owed(one, seller, agreed, uses, vnd) for one, seller, agreed, uses, vnd in rows)


def _taken_off(session: Session, seller_id: str) -> dict[str, int]:
    query = select(VoucherUse.voucher_id, func.sum(VoucherUse.amount_vnd)).where(
        VoucherUse.seller_id == seller_id, VoucherUse.returned_ms.is_(None)
    )
    rows = session.execute(query.group_by(VoucherUse.voucher_id))
    return {row.voucher_id: int(row[1]) for row in rows}


def _add(session: Session, owner: str, seller_id: str | None, new: NewVoucher, actor: str) -> str:
    code = code_of(new.code)
    _check(code, new)
    if session.scalars(
        select(Voucher.id).where(Voucher.owner == owner, Voucher.code == code)
    ).first():
        raise VoucherCodeTaken()
    values: dict[str, object] = {
        "id": new_id(),
        "owner": owner,
        "seller_id": seller_id,
        "code": code,
        "title": new.title,
        "kind": new.worth.kind,
        "worth": new.worth.worth,
        "most_off_vnd": new.worth.most_off_vnd,
        "from_vnd": new.worth.from_vnd,
        "most_uses": new.most_uses,
        "per_person": new.per_person,
        "budget_vnd": new.budget_vnd,
        "valid_from_ms": new.valid_from_ms,
        "valid_until_ms": new.valid_until_ms,
        "made_by": actor,
        "created_ms": clock.now_ms(),
        **dict.fromkeys(("used", "spent_vnd", "over_uses", "over_vnd"), 0),
    }
    if not insert_new(session, Voucher, values):  # somebody else was quicker with the same code
        raise VoucherCodeTaken()
    return str(values["id"])


def _check(code: str, new: NewVoucher) -> None:
    worth = new.worth
    if not code:
        raise BadVoucher("voucher_code", "3 to 16 letters and digits")
    most = 100 if worth.kind == PERCENT else MAX_VND
    if worth.kind not in (SUM, PERCENT) or not 1 <= worth.worth <= most:
        raise BadVoucher("worth", "a sum, or 1 to 100 percent")
    limits = (worth.most_off_vnd, new.most_uses, new.budget_vnd, new.per_person)
    if any(limit is not None and limit < 1 for limit in limits) or worth.from_vnd < 0:
        raise BadVoucher("most_uses", "limits are 1 or more")
    if new.valid_until_ms <= max(new.valid_from_ms, clock.now_ms()):
        raise BadVoucher("until", "it ends before it begins")


def _found(session: Session, voucher_id: str) -> Voucher:
    row = session.get(Voucher, voucher_id)
    if row is None:
        raise NotFound()
    return row


def _facts(row: Voucher, agreed_ms: int | None, own_vnd: int) -> VoucherFacts:
    return VoucherFacts(
        id=row.id,
        code=row.code,
        title=row.title,
        worth=Worth(row.kind, row.worth, row.most_off_vnd, row.from_vnd),
        sponsored=row.owner == PROVINCE,
        most_uses=row.most_uses,
        per_person=row.per_person,
        budget_vnd=row.budget_vnd,
        valid_from_ms=row.valid_from_ms,
        valid_until_ms=row.valid_until_ms,
        used=row.used,
        spent_vnd=row.spent_vnd,
        over_uses=row.over_uses,
        stopped=row.stopped_ms is not None,
        agreed_ms=agreed_ms,
        own_vnd=own_vnd,
    )
