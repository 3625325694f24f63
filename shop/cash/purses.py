"""The cash one person carries for a seller: opened with change, filled at the stall and at doors, counted.

What orders brought is what `payments` has under the person's name since they last counted, so no way of
taking cash can be forgotten here. Refuses to change what was written: a difference stays a difference.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new, owned
from core.ids import new_id
from core.money import check_vnd, format_vnd
from payments import cash
from payments.cash import Taken
from shop.cash.errors import PurseClosed, PurseOpen, PurseTooSmall
from shop.cash.models import Purse, PurseMove

IN, OUT = "in", "out"
_LATELY = 20


@dataclass(frozen=True)
class Keeper:
    """Who carries the purse: a login's actor, and the name shown beside it."""

    actor: str
    name: str


@dataclass(frozen=True)
class Move:
    """Cash put in (`in`) or taken out (`out`) by hand: đồng, and why."""

    kind: str
    amount_vnd: int
    note: str
    at_ms: int = 0


@dataclass(frozen=True)
class PurseFacts:
    """A purse: what it began with, what orders and hands put in and took out; once closed, the count.

    `taken` is what orders brought, one by one. Amounts in đồng, times in UTC ms.
    """

    id: str
    keeper: str
    keeper_name: str
    float_vnd: int
    opened_ms: int
    closed_ms: int | None
    counted_vnd: int | None
    expected_vnd: int
    note: str
    taken: tuple[Taken, ...]
    moves: tuple[Move, ...]

    @property
    def taken_vnd(self) -> int:
        """What orders brought."""
        return sum(one.amount_vnd for one in self.taken)

    @property
    def off_vnd(self) -> int:
        """How much more was counted than expected; below 0 where it was less."""
        return 0 if self.counted_vnd is None else self.counted_vnd - self.expected_vnd


def open_purse(session: Session, seller_id: str, keeper: Keeper, float_vnd: int) -> str:
    """Begin a purse with `float_vnd` đồng of change; cash taken since the last count is in it. Its id.

    Raises:
        PurseOpen: this person has one open here. BadAmount: less than nothing.
    """
    purse_id = new_id()
    values: dict[str, object] = {
        "id": purse_id,
        "seller_id": seller_id,
        "keeper": keeper.actor,
        "keeper_name": keeper.name,
        "float_vnd": check_vnd(float_vnd, least=0),
        "since_ms": _last_count_ms(session, seller_id, keeper.actor),
        "opened_ms": clock.now_ms(),
        "note": "",
    }
    if not insert_new(session, Purse, values):
        raise PurseOpen()
    return purse_id


def move(session: Session, seller_id: str, purse_id: str, what: Move) -> None:
    """Put cash into an open purse by hand, or take it out: more change, to the bank, to the till.

    Raises:
        PurseTooSmall: more is taken out than must lie in it. PurseClosed: it was counted.
        BadAmount: it is nothing. NotFound: it is not this seller's.
    """
    row = _open(session, seller_id, purse_id)
    check_vnd(what.amount_vnd, least=1)
    lies_vnd = _facts(session, row).expected_vnd
    if what.kind == OUT and what.amount_vnd > lies_vnd:
        raise PurseTooSmall(format_vnd(lies_vnd))
    session.add(
        PurseMove(
            purse_id=row.id,
            seller_id=seller_id,
            kind=what.kind,
            amount_vnd=what.amount_vnd,
            note=what.note,
            at_ms=clock.now_ms(),
        )
    )
    session.flush()


def close(
    session: Session, seller_id: str, purse_id: str, counted_vnd: int, note: str
) -> PurseFacts:
    """Close a purse with what was counted; what was expected stays written beside it, and `note`.

    Raises:
        PurseClosed: it was counted before. NotFound: it is not this seller's. BadAmount: below nothing.
    """
    row = _open(session, seller_id, purse_id)
    closed_ms = clock.now_ms()
    row.expected_vnd = _facts(session, row, closed_ms).expected_vnd
    row.counted_vnd = check_vnd(counted_vnd, least=0)
    row.note, row.closed_ms = note, closed_ms
    session.flush()
    return _facts(session, row)


def mine(session: Session, seller_id: str, actor: str) -> PurseFacts | None:
    """The open purse of `actor` at the seller; None where there is none."""
    query = select(Purse).where(
        Purse.seller_id == seller_id, Purse.keeper == actor, Purse.closed_ms.is_(None)
    )
    row = session.scalars(query).one_or_none()
    return None if row is None else _facts(session, row)


def in_pocket_vnd(session: Session, seller_id: str, actor: str) -> int:
    """What `actor` took for orders since their last count, purse or none."""
    since_ms = _last_count_ms(session, seller_id, actor)
    return sum(one.amount_vnd for one in cash.taken_by(session, seller_id, actor, since_ms))


def of_seller(session: Session, seller_id: str, keeper: str = "") -> tuple[PurseFacts, ...]:
    """The seller's purses, those not counted yet first; with `keeper` (an actor) theirs alone."""
    query = select(Purse).where(Purse.seller_id == seller_id)
    if keeper:
        query = query.where(Purse.keeper == keeper)
    newest = query.order_by(Purse.closed_ms.is_not(None), Purse.opened_ms.desc(), Purse.id)
    return tuple(_facts(session, row) for row in session.scalars(newest.limit(_LATELY)).all())


def facts(session: Session, seller_id: str, purse_id: str) -> PurseFacts:
    """The purse `purse_id`. Raises NotFound where it is not this seller's."""
    return _facts(session, owned(session, Purse, purse_id, seller_id))


def _open(session: Session, seller_id: str, purse_id: str) -> Purse:
    row = owned(session, Purse, purse_id, seller_id)
    session.refresh(row, with_for_update=True)
    if row.closed_ms is not None:
        raise PurseClosed()
    return row


def _last_count_ms(session: Session, seller_id: str, actor: str) -> int:
    query = select(func.coalesce(func.max(Purse.closed_ms), 0)).where(
        Purse.seller_id == seller_id, Purse.keeper == actor
    )
    return session.scalar(query) or 0


def _facts(session: Session, row: Purse, until_ms: int | None = None) -> PurseFacts:
    query = select(PurseMove).where(PurseMove.purse_id == row.id)
    rows = session.scalars(query.order_by(PurseMove.at_ms.desc(), PurseMove.id)).all()
    moves = tuple(Move(one.kind, one.amount_vnd, one.note, one.at_ms) for one in rows)
    by_hand_vnd = sum(one.amount_vnd * (1 if one.kind == IN else -1) for one in moves)
    until = row.closed_ms if until_ms is None else until_ms
    taken = cash.taken_by(session, row.seller_id, row.keeper, row.since_ms, until)
    expected_vnd = row.float_vnd + by_hand_vnd + sum(one.amount_vnd for one in taken)
    return PurseFacts(
        id=row.id,
        keeper=row.keeper,
        keeper_name=row.keeper_name,
        float_vnd=row.float_vnd,
        opened_ms=row.opened_ms,
        closed_ms=row.closed_ms,
        counted_vnd=row.counted_vnd,
        expected_vnd=expected_vnd if row.expected_vnd is None else row.expected_vnd,
        note=row.note,
        taken=taken,
        moves=moves,
    )
