"""A voucher taken with an order, and given back when the order ends: counted by one guarded UPDATE.

Fifty orders may want the last use at once: the row of the voucher is the lock, its guard decides, and what
a person has used is counted after that. Refuses to judge orders: whether a use stands follows the order's
state (`follow`).
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from core import clock
from core.db import changed
from shop.models import Order
from shop.states import CANCELLED, EXPIRED
from shop.vouchers.errors import (
    VoucherFromMore,
    VoucherNotNow,
    VoucherUnknown,
    VoucherUsedByYou,
    VoucherUsedUp,
)
from shop.vouchers.models import PROVINCE, Voucher, VoucherSeller, VoucherUse
from shop.vouchers.rules import Worth, code_of, off_vnd, still_off_vnd

_GIVEN_BACK = (EXPIRED, CANCELLED)


@dataclass(frozen=True)
class Wish:
    """A code as a buyer typed it, for goods of one seller that come to `goods_vnd`."""

    typed: str
    seller_id: str
    person_id: str
    goods_vnd: int


@dataclass(frozen=True)
class Discount:
    """What a voucher takes off one order in đồng, and the code it goes by."""

    voucher_id: str
    code: str
    amount_vnd: int


def take(session: Session, wish: Wish) -> Discount:
    """Count one use of the voucher the buyer means, and say what it takes off; `note` names the order.

    A seller's own voucher comes before a sponsored one of the same code.

    Raises:
        VoucherUnknown: the seller takes no such code. VoucherNotNow: it does not count today.
        VoucherFromMore: the goods come to too little. VoucherUsedUp: its uses or its money are gone.
        VoucherUsedByYou: this person has used it as often as one may.
    """
    voucher, amount_vnd = _worth_now(session, wish)
    if not _counted(session, voucher.id, amount_vnd):
        raise VoucherUsedUp()
    _require_first(session, voucher, wish)
    return Discount(voucher.id, voucher.code, amount_vnd)


def look(session: Session, wish: Wish) -> Discount:
    """What the voucher the buyer means would take off now; nothing is counted, so it may be gone by then.

    `person_id` may be "" while nobody has said who buys. Raises: as `take`.
    """
    voucher, amount_vnd = _worth_now(session, wish)
    if not session.scalar(
        select(func.count()).where(Voucher.id == voucher.id, *_room_for(amount_vnd))
    ):
        raise VoucherUsedUp()
    _require_first(session, voucher, wish)
    return Discount(voucher.id, voucher.code, amount_vnd)


def _worth_now(session: Session, wish: Wish) -> tuple[Voucher, int]:
    """The voucher meant, and what it takes off these goods today, in đồng."""
    voucher = _meant(session, wish)
    if not voucher.valid_from_ms <= clock.now_ms() < voucher.valid_until_ms:
        raise VoucherNotNow()
    if wish.goods_vnd < voucher.from_vnd:
        raise VoucherFromMore(voucher.from_vnd)
    amount_vnd = off_vnd(_worth(voucher), wish.goods_vnd)
    if not amount_vnd:
        raise VoucherFromMore(voucher.from_vnd)
    return voucher, amount_vnd


def _require_first(session: Session, voucher: Voucher, wish: Wish) -> None:
    if _uses_of(session, voucher.id, wish.person_id) >= voucher.per_person:
        raise VoucherUsedByYou()


def note(session: Session, discount: Discount, order: Order) -> None:
    """Write down which order took the use that `take` counted."""
    session.add(
        VoucherUse(
            order_code=order.code,
            voucher_id=discount.voucher_id,
            seller_id=order.seller_id,
            person_id=order.person_id,
            amount_vnd=discount.amount_vnd,
            at_ms=clock.now_ms(),
        )
    )
    session.flush()


def follow(session: Session, order_code: str) -> None:
    """Have the use of `order_code` stand, or be given back, as the order's state says.

    An order paid late has its use again, beyond the limits if others took it meanwhile: the price was
    promised. Doing it again does nothing more; an order without a voucher is left alone.
    """
    use = _locked_use(session, order_code)
    if use is None:
        return
    ended = session.get_one(Order, order_code).state in _GIVEN_BACK
    if ended and use.returned_ms is None:
        _give_back(session, use)
    elif not ended and use.returned_ms is not None:
        _take_again(session, use)


def shrink(session: Session, order: Order) -> int:
    """The discount that `order` keeps now that its goods come to less, in đồng; the budget gets the rest.

    Precondition: `order.goods_vnd` is what the goods come to now, and the order is locked. The order's
    sums need not agree yet: nothing of it is sent to the database here.
    """
    with session.no_autoflush:
        return _shrunk(session, order)


def _shrunk(session: Session, order: Order) -> int:
    use = _locked_use(session, order.code)
    if use is None:
        return order.discount_vnd
    kept_vnd = still_off_vnd(use.amount_vnd, order.goods_vnd)
    less_vnd = use.amount_vnd - kept_vnd
    use.amount_vnd = kept_vnd
    if use.returned_ms is None:
        _move(session, use, uses=0, vnd=-less_vnd)
    return kept_vnd


def code_used(session: Session, order_code: str) -> str:
    """The code of the voucher an order was placed with, "" without one."""
    query = select(Voucher.code).join(VoucherUse, VoucherUse.voucher_id == Voucher.id)
    return session.scalars(query.where(VoucherUse.order_code == order_code)).one_or_none() or ""


def _meant(session: Session, wish: Wish) -> Voucher:
    code = code_of(wish.typed)
    agreed = select(VoucherSeller.voucher_id).where(
        VoucherSeller.seller_id == wish.seller_id, VoucherSeller.agreed_ms.is_not(None)
    )
    sponsored = (Voucher.owner == PROVINCE) & Voucher.id.in_(agreed)
    query = select(Voucher).where(
        Voucher.code == code,
        Voucher.stopped_ms.is_(None),
        or_(Voucher.owner == wish.seller_id, sponsored),
    )
    found = sorted(session.scalars(query), key=lambda one: one.owner == PROVINCE)
    if not code or not found:
        raise VoucherUnknown(code or wish.typed.strip()[:16])
    return found[0]


def _worth(voucher: Voucher) -> Worth:
    return Worth(voucher.kind, voucher.worth, voucher.most_off_vnd, voucher.from_vnd)


def _room_for(amount_vnd: int) -> tuple[ColumnElement[bool], ...]:
    """The guard: a use is left, and so much of the money."""
    return (
        or_(Voucher.most_uses.is_(None), Voucher.used - Voucher.over_uses < Voucher.most_uses),
        or_(
            Voucher.budget_vnd.is_(None),
            Voucher.spent_vnd - Voucher.over_vnd + amount_vnd <= Voucher.budget_vnd,
        ),
    )


def _counted(session: Session, voucher_id: str, amount_vnd: int) -> bool:
    statement = update(Voucher).where(
        Voucher.id == voucher_id, Voucher.stopped_ms.is_(None), *_room_for(amount_vnd)
    )
    more = {"used": Voucher.used + 1, "spent_vnd": Voucher.spent_vnd + amount_vnd}
    return changed(session, statement.values(more))


def _uses_of(session: Session, voucher_id: str, person_id: str) -> int:
    query = select(func.count()).where(
        VoucherUse.voucher_id == voucher_id,
        VoucherUse.person_id == person_id,
        VoucherUse.returned_ms.is_(None),
    )
    return session.scalar(query) or 0


def _locked_use(session: Session, order_code: str) -> VoucherUse | None:
    query = select(VoucherUse).where(VoucherUse.order_code == order_code).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _give_back(session: Session, use: VoucherUse) -> None:
    use.returned_ms = clock.now_ms()
    _move(session, use, uses=-1, vnd=-use.amount_vnd)
    use.over = False


def _take_again(session: Session, use: VoucherUse) -> None:
    use.returned_ms = None
    if not _counted(session, use.voucher_id, use.amount_vnd):
        use.over = True
        _move(session, use, uses=1, vnd=use.amount_vnd)


def _move(session: Session, use: VoucherUse, *, uses: int, vnd: int) -> None:
    """Change what the voucher counts, for a use beyond the limits on both sides alike."""
    values = {"used": Voucher.used + uses, "spent_vnd": Voucher.spent_vnd + vnd}
    if use.over:
        values |= {"over_uses": Voucher.over_uses + uses, "over_vnd": Voucher.over_vnd + vnd}
    statement = update(Voucher).where(Voucher.id == use.voucher_id)
    session.execute(statement.values(values).execution_options(synchronize_session=False))
