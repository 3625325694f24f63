"""Where goods went and where they came from, through any number of poolings and processings.

Why: a recall has to find every buyer, and a member is paid for what became of their leaf. Refuses to know
who a holder is (an opaque name) and to round anything away: shares always sum to what was made.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from catalog.lots.sharing import passed_on
from catalog.models import Lot, LotBinding, LotParent, Movement
from core.db import owned
from core.splitting import largest_remainder

NOBODY = ""
"""Whose goods are that no member brought: in `member_shares`, the seller's own."""
_MADE = ("receive", "produce", "returned")


@dataclass(frozen=True)
class HolderOf:
    """Somebody who was served from a lot: `quantity` base units of it, handed over if `shipped`.

    `share` of them come from the lot that was asked about. What was brought back is not in it.
    """

    holder: str
    lot_id: str
    quantity: int
    share: int
    shipped: bool


@dataclass(frozen=True)
class _Tie:
    parent_id: str
    child_id: str
    share: int


def descendants(session: Session, seller_id: str, lot_id: str) -> tuple[str, ...]:
    """Every lot that goods of this one went into, each after those it was made from; not the lot itself.

    Raises:
        NotFound: the lot is not this seller's.
    """
    owned(session, Lot, lot_id, seller_id)
    return tuple(_in_order(lot_id, _below(session, lot_id))[1:])


def ancestors(session: Session, seller_id: str, lot_id: str) -> tuple[str, ...]:
    """Every lot this one was made from, each after what was made of it; not the lot itself.

    Raises:
        NotFound: the lot is not this seller's.
    """
    owned(session, Lot, lot_id, seller_id)
    ties = _above(session, lot_id)
    turned = [_Tie(tie.child_id, tie.parent_id, tie.share) for tie in ties]
    return tuple(_in_order(lot_id, turned)[1:])


def holders(session: Session, seller_id: str, lot_id: str) -> tuple[HolderOf, ...]:
    """Everybody who has, or is to get, goods of a lot or of what it went into; by holder, then lot.

    `share` is exact over all of them: with what nobody has, the shares in a lot sum to what it owes to
    the lot asked about. Bound and handed-over goods of one holder are two entries.

    Raises:
        NotFound: the lot is not this seller's.
    """
    owned(session, Lot, lot_id, seller_id)
    ties = _below(session, lot_id)
    family = _in_order(lot_id, ties)
    made = _made(session, family)
    owed = _owed(lot_id, family, ties, made)
    served = _served(session, family)
    found = [
        holder
        for id_ in family
        for holder in _holders_of(id_, served[id_], made.get(id_, 0), owed[id_])
    ]
    return tuple(sorted(found, key=lambda one: (one.holder, one.lot_id, one.shipped)))


def member_shares(session: Session, lot_id: str) -> dict[str, int]:
    """How many base units of what the lot was made as are whose, by member id (`NOBODY`: no member's).

    They sum to what was received or produced as this lot. A lot that was never made (only counted) has
    one owner with one unit. The caller has checked whose the lot is.
    """
    ties = _above(session, lot_id)
    turned = [_Tie(tie.child_id, tie.parent_id, tie.share) for tie in ties]
    oldest_first = _in_order(lot_id, turned)[::-1]
    parents = _by_child(ties)
    made, members = _made(session, oldest_first), _members(session, oldest_first)
    owners: dict[str, dict[str, int]] = {}
    for id_ in oldest_first:
        if id_ in parents:
            owners[id_] = _summed(
                passed_on(tie.share, owners[tie.parent_id]) for tie in parents[id_]
            )
        else:
            owners[id_] = {members.get(id_) or NOBODY: made.get(id_) or 1}
    return owners[lot_id]


def handed_over(session: Session, lot_id: str, holder: str) -> int:
    """The base units of a lot that `holder` took away and has not brought back."""
    return _served(session, [lot_id])[lot_id][holder, True]


def out_of_house(session: Session, lot_ids: Collection[str]) -> dict[str, int]:
    """The base units of each lot that were handed to anybody and have not come back, whoever brought them."""
    served = _served(session, lot_ids)
    return {
        lot_id: sum(quantity for (_, shipped), quantity in served[lot_id].items() if shipped)
        for lot_id in lot_ids
    }


def _below(session: Session, lot_id: str) -> list[_Tie]:
    """All ties under a lot."""
    session.flush()
    seed = select(LotParent.child_id.label("id")).where(LotParent.parent_id == lot_id)
    reached = seed.cte("reached", recursive=True)
    further = select(LotParent.child_id).join(reached, LotParent.parent_id == reached.c.id)
    reached = reached.union(further)
    query = select(LotParent.parent_id, LotParent.child_id, LotParent.share)
    wanted = LotParent.child_id.in_(select(reached.c.id))
    inside = LotParent.parent_id.in_(select(reached.c.id)) | (LotParent.parent_id == lot_id)
    return [_Tie(*row) for row in session.execute(query.where(wanted, inside))]


