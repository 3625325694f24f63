"""Facts of a sale day, counted. Pure: the same facts give the same report, in whatever order they come.

The parts of each group sum to what was paid for. What each figure means stands in `definitions`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from core.splitting import largest_remainder
from livestream.figures.report_facts import Facts, Report, Row
from shop.figures.sale_facts import (
    IN_PROVINCE,
    ON_TIME,
    OUTSIDE,
    UNKNOWN,
    WAITING,
    SoldOrder,
    SoldPart,
)

_PER_MILLE = 1000
_AMOUNTS = {"grams": "g", "millilitres": "ml", "pieces": "piece"}


def report(facts: Facts) -> Report:
    """Every figure and group of `facts`."""
    paid = [order for order in facts.orders if order.paid]
    values: dict[str, int | None] = {
        "viewers": facts.viewers,
        "claims": sum(one.claims for one in facts.claimed),
        "claimed_packs": sum(one.packs for one in facts.claimed),
        "claimed_vnd": sum(one.vnd for one in facts.claimed),
        **_sums("ordered", facts.orders),
        **_sums("paid", paid),
        **_amounts(paid),
        **_buyers(paid),
        **_money(paid),
        **_refused(facts.orders),
        **_complaints(facts),
        "declared_vnd": sum(one.vnd for one in facts.declared),
    }
    declared = facts.declared
    return Report(facts.sellers, values, _groups(facts, paid), declared)


def cashless(bank_vnd: int, cash_vnd: int) -> int | None:
    """How many of a thousand đồng came by bank, half up; None where none came."""
    whole = bank_vnd + cash_vnd
    return (2 * _PER_MILLE * bank_vnd + whole) // (2 * whole) if whole else None


def _sums(stage: str, orders: Iterable[SoldOrder]) -> dict[str, int | None]:
    some = list(orders)
    return {
        f"{stage}_orders": len(some),
        f"{stage}_packs": sum(order.packs for order in some),
        f"{stage}_vnd": sum(order.goods_vnd for order in some),
    }


def _amounts(paid: Iterable[SoldOrder]) -> dict[str, int | None]:
    much = Counter[str]()
    for order in paid:
        for part in order.parts:
            much[part.base_unit] += part.quantity
    return {key: much[unit] for key, unit in _AMOUNTS.items()}


def _buyers(paid: Iterable[SoldOrder]) -> dict[str, int | None]:
    """Each buyer once, by where the first of their orders that says so goes."""
    goes: dict[str, str] = {}
    for order in sorted(paid, key=lambda one: (one.placed_ms, one.code)):
        if goes.get(order.buyer, UNKNOWN) == UNKNOWN:
            goes[order.buyer] = order.goes
    where = Counter(goes.values())
    return {
        "buyers": len(goes),
        "buyers_in": where[IN_PROVINCE],
        "buyers_out": where[OUTSIDE],
        "buyers_unknown": where[UNKNOWN],
    }


def _money(paid: Iterable[SoldOrder]) -> dict[str, int | None]:
    money = list(paid)
    bank_vnd, cash_vnd = sum(one.bank_vnd for one in money), sum(one.cash_vnd for one in money)
    return {
        "bank_vnd": bank_vnd,
        "cash_vnd": cash_vnd,
        "cashless": cashless(bank_vnd, cash_vnd),
        "refunds": sum(one.back_vnd > 0 for one in money),
        "refund_vnd": sum(one.back_vnd for one in money),
    }


def _refused(orders: Iterable[SoldOrder]) -> dict[str, int | None]:
    refused = [order for order in orders if order.state == "refused"]
    return {
        "refused_orders": len(refused),
        "refused_vnd": sum(order.goods_vnd for order in refused),
    }


def _complaints(facts: Facts) -> dict[str, int | None]:
    how = Counter(one.answered for one in facts.complaints)
    return {
        "complaints": len(facts.complaints),
        "complaints_on_time": how[ON_TIME],
        "complaints_waiting": how[WAITING],
    }


def _groups(facts: Facts, paid: list[SoldOrder]) -> dict[str, tuple[Row, ...]]:
    by_seller: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_commune: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_paper: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for order in paid:
        for part in order.parts:
            _add(by_seller[order.seller_id], _grams(part), part.amount_vnd)
            _add(by_paper["+".join(part.papers)], _grams(part), part.amount_vnd)
            for code, grams, vnd in _grown(part):
                _add(by_commune[code], grams, vnd)
    for seller_id, _name in facts.sellers:
        by_seller[seller_id] += Counter()
    return {
        "seller": _rows(by_seller),
        "commune": _rows(by_commune),
        "paper": _rows(by_paper),
    }


def _add(sums: Counter[str], grams: int, vnd: int) -> None:
    sums["grams"] += grams
    sums["vnd"] += vnd


def _grams(part: SoldPart) -> int:
    return part.quantity if part.base_unit == "g" else 0


def _grown(part: SoldPart) -> list[tuple[str, int, int]]:
    """The communes of a part, with the grams and đồng that fall to each; they sum to the part's."""
    weights = [weight for _, weight in part.communes]
    grams = largest_remainder(_grams(part), weights)
    vnd = largest_remainder(part.amount_vnd, weights)
    return [
        (code, *both)
        for (code, _), both in zip(part.communes, zip(grams, vnd, strict=True), strict=True)
    ]


def _rows(sums: dict[str, Counter[str]]) -> tuple[Row, ...]:
    """The most đồng first; what has no name last."""
    rows = [Row(key, one["grams"], one["vnd"]) for key, one in sums.items()]
    return tuple(sorted(rows, key=lambda row: (not row.key, -row.vnd, row.key)))
