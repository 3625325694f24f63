"""What a manager might ask for goods that come near their best-before day: a rule proposes, a person decides.

A rule says how much to take off so many days before. What it is taken off is the price that held when the
first rule of the product began to speak, so that an accepted proposal is not made cheaper again by itself.
Refuses to change a price: accepting one is `catalog.prices.set_price`, like any other change.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from catalog import price_history, prices
from catalog.models import FreshnessRule, Listing, Lot, LotStock, Product
from catalog.pricing import discounted_vnd
from core import clock
from core.db import owned
from core.errors import N_, BadRequest, DomainError

MOST_RULES = 5
MOST_DAYS = 365
MOST_OFF = 90
_MOST_SHOWN = 20


class TooManyRules(DomainError):
    """Five rules of this product are set already."""

    code = "too_many_rules"
    status = 409
    message = N_("Món này đã có 5 mức giảm. Bạn bỏ bớt một mức rồi thêm lại nhé.")


@dataclass(frozen=True, order=True)
class Rule:
    """From `days` before the best-before day on, propose `percent_off`."""

    days: int
    percent_off: int


@dataclass(frozen=True)
class Proposal:
    """Goods near their day and a price for them: đồng per pack of `listing_id`, now and proposed."""

    listing_id: str
    name: str
    lot_id: str
    lot_code: str
    best_before: date
    days_left: int
    percent_off: int
    now_vnd: int
    proposed_vnd: int


def rules_of(session: Session, product_id: str) -> tuple[Rule, ...]:
    """What the manager set for a product, the last days first."""
    query = select(FreshnessRule).where(FreshnessRule.product_id == product_id)
    rows = session.scalars(query.order_by(FreshnessRule.days))
    return tuple(Rule(row.days, row.percent_off) for row in rows)


def set_rule(session: Session, seller_id: str, product_id: str, rule: Rule) -> None:
    """Have proposals made by `rule`; one for the same days is replaced.

    Raises:
        NotFound: the product is not this seller's. BadRequest: days not 0–365, percent not 1–90.
        TooManyRules: five are set already.
    """
    owned(session, Product, product_id, seller_id)
    if not 0 <= rule.days <= MOST_DAYS:
        raise BadRequest(field="days")
    if not 0 < rule.percent_off <= MOST_OFF:
        raise BadRequest(field="percent_off")
    others = [one for one in rules_of(session, product_id) if one.days != rule.days]
    if len(others) >= MOST_RULES:
        raise TooManyRules()
    session.merge(
        FreshnessRule(
            product_id=product_id,
            days=rule.days,
            seller_id=seller_id,
            percent_off=rule.percent_off,
        )
    )
    session.flush()


def remove_rule(session: Session, seller_id: str, product_id: str, days: int) -> None:
    """Forget the rule for so many days, set or not.

    Raises:
        NotFound: the product is not this seller's.
    """
    owned(session, Product, product_id, seller_id)
    session.execute(
        delete(FreshnessRule)
        .where(FreshnessRule.product_id == product_id, FreshnessRule.days == days)
        .execution_options(synchronize_session=False)
    )


def proposals(session: Session, seller_id: str) -> tuple[Proposal, ...]:
    """What the rules say today of lots that are for sale, the nearest day first (at most 20).

    A listing that costs no more than its proposal, or is hidden, or is a set, has none. Four queries.
    """
    rules = _rules(session, seller_id)
    near = _near(session, seller_id, rules)
    if not near:
        return ()
    since_ms = {product_id: goods.since_ms for product_id, goods in near.items()}
    before = price_history.held_at(session, seller_id, since_ms)
    found = [
        _proposal(
            listing, name, near[listing.product_id], (now_vnd, before.get(listing.id, now_vnd))
        )
        for listing, name, now_vnd in _offered(session, near)
    ]
    dear = (one for one in found if one.proposed_vnd < one.now_vnd)
    ordered = sorted(dear, key=lambda one: (one.days_left, one.name, one.listing_id))
    return tuple(ordered[:_MOST_SHOWN])


@dataclass(frozen=True)
class _Near:
    """The lot of a product that goes first, what its rule takes off, and when the first rule began."""

    lot: Lot
    days_left: int
    percent_off: int
    since_ms: int


def _rules(session: Session, seller_id: str) -> dict[str, list[Rule]]:
    query = select(FreshnessRule).where(FreshnessRule.seller_id == seller_id)
    found: dict[str, list[Rule]] = defaultdict(list)
    for row in session.scalars(query.order_by(FreshnessRule.days)):
        found[row.product_id].append(Rule(row.days, row.percent_off))
    return found


def _near(session: Session, seller_id: str, rules: Mapping[str, list[Rule]]) -> dict[str, _Near]:
    """The goods some rule speaks of today, by product."""
    found: dict[str, _Near] = {}
    today = clock.today()
    for lot in _lots(session, seller_id, rules):
        assert lot.best_before is not None  # asked for
        left = (lot.best_before - today).days
        speaking = [rule for rule in rules[lot.product_id] if left <= rule.days]
        if lot.product_id in found or not speaking:
            continue
        began = lot.best_before - timedelta(days=rules[lot.product_id][-1].days)
        found[lot.product_id] = _Near(lot, left, speaking[0].percent_off, clock.midnight_ms(began))
    return found


def _lots(session: Session, seller_id: str, product_ids: Iterable[str]) -> Sequence[Lot]:
    """Lots for sale with something left of them, the nearest day first."""
    lying = select(func.sum(LotStock.quantity)).where(LotStock.lot_id == Lot.id)
    query = select(Lot).where(
        Lot.seller_id == seller_id,
        Lot.product_id.in_(list(product_ids)),
        Lot.state == "available",
        Lot.best_before >= clock.today(),
        lying.correlate(Lot).scalar_subquery() > 0,
    )
    return session.scalars(query.order_by(Lot.best_before, Lot.id)).all()


def _offered(session: Session, near: Mapping[str, _Near]) -> Sequence[tuple[Listing, str, int]]:
    """The listings on sale of those goods with the product's name and what a pack costs now."""
    due = prices.due_vnd(clock.now_ms()).label("due_vnd")
    query = (
        select(Listing, Product.name, due)
        .join(Product, Product.id == Listing.product_id)
        .where(
            Listing.product_id.in_(list(near)),
            Listing.state == "on_sale",
            Listing.is_combo.is_(False),
        )
    )
    return [
        (row.Listing, row.name, row.due_vnd or row.Listing.price_vnd)
        for row in session.execute(query)
    ]


def _proposal(listing: Listing, name: str, goods: _Near, costs_vnd: tuple[int, int]) -> Proposal:
    """`costs_vnd`: what a pack costs now, and what it cost before any rule spoke."""
    assert goods.lot.best_before is not None
    return Proposal(
        listing_id=listing.id,
        name=name,
        lot_id=goods.lot.id,
        lot_code=goods.lot.code,
        best_before=goods.lot.best_before,
        days_left=goods.days_left,
        percent_off=goods.percent_off,
        now_vnd=costs_vnd[0],
        proposed_vnd=discounted_vnd(costs_vnd[1], goods.percent_off),
    )