def _above(session: Session, lot_id: str) -> list[_Tie]:
    """All ties over a lot."""
    session.flush()
    seed = select(LotParent.parent_id.label("id")).where(LotParent.child_id == lot_id)
    reached = seed.cte("reached", recursive=True)
    further = select(LotParent.parent_id).join(reached, LotParent.child_id == reached.c.id)
    reached = reached.union(further)
    query = select(LotParent.parent_id, LotParent.child_id, LotParent.share)
    wanted = LotParent.child_id.in_(select(reached.c.id)) | (LotParent.child_id == lot_id)
    return [_Tie(*row) for row in session.execute(query.where(wanted))]


def _in_order(first: str, ties: Iterable[_Tie]) -> list[str]:
    """`first` and all that hang under it, each after everything it hangs from."""
    children: defaultdict[str, list[str]] = defaultdict(list)
    waits_for: Counter[str] = Counter()
    for tie in sorted(ties, key=lambda tie: (tie.parent_id, tie.child_id)):
        children[tie.parent_id].append(tie.child_id)
        waits_for[tie.child_id] += 1
    ordered = [first]
    for id_ in ordered:
        for child in children[id_]:
            waits_for[child] -= 1
            if not waits_for[child]:
                ordered.append(child)
    return ordered


def _owed(
    lot_id: str, family: list[str], ties: Iterable[_Tie], made: dict[str, int]
) -> dict[str, int]:
    """How much of what each of the family was made as comes from `lot_id`."""
    parents = _by_child(ties)
    owed = {lot_id: made.get(lot_id, 0)}
    for id_ in family[1:]:
        owed[id_] = sum(
            _part(tie.share, owed[tie.parent_id], made.get(tie.parent_id, 0))
            for tie in parents[id_]
        )
    return owed


def _part(share: int, owed: int, made: int) -> int:
    """`share` in the proportion of `owed` to `made`, to the nearest base unit."""
    if not made:
        return share
    return largest_remainder(share, [owed, made - owed])[0]


def _holders_of(
    lot_id: str, served: Counter[tuple[str, bool]], made: int, owed: int
) -> list[HolderOf]:
    keys = sorted(key for key, quantity in served.items() if quantity > 0)
    if not keys:
        return []
    quantities = [served[key] for key in keys]
    nobodys = max(0, made - sum(quantities))
    shares = largest_remainder(owed, [*quantities, nobodys])
    return [
        HolderOf(holder, lot_id, quantity, share, shipped)
        for (holder, shipped), quantity, share in zip(keys, quantities, shares, strict=False)
    ]


def _served(
    session: Session, lot_ids: Collection[str]
) -> defaultdict[str, Counter[tuple[str, bool]]]:
    """For each lot, by holder and whether it was handed over: base units."""
    served: defaultdict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
    bound = (
        select(
            LotBinding.lot_id, LotBinding.holder, LotBinding.state, func.sum(LotBinding.quantity)
        )
        .where(LotBinding.lot_id.in_(lot_ids), LotBinding.state != "freed")
        .group_by(LotBinding.lot_id, LotBinding.holder, LotBinding.state)
    )
    for lot_id, holder, state, quantity in session.execute(bound):
        served[lot_id][holder, state == "shipped"] += quantity
    sold = (
        select(Movement.lot_id, Movement.holder, func.sum(Movement.quantity))
        .where(Movement.lot_id.in_(lot_ids), Movement.kind == "sell")
        .group_by(Movement.lot_id, Movement.holder)
    )
    for sold_lot, holder, quantity in session.execute(sold):
        served[str(sold_lot)][holder, True] -= quantity
    for lot_id, holder, quantity in session.execute(_brought_back(lot_ids)):
        served[lot_id][holder, True] -= quantity
    return served


def _brought_back(lot_ids: Collection[str]) -> Select[str, str, int]:
    """What came back of each lot, by who brought it ("" if unsaid): a lot of its own, made from it."""
    return (
        select(LotParent.parent_id, Movement.holder, func.sum(Movement.quantity))
        .join(LotParent, LotParent.child_id == Movement.lot_id)
        .where(LotParent.parent_id.in_(lot_ids), Movement.kind == "returned")
        .group_by(LotParent.parent_id, Movement.holder)
    )


def _made(session: Session, lot_ids: Collection[str]) -> dict[str, int]:
    query = (
        select(Movement.lot_id, func.sum(Movement.quantity))
        .where(Movement.lot_id.in_(lot_ids), Movement.kind.in_(_MADE))
        .group_by(Movement.lot_id)
    )
    return {str(lot_id): quantity for lot_id, quantity in session.execute(query)}


def _members(session: Session, lot_ids: Collection[str]) -> dict[str, str | None]:
    query = select(Lot.id, Lot.member_id).where(Lot.id.in_(lot_ids))
    return {row.id: row.member_id for row in session.execute(query)}


def _by_child(ties: Iterable[_Tie]) -> dict[str, list[_Tie]]:
    parents: dict[str, list[_Tie]] = {}
    for tie in ties:
        parents.setdefault(tie.child_id, []).append(tie)
    return parents


def _summed(parts: Iterable[dict[str, int]]) -> dict[str, int]:
    whole: Counter[str] = Counter()
    for part in parts:
        whole.update(part)
    return dict(whole)
