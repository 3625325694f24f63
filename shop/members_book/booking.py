"""A sale or an intake is worked out anew from its facts, and the book is brought to it.

Called whenever a fact changed (goods packed, gone, back; money come or owed back). May run twice and in any
order: what stands in the book is read, and only the difference is written. Refuses cooperatives that keep
no book.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog.growers import holders
from catalog.lots import sources
from catalog.lots.sources import Intake
from catalog.pricing import weighed_amount_vnd
from core.quantity import BaseUnit
from payments.payouts import book
from payments.payouts.book import Standing
from shop.members_book import sales, shares, terms
from shop.members_book.models import SaleShare
from shop.members_book.sales import Part, Sale
from shop.members_book.shares import OWN
from shop.members_book.terms import BOUGHT_AT_INTAKE, Terms
from shop.models import Order
from shop.ordering.order_facts import reference_of

BOOK = "book"
"""Who writes what follows from facts alone."""
KILO = 1000


@dataclass(frozen=True)
class _Share:
    """What one member has of one part of a line: now, and once all its money is there."""

    part: Part
    member_id: str
    quantity: int
    earned_vnd: int
    whole_vnd: int


def payee_of(member_id: str) -> str:
    """What the payees' book knows a member by."""
    return f"member:{member_id}"


def member_in(payee: str) -> str:
    """The member behind a payee's name."""
    return payee.removeprefix("member:")


def names_of(session: Session, seller_id: str, payees: Collection[str]) -> dict[str, str]:
    """The names of those among `payees` that are members of the seller, for the ledger's pages."""
    known = holders.named(session, seller_id, {member_in(payee) for payee in payees})
    return {payee_of(id_): one.name for id_, one in known.items() if payee_of(id_) in payees}


def intake_reference(lot_id: str) -> str:
    """What the payees' book knows a weighed-in lot by."""
    return f"intake:{lot_id}"


def settle_order(session: Session, code: str) -> None:
    """Bring the book to what the order `code` comes to now; nothing where its seller keeps no book."""
    query = select(Order).where(Order.code == code).with_for_update()
    order = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if order is None:
        return
    rules = terms.of_seller(session, order.seller_id)
    if not rules.modes:
        return
    sale = sales.of_order(session, order, rules)
    found = _shares(sale)
    _replace(session, order, sale, found)
    _book_sale(session, order, found, rules)


def settle_intakes(session: Session, seller_id: str) -> None:
    """Bring the book to what was weighed in: each slip its weight at its grade's price, once.

    The seller's terms are locked, so that two at once do not write one slip's difference twice.
    """
    terms.lock(session, seller_id)
    rules = terms.of_seller(session, seller_id)
    if any(one.value == BOUGHT_AT_INTAKE for one in rules.modes):
        done = book.references(session, seller_id, "intake")
        for slip in sources.intakes(session, seller_id):
            if intake_reference(slip.lot_id) not in done:
                _book_intake(session, seller_id, slip, rules)


def settle_all(session: Session, seller_id: str) -> None:
    """Bring the book to every intake and every order of a seller: when its rules were set."""
    settle_intakes(session, seller_id)
    query = select(Order.code).where(Order.seller_id == seller_id, Order.packed_ms.is_not(None))
    for code in session.scalars(query.order_by(Order.code)).all():
        settle_order(session, code)


def intake_vnd(slip: Intake, rules: Terms) -> int | None:
    """What a slip comes to, half up to the đồng; None: not bought at intake, or no price yet."""
    if rules.mode_at(slip.at_ms) != BOUGHT_AT_INTAKE:
        return None
    price = rules.price_at(slip.product_id, slip.grade, slip.at_ms)
    if price is None:
        return None
    size = 1 if slip.base_unit == BaseUnit.PIECE else KILO
    return weighed_amount_vnd(price, size, slip.quantity)


def _book_intake(session: Session, seller_id: str, slip: Intake, rules: Terms) -> None:
    name = slip.product_name
    standing = Standing(
        seller_id,
        payee_of(slip.member_id),
        intake_reference(slip.lot_id),
        "intake",
        intake_vnd(slip, rules) or 0,
        f"{name} · {slip.grade}" if slip.grade else name,
        slip.at_ms,
    )
    book.bring_to(session, standing, BOOK)


def _shares(sale: Sale) -> list[_Share]:
    found = []
    for part, earned_vnd, whole_vnd in zip(
        sale.parts, sale.earned_vnd, sale.whole_vnd, strict=True
    ):
        earned = shares.split(earned_vnd, part.stayed)
        whole = shares.split(whole_vnd, part.stayed)
        much = shares.quantities(part.stayed)
        found += [
            _Share(part, member, much[member], earned.get(member, 0), whole.get(member, 0))
            for member in sorted(much)
            if member != OWN
        ]
    return found


def _replace(session: Session, order: Order, sale: Sale, found: list[_Share]) -> None:
    session.execute(delete(SaleShare).where(SaleShare.order_code == order.code))
    session.add_all(
        SaleShare(
            line_id=one.part.line_id,
            position=one.part.position,
            member_id=one.member_id,
            order_code=order.code,
            seller_id=order.seller_id,
            name=one.part.name,
            base_unit=one.part.base_unit,
            quantity=one.quantity,
            gone=sale.gone,
            earned_vnd=one.earned_vnd,
            whole_vnd=max(one.earned_vnd, one.whole_vnd),
        )
        for one in found
    )
    session.flush()


def _book_sale(session: Session, order: Order, found: list[_Share], rules: Terms) -> None:
    """Bring each member's part to what it is now, and to nothing where they have none any more."""
    reference = reference_of(order.code)
    gross: Counter[str] = Counter()
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in found:
        gross[payee_of(one.member_id)] += one.earned_vnd
        names[payee_of(one.member_id)][one.part.name] = None
    before = book.of_reference(session, order.seller_id, reference)
    rates = rules.rates_at(order.handed_over_ms or order.placed_ms)
    rates |= {kind: rates.get(kind, 0) for _payee, kind in before if kind != "sale"}
    for payee in sorted({*gross, *(payee for payee, _kind in before)}):
        kept = shares.deductions(gross[payee], [*rates.values()])
        for kind, vnd in (
            ("sale", gross[payee]),
            *zip(rates, (-taken for taken in kept), strict=True),
        ):
            what = ", ".join(names[payee])
            day_ms = order.handed_over_ms or 0
            standing = Standing(order.seller_id, payee, reference, kind, vnd, what, day_ms)
            book.bring_to(session, standing, BOOK)
