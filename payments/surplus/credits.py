"""Credit that buyers keep with a seller: how much is left, used for a payment, wanted back.

It is money the bank told of, so using it places those very đồng: the receipt names their transfer. What is
left of a credit is lessened by one guarded statement. Refuses to lend: no credit goes below nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from core import clock
from core.db import changed
from core.ids import new_id
from payments import settle
from payments.desk.desk_rules import Share
from payments.models import BankLine, Payment
from payments.states import OPEN, Account
from payments.surplus import moving
from payments.surplus.models import StoreCredit, SurplusChoice
from payments.surplus.rules import OnTop
from payments.surplus.surplus_errors import AsksNothing, NoCredit


@dataclass(frozen=True)
class CreditFacts:
    """What one buyer has left of one credit; `reference` is the payment it was on top of, `at_ms` UTC."""

    id: str
    reference: str
    holder: str
    device: str | None
    amount_vnd: int
    left_vnd: int
    at_ms: int


def of_holder(session: Session, seller_id: str, holder: str) -> tuple[CreditFacts, ...]:
    """What the holder has left with a seller, the oldest first."""
    query = _left(seller_id).where(StoreCredit.holder == holder)
    return tuple(_facts(*row) for row in session.execute(query))


def of_seller(session: Session, seller_id: str) -> tuple[CreditFacts, ...]:
    """All that buyers have left with a seller, the oldest first; some 200."""
    return tuple(_facts(*row) for row in session.execute(_left(seller_id).limit(200)))


def spend(
    session: Session, seller_id: str, ids: Collection[str], to_reference: str, actor: str
) -> int:
    """Pay with these credits what `to_reference` still asks for, as far as they go; returns the đồng.

    Preconditions: the caller has made sure whose they are.

    Raises:
        AsksNothing: it asks for no money. NoCredit: nothing is left. NotFound: not the seller's.
    """
    other_id = moving.of_seller(session, seller_id, to_reference)
    rows = _locked(session, seller_id, ids)
    moving.lock_payments(session, [row.bank_line_id for row in rows], other_id)
    other = settle.locked(session, other_id)
    if other.state not in OPEN:
        raise AsksNothing()
    spent_vnd = 0
    for row in rows:
        vnd = min(row.left_vnd, other.amount_vnd - other.paid_vnd)
        if vnd:
            _use(session, row, Share(vnd, other.id), actor)
            spent_vnd += vnd
    if not spent_vnd:
        raise NoCredit()
    return spent_vnd


def want_back(session: Session, seller_id: str, ids: Collection[str], actor: str) -> int:
    """Let what is left of these credits be on top of their payments again: owed back. Returns the đồng.

    Raises NoCredit: nothing is left.
    """
    rows = [row for row in _locked(session, seller_id, ids) if row.left_vnd]
    if not rows:
        raise NoCredit()
    moving.lock_payments(session, [row.bank_line_id for row in rows])
    back_vnd = sum(row.left_vnd for row in rows)
    for row in rows:
        _use(session, row, Share(row.left_vnd, row.payment_id), actor)
    return back_vnd


def _left(seller_id: str) -> Select[StoreCredit, str]:
    return (
        select(StoreCredit, Payment.reference)
        .join(Payment, Payment.id == StoreCredit.payment_id)
        .where(StoreCredit.seller_id == seller_id, StoreCredit.left_vnd > 0)
        .order_by(StoreCredit.at_ms, StoreCredit.id)
    )


def _facts(row: StoreCredit, reference: str) -> CreditFacts:
    sums = row.amount_vnd, row.left_vnd
    return CreditFacts(row.id, reference, row.holder, row.device, *sums, row.at_ms)


def _locked(session: Session, seller_id: str, ids: Collection[str]) -> list[StoreCredit]:
    """The credits as they stand now, their lines ours, then they."""
    own = select(StoreCredit).where(StoreCredit.seller_id == seller_id, StoreCredit.id.in_(ids))
    moving.lock_lines(session, [row.bank_line_id for row in session.scalars(own)])
    query = own.order_by(StoreCredit.at_ms, StoreCredit.id).with_for_update()
    fresh = {"populate_existing": True}
    return list(session.scalars(query, execution_options=fresh).all())


def _use(session: Session, row: StoreCredit, target: Share, actor: str) -> None:
    """Take the target's sum out of a credit, and place those đồng there."""
    _guard(session, row, target.amount_vnd)
    kind = moving.BACK if target.payment_id == row.payment_id else moving.SPENT
    line = session.get_one(BankLine, row.bank_line_id)
    part = OnTop(line.at_ms, line.reference, line.id, target.amount_vnd)
    source = Share(target.amount_vnd, None, Account.STORE_CREDIT)
    moving.move(session, actor, kind, (part, source, target))
    choice = SurplusChoice(
        id=new_id(),
        seller_id=row.seller_id,
        payment_id=row.payment_id,
        bank_line_id=row.bank_line_id,
        to_payment_id=target.payment_id if kind == moving.SPENT else None,
        kind=kind,
        amount_vnd=target.amount_vnd,
        actor=actor,
        at_ms=clock.now_ms(),
    )
    session.add(choice)
    session.flush()


def _guard(session: Session, row: StoreCredit, amount_vnd: int) -> None:
    """Have that much less left of a credit, if it is there: the guard, in one statement."""
    session.flush()
    left = StoreCredit.left_vnd - amount_vnd >= 0
    less = update(StoreCredit).where(StoreCredit.id == row.id, left)
    if not changed(session, less.values(left_vnd=StoreCredit.left_vnd - amount_vnd)):
        raise NoCredit()
    session.refresh(row, ["left_vnd"])
