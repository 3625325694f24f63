"""The same work seen from the shelf: how much of each product to fetch, and what to take of each lot."""

from collections.abc import Iterable
from dataclasses import dataclass

from shop.packing.tasks import LotTake, Task, Thing


@dataclass(frozen=True)
class OfOrder:
    """What one order needs: `quantity` base units, for whom."""

    code: str
    name: str
    quantity: int


@dataclass(frozen=True)
class ToFetch:
    """All of one product: base units, packs by what they are called, lots to take them from, orders."""

    product_id: str
    name: str
    base_unit: str
    quantity: int
    packs: tuple[tuple[str, int], ...]
    takes: tuple[LotTake, ...]
    missing: int
    orders: tuple[OfOrder, ...]


@dataclass(frozen=True)
class FromLot:
    """What is to be taken of one lot of a product, and for which orders."""

    take: LotTake
    name: str
    base_unit: str
    orders: tuple[OfOrder, ...]


def by_product(tasks: Iterable[Task]) -> tuple[ToFetch, ...]:
    """What to fetch, by name; goods that still grow are left out."""
    found: dict[str, list[tuple[Task, Thing]]] = {}
    for task, thing in _each(tasks):
        found.setdefault(thing.product_id, []).append((task, thing))
    fetched = (_to_fetch(product_id, pairs) for product_id, pairs in found.items())
    return tuple(sorted(fetched, key=lambda one: (one.name, one.product_id)))


def by_lot(tasks: Iterable[Task]) -> tuple[FromLot, ...]:
    """What to take of each lot, by name and then as the lots have to leave the shelf."""
    found: dict[str, list[tuple[Task, Thing, LotTake]]] = {}
    for task, thing in _each(tasks):
        for take in thing.takes:
            found.setdefault(take.lot_id, []).append((task, thing, take))
    return tuple(sorted((_from_lot(some) for some in found.values()), key=_turn))


def _each(tasks: Iterable[Task]) -> Iterable[tuple[Task, Thing]]:
    return ((task, thing) for task in tasks for thing in task.things if not thing.ahead)


def _to_fetch(product_id: str, pairs: list[tuple[Task, Thing]]) -> ToFetch:
    first = pairs[0][1]
    packs: dict[str, int] = {}
    for _, thing in pairs:
        packs[thing.unit] = packs.get(thing.unit, 0) + thing.packs
    return ToFetch(
        product_id=product_id,
        name=first.name,
        base_unit=first.base_unit,
        quantity=sum(thing.quantity for _, thing in pairs),
        packs=tuple(sorted(packs.items())),
        takes=_summed(take for _, thing in pairs for take in thing.takes),
        missing=sum(thing.missing for _, thing in pairs),
        orders=_orders((task, thing.quantity) for task, thing in pairs),
    )


def _from_lot(some: list[tuple[Task, Thing, LotTake]]) -> FromLot:
    _, thing, _ = some[0]
    (take,) = _summed(take for _, _, take in some)
    orders = _orders((task, take.quantity) for task, _, take in some)
    return FromLot(take, thing.name, thing.base_unit, orders)


def _summed(takes: Iterable[LotTake]) -> tuple[LotTake, ...]:
    """One take for each lot, in the order they are first named."""
    sums: dict[str, LotTake] = {}
    for take in takes:
        known = sums.get(take.lot_id)
        quantity = take.quantity + (known.quantity if known else 0)
        sums[take.lot_id] = LotTake(
            take.lot_id, take.code, quantity, take.harvested_on, take.leaves_on
        )
    return tuple(sums.values())


def _orders(pairs: Iterable[tuple[Task, int]]) -> tuple[OfOrder, ...]:
    sums: dict[str, OfOrder] = {}
    for task, quantity in pairs:
        code = task.order.code
        more = quantity + (sums[code].quantity if code in sums else 0)
        sums[code] = OfOrder(code, task.order.name, more)
    return tuple(sums.values())


def _turn(one: FromLot) -> tuple[str, bool, str, str]:
    leaves = one.take.leaves_on
    return one.name, leaves is None, str(leaves), one.take.code
