"""What came on top of a payment goes where its buyer wants it: onto another payment, or kept as credit.

Each move is a decision about the bank's lines (`desk.models`), so whatever is told later does not undo it.
One guarded statement on the payment's row lets no more go than is on top of it and not on its way back.
Refuses money of cash and cards: it has no line of the bank that could be shared out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core import clock
from core.db import changed
from core.errors import NotFound
from core.ids import new_id
from core.money import check_vnd
from payments import placing, settle
from payments.desk.desk_rules import Share
from payments.desk.models import LineDecision, LineShare
from payments.models import BankLine, MatchedPart, Payment
from payments.placing import Placed
from payments.refunds import sums
from payments.refunds.models import Refund
from payments.refunds.rules import GONE, Source
from payments.states import ON_TOP, OPEN, Account
from payments.surplus import rules
from payments.surplus.models import StoreCredit, SurplusChoice
from payments.surplus.rules import OnTop
from payments.surplus.surplus_errors import AsksNothing, NothingOnTop

REFUND, ORDER, CREDIT, SPENT, BACK = "refund", "order", "credit", "spent", "back"
_REASONS = {
    ORDER: "Khách chọn dùng phần chuyển thừa cho đơn khác",
    CREDIT: "Khách chọn để dành phần chuyển thừa",
    SPENT: "Khách dùng tiền để dành",
    BACK: "Khách chọn lấy lại tiền để dành",
}


@dataclass(frozen=True)
class Chosen:
    """Who (a login's actor) chose what of `amount_vnd` đồng on top of the payment of `reference`."""

    seller_id: str
    reference: str
    amount_vnd: int
    actor: str


@dataclass(frozen=True)
class Keeper:
    """Whose credit it is: opaque words of the caller's, `device` perhaps none."""

    holder: str
    device: str | None


def free_vnd(session: Session, reference: str) -> int:
    """Đồng on top of the payment of `reference` that its buyer may move now; 0 where none was opened."""
    query = select(Payment).where(Payment.reference == reference)
    found = session.scalars(query).one_or_none()
    return _free_vnd(session, found) if found else 0


def ask_back(session: Session, chosen: Chosen) -> None:
    """Note that the buyer wants it back: it is owed as before, and whoever pays reads of it.

    Raises NothingOnTop, NotFound.
    """
    payment = _locked(session, chosen)
    _check(session, payment, chosen.amount_vnd)
    session.add(_choice(chosen, payment.id, REFUND, chosen.amount_vnd))
    session.flush()


def put_on(session: Session, chosen: Chosen, to_reference: str) -> int:
    """Pay with it what `to_reference` still asks for, as far as it goes; returns the đồng that went.

    The other payment becomes what its facts say (settled, with its receipt, where it is filled).

    Raises:
        NothingOnTop: less is free than that. AsksNothing: the other payment asks for no money.
        NotFound: the seller has no such payment.
    """
    lines = _lock_lines(session, chosen.reference)
    other_id = of_seller(session, chosen.seller_id, to_reference)
    lock_payments(session, lines, other_id)
    payment, other = _locked(session, chosen), settle.locked(session, other_id)
    if other.state not in OPEN or other.id == payment.id:
        raise AsksNothing()
    amount_vnd = min(chosen.amount_vnd, other.amount_vnd - other.paid_vnd)
    target = Share(amount_vnd, other.id)
    for part in _take(session, payment, lines, amount_vnd):
        move(session, chosen.actor, ORDER, (part, Share(part.amount_vnd, payment.id), target))
        choice = _choice(chosen, payment.id, ORDER, part.amount_vnd)
        choice.bank_line_id, choice.to_payment_id = part.line_id, other.id
        session.add(choice)
    return amount_vnd


def keep(session: Session, chosen: Chosen, keeper: Keeper) -> None:
    """Keep it as credit with this seller: it is owed to the keeper until they use it or want it back.

    Raises NothingOnTop, NotFound.
    """
    lines = _lock_lines(session, chosen.reference)
    lock_payments(session, lines)
    payment = _locked(session, chosen)
    target = Share(chosen.amount_vnd, None, Account.STORE_CREDIT)
    for part in _take(session, payment, lines, chosen.amount_vnd):
        move(session, chosen.actor, CREDIT, (part, Share(part.amount_vnd, payment.id), target))
        choice = _choice(chosen, payment.id, CREDIT, part.amount_vnd)
        choice.bank_line_id = part.line_id
        session.add_all([choice, _credit(chosen, keeper, payment.id, part)])


def move(session: Session, actor: str, kind: str, told: tuple[OnTop, Share, Share]) -> None:
    """Share a line out anew: `told` is what goes of which line, from where, to where; a new decision.

    Preconditions: the line is locked; `from` stands for that much of it.
    """
    part, source, target = told
    line = session.get_one(BankLine, part.line_id)
    shares = rules.moved(_stands(session, line.id), source, target)
    decision = _decision(session, line, actor, kind)
    for share in shares:
        session.add(LineShare(decision_id=decision.id, seller_id=line.seller_id, **vars(share)))
    session.flush()
    placed = [Placed(one.amount_vnd, one.payment_id, one.account) for one in shares]
    placing.place_again(session, line, placed)


def lock_lines(session: Session, ids: Sequence[str]) -> None:
    """Take these lines before any payment, in one order, as people's decisions do."""
    query = select(BankLine).where(BankLine.id.in_(ids)).order_by(BankLine.id)
    session.scalars(query.with_for_update(), execution_options={"populate_existing": True}).all()


def lock_payments(session: Session, lines: Sequence[str], *more: str) -> None:
    """Take the payments that have something of these lines, and `more`, in one order."""
    ids = {*more}.union(*(placing.payments_of(session, line) for line in lines))
    for id_ in sorted(ids):
        settle.locked(session, id_)


def _lock_lines(session: Session, reference: str) -> list[str]:
    query = (
        select(MatchedPart.bank_line_id)
        .join(Payment, Payment.id == MatchedPart.payment_id)
        .where(Payment.reference == reference, MatchedPart.account.in_(ON_TOP))
    )
    ids = sorted({id_ for id_ in session.scalars(query) if id_ is not None})
    lock_lines(session, ids)
    return ids


def of_seller(session: Session, seller_id: str, reference: str) -> str:
    """The id of the seller's payment of `reference`. Raises NotFound."""
    query = select(Payment.id).where(Payment.reference == reference, Payment.seller_id == seller_id)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound()
    return found


def _locked(session: Session, chosen: Chosen) -> Payment:
    return settle.locked(session, of_seller(session, chosen.seller_id, chosen.reference))


def _free_vnd(session: Session, payment: Payment) -> int:
    """What of it is on top by the bank's lines, and did not begin to go back."""
    by_bank = select(func.coalesce(func.sum(MatchedPart.amount_vnd), 0)).where(
        MatchedPart.payment_id == payment.id,
        MatchedPart.account.in_(ON_TOP),
        MatchedPart.bank_line_id.is_not(None),
    )
    left_vnd = sums.of_payment(session, payment).left_vnd(Source.EXTRA)
    return max(0, min(int(session.scalar(by_bank) or 0), left_vnd))


def _check(session: Session, payment: Payment, amount_vnd: int) -> None:
    check_vnd(amount_vnd, least=1)
    free = _free_vnd(session, payment)
    if amount_vnd > free:
        raise NothingOnTop(free)


def _take(
    session: Session, payment: Payment, lines: Sequence[str], amount_vnd: int
) -> tuple[OnTop, ...]:
    """What each line gives of `amount_vnd` đồng; refused where less is on top and not on its way back."""
    _check(session, payment, amount_vnd)
    _guard(session, payment, amount_vnd)
    parts = rules.taken(_on_top(session, payment.id, lines), amount_vnd)
    if sum(part.amount_vnd for part in parts) < amount_vnd:
        raise NothingOnTop(_free_vnd(session, payment))
    return parts


def _guard(session: Session, payment: Payment, amount_vnd: int) -> None:
    """Have that much less on top of the payment, if it is there: the guard, in one statement."""
    session.flush()
    going_back = (
        select(func.coalesce(func.sum(Refund.amount_vnd), 0))
        .where(Refund.payment_id == payment.id, Refund.source == Source.EXTRA)
        .where(Refund.state.in_(GONE))
        .scalar_subquery()
    )
    on_top = Payment.came_vnd - Payment.paid_vnd - amount_vnd >= going_back
    less = update(Payment).where(Payment.id == payment.id, on_top)
    if not changed(session, less.values(came_vnd=Payment.came_vnd - amount_vnd)):
        raise NothingOnTop(max(0, payment.came_vnd - payment.paid_vnd))
    session.refresh(payment, ["came_vnd"])


def _on_top(session: Session, payment_id: str, lines: Sequence[str]) -> list[OnTop]:
    query = (
        select(BankLine.at_ms, BankLine.reference, BankLine.id, func.sum(MatchedPart.amount_vnd))
        .join(MatchedPart, MatchedPart.bank_line_id == BankLine.id)
        .where(MatchedPart.payment_id == payment_id, MatchedPart.account.in_(ON_TOP))
        .where(BankLine.id.in_(lines))
        .group_by(BankLine.id, BankLine.at_ms, BankLine.reference)
    )
    return [OnTop(at, ref, id_, int(vnd)) for at, ref, id_, vnd in session.execute(query)]


def _stands(session: Session, line_id: str) -> list[Share]:
    """How a line is shared now: what stands with a payment is its, whatever became of it there."""
    query = select(MatchedPart.payment_id, MatchedPart.account, MatchedPart.amount_vnd).where(
        MatchedPart.bank_line_id == line_id
    )
    return [
        Share(vnd, of, Account.PAYMENT if of else Account(account))
        for of, account, vnd in session.execute(query)
    ]


def _decision(session: Session, line: BankLine, actor: str, kind: str) -> LineDecision:
    count = select(func.count()).where(LineDecision.bank_line_id == line.id)
    decision = LineDecision(
        id=new_id(),
        seller_id=line.seller_id,
        bank_line_id=line.id,
        number=(session.scalar(count) or 0) + 1,
        kind="place",
        reason=_REASONS[kind],
        actor=actor,
        at_ms=clock.now_ms(),
    )
    session.add(decision)
    session.flush()
    return decision


def _choice(chosen: Chosen, payment_id: str, kind: str, amount_vnd: int) -> SurplusChoice:
    return SurplusChoice(
        id=new_id(),
        seller_id=chosen.seller_id,
        payment_id=payment_id,
        kind=kind,
        amount_vnd=amount_vnd,
        actor=chosen.actor,
        at_ms=clock.now_ms(),
    )


def _credit(chosen: Chosen, keeper: Keeper, payment_id: str, part: OnTop) -> StoreCredit:
    return StoreCredit(
        id=new_id(),
        seller_id=chosen.seller_id,
        holder=keeper.holder,
        device=keeper.device,
        payment_id=payment_id,
        bank_line_id=part.line_id,
        amount_vnd=part.amount_vnd,
        left_vnd=part.amount_vnd,
        actor=chosen.actor,
        at_ms=clock.now_ms(),
    )
