"""What of an order's money goes back, its sums on top included: the same for buyer, desk and receipt."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.qr.banks import by_name
from payments.refunds import buyers_account, owed
from payments.refunds.account_rules import Account
from payments.refunds.buyers_account import Masked
from payments.refunds.owed import Owed, RefundFacts
from payments.surplus import choices, credits, moving
from shop.cases import granted
from shop.models import Order, OrderTopup
from shop.ordering import order_facts
from shop.ordering.balance import TOPUP
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.states import BROUGHT_BACK, CANCELLED


@dataclass(frozen=True)
class MoneyBack:
    """What goes back of one order, over all its payments; nothing does where `owed_vnd` is 0."""

    of: tuple[Owed, ...] = ()

    @property
    def owed_vnd(self) -> int:
        """All that goes back, what came back already counted in."""
        return sum(one.owed_vnd for one in self.of)

    @property
    def proved_vnd(self) -> int:
        """What went back by the bank's word."""
        return sum(one.proved_vnd for one in self.of)

    @property
    def still_vnd(self) -> int:
        """What the buyer waits for."""
        return self.owed_vnd - self.proved_vnd

    @property
    def refunds(self) -> tuple[RefundFacts, ...]:
        """Every refund that was begun, the oldest first."""
        found = (refund for one in self.of for refund in one.refunds)
        return tuple(sorted(found, key=lambda refund: (refund.begun_ms, refund.id)))

    @property
    def account(self) -> Masked | None:
        """The account given last; None while the buyer gave none."""
        given = [one.account for one in self.of if one.account is not None]
        return max(given, key=lambda account: account.at_ms) if given else None

    @property
    def by_hand(self) -> bool:
        """Whether the seller transfers some of what is waited for; the rest goes back to the card."""
        return any(one.by_hand and one.still_vnd for one in self.of)

    @property
    def needs_account(self) -> bool:
        """Whether something waits for the buyer to say where to send it."""
        return any(one.by_hand and one.still_vnd and one.account is None for one in self.of)

    @property
    def changes_account(self) -> bool:
        """Whether the buyer may give an account, or another one, now."""
        return any(one.changes_account for one in self.of)

    @property
    def came_back(self) -> bool:
        """Whether a transfer came back to the seller and nothing was sent since."""
        return bool(self.refunds) and self.refunds[-1].state == "returned"


@dataclass(frozen=True)
class DueRow:
    """One debt on the due list: the order it is of, and why (a word of `_why`).

    `wish` is what the buyer wants of money on top: `back`, `none` while they chose nothing, "" without any.
    """

    owed: Owed
    order: OrderFacts | None
    why: str
    wish: str = ""


@dataclass(frozen=True)
class Kept:
    """`left_vnd` đồng that the buyer of `order` keeps with its seller since `at_ms` (UTC)."""

    order: OrderFacts
    left_vnd: int
    at_ms: int


def of_order(session: Session, code: str) -> MoneyBack:
    """What of order `code` goes back."""
    return MoneyBack(owed.of_references(session, references_of(session, code)))


def references_of(session: Session, code: str) -> list[str]:
    """What order `code` was, or is, asked for under: its own payment's reference first, then sums on top."""
    topups = session.scalars(select(OrderTopup.code).where(OrderTopup.order_code == code))
    return [reference_of(code), *(TOPUP + topup for topup in topups)]


def give_account(session: Session, code: str, account: Account, actor: str) -> None:
    """Have all that still goes back of order `code` go to `account`; raises as `buyers_account.give`."""
    for one in of_order(session, code).of:
        if one.still_vnd and one.by_hand:
            buyers_account.give(session, one.reference, account, actor)


def due_list(session: Session, seller_id: str) -> tuple[DueRow, ...]:
    """All that the seller still owes buyers, the oldest debt first."""
    debts = owed.of_seller(session, seller_id)
    orders = _orders(session, [one.reference for one in debts])
    return tuple(_row(session, one, orders.get(one.reference)) for one in debts)


def kept(session: Session, seller_id: str) -> tuple[Kept, ...]:
    """What buyers keep with the seller for their next orders, the oldest first."""
    found = credits.of_seller(session, seller_id)
    orders = _orders(session, [one.reference for one in found])
    return tuple(
        Kept(orders[one.reference], one.left_vnd, one.at_ms)
        for one in found
        if one.reference in orders
    )


def due_row(session: Session, seller_id: str, reference: str) -> DueRow | None:
    """One payment of the seller with what goes back of it; None where nothing does."""
    found = _orders(session, [reference]).get(reference)
    debts = owed.of_references(session, [reference])
    if not debts or (found is not None and found.seller_id != seller_id):
        return None
    return _row(session, debts[0], found)


def order_of(session: Session, seller_id: str, reference: str) -> OrderFacts | None:
    """The seller's order behind a payment's reference, if there is one."""
    found = order_behind(session, reference)
    return found if found is not None and found.seller_id == seller_id else None


def order_behind(session: Session, reference: str) -> OrderFacts | None:
    """The order behind a payment's reference, whoever sells, if there is one: to tell its buyer."""
    return _orders(session, [reference]).get(reference)


def still_vnd(session: Session, orders: Sequence[OrderFacts]) -> dict[str, int]:
    """What is still owed back of each of these orders' own payments, by code; absent where nothing is."""
    references = {reference_of(order.code): order.code for order in orders}
    return {references[ref]: vnd for ref, vnd in owed.still_vnd(session, references).items()}


def banks() -> tuple[tuple[str, str], ...]:
    """Every bank an account may be at: (BIN, name), by name."""
    return tuple((bank.bin, bank.short_name) for bank in by_name())


def _orders(session: Session, references: Sequence[str]) -> dict[str, OrderFacts]:
    """The orders behind references, of their own payments and of sums on top."""
    topups = [ref.removeprefix(TOPUP) for ref in references if ref.startswith(TOPUP)]
    query = select(OrderTopup.code, OrderTopup.order_code).where(OrderTopup.code.in_(topups))
    codes = {TOPUP + code: order_code for code, order_code in session.execute(query)}
    for reference in references:
        code = order_facts.code_in(reference)
        if code is not None:
            codes[reference] = code
    rows = session.scalars(select(Order).where(Order.code.in_(set(codes.values())))).all()
    facts = {one.code: one for one in order_facts.facts_of_rows(session, rows)}
    return {reference: facts[code] for reference, code in codes.items() if code in facts}


def _row(session: Session, debt: Owed, order: OrderFacts | None) -> DueRow:
    return DueRow(debt, order, _why(session, debt, order), _wish(session, debt))


def _wish(session: Session, debt: Owed) -> str:
    if not moving.free_vnd(session, debt.reference):
        return ""
    chosen = choices.of_references(session, [debt.reference])
    return "back" if chosen and chosen[-1].kind == moving.REFUND else "none"


def _why(session: Session, debt: Owed, order: OrderFacts | None) -> str:
    """The first reason a person would name; `refund_parts.html` has the words."""
    if order is None or (debt.left_extra_vnd and not debt.left_paid_vnd):
        return "extra"
    if order.refund_due:
        return {CANCELLED: "cancelled"}.get(
            order.state, "came_back" if order.state in BROUGHT_BACK else "late"
        )
    if order.cut_refund_vnd:
        return "weight" if any(line.weighed for line in order.lines) else "less"
    return "case" if granted.of_order_vnd(session, order.code) else "given"
