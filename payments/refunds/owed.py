"""What is owed back, and how far it has come: one answer for the buyer's page, the desk and the receipt.

Refuses to reckon anything: sums stand with the payment, kept true by `settle`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.codes import find_order_codes, is_order_code
from core.db import owned
from core.errors import NotFound
from payments import frozen
from payments.frozen import FrozenLine
from payments.models import BankAccount, BankLine, FeedConnection, MatchedPart, Payment
from payments.refunds import beginning, buyers_account, sending, sums
from payments.refunds.account_rules import Account
from payments.refunds.buyers_account import Masked
from payments.refunds.models import Refund
from payments.refunds.rules import AT_STRIPE, BANK, DROPPED, OPEN, OVERDUE_MS, Source, Sums
from payments.states import Account as Stands

_LATELY = 50
_MOST = 200


@dataclass(frozen=True)
class RefundFacts:
    """One refund as it stands; times UTC ms. `lines` are names and packs where it is about lines.

    `cut_vnd` more were asked for and did not go; `at_stripe`: it was made on Stripe's own pages.
    """

    id: str
    seller_id: str
    reference: str
    payment_code: str
    code: str
    source: str
    method: str
    amount_vnd: int
    reason: str
    lines: tuple[tuple[str, int], ...]
    state: str
    begun_ms: int
    begun_by: str
    sent_ms: int | None
    sent_by: str
    sent_reference: str
    proved_ms: int | None
    returned_ms: int | None
    rests_until_ms: int = 0
    cut_vnd: int = 0
    at_stripe: bool = False


@dataclass(frozen=True)
class Owed:
    """What of one payment goes back: `owed_vnd` in all, `proved_vnd` of it by the bank's word.

    `left_vnd` was not begun yet (of the sum paid, and of what came on top); `since_ms` is when the
    oldest of it began to be owed. `by_hand`: some of it waits for a transfer of the seller's, to an
    account of the buyer's; what cards alone paid goes back to the card.
    """

    reference: str
    code: str
    owed_vnd: int
    proved_vnd: int
    left_paid_vnd: int
    left_extra_vnd: int
    since_ms: int | None
    refunds: tuple[RefundFacts, ...]
    account: Masked | None
    by_hand: bool = True

    @property
    def still_vnd(self) -> int:
        """What the buyer waits for: owed, and not proved by the bank."""
        return self.owed_vnd - self.proved_vnd

    @property
    def left_vnd(self) -> int:
        """What nobody began to give back."""
        return self.left_paid_vnd + self.left_extra_vnd

    @property
    def is_overdue(self) -> bool:
        """Whether the buyer waits longer than three days."""
        return self.since_ms is not None and clock.now_ms() >= self.since_ms + OVERDUE_MS

    @property
    def changes_account(self) -> bool:
        """Whether the buyer may give, or change, the account now."""
        sent = any(one.state == "sent" for one in self.refunds)
        return self.by_hand and self.still_vnd > 0 and not sent


@dataclass(frozen=True)
class Waiting:
    """An outgoing line of the bank: the `amount_vnd` of it nobody matched may be this refund's."""

    id: str
    amount_vnd: int
    content: str
    at_ms: int
    has_code: bool


def of_references(session: Session, references: Collection[str]) -> tuple[Owed, ...]:
    """What goes back of each of these payments; those of which nothing does are left out."""
    query = select(Payment).where(Payment.reference.in_(references), Payment.owed_vnd > 0)
    rows = session.scalars(query.order_by(Payment.created_ms, Payment.id)).all()
    return tuple(_owed(session, row) for row in rows)


def of_seller(session: Session, seller_id: str) -> tuple[Owed, ...]:
    """The seller's payments of which something is still owed back, the oldest debt first, some 200."""
    query = (
        select(Payment)
        .where(Payment.seller_id == seller_id, Payment.owed_vnd > Payment.proved_vnd)
        .order_by(Payment.owed_since_ms, Payment.id)
        .limit(_MOST)
    )
    return tuple(_owed(session, row) for row in session.scalars(query))


def still_vnd(session: Session, references: Collection[str]) -> dict[str, int]:
    """What is still owed back of each of these payments, in one query; those of which nothing is: absent."""
    query = select(Payment.reference, Payment.owed_vnd - Payment.proved_vnd).where(
        Payment.reference.in_(references), Payment.owed_vnd > Payment.proved_vnd
    )
    return {reference: int(vnd) for reference, vnd in session.execute(query)}


def still_vnd_of_seller(session: Session, seller_id: str) -> dict[str, int]:
    """What is still owed back of each of the seller's payments of which something is, in one query."""
    query = select(Payment.reference, Payment.owed_vnd - Payment.proved_vnd).where(
        Payment.seller_id == seller_id, Payment.owed_vnd > Payment.proved_vnd
    )
    return {reference: int(vnd) for reference, vnd in session.execute(query)}


def references_of(session: Session, seller_ids: Collection[str]) -> tuple[str, ...]:
    """The references of these sellers' payments of which something is still owed back."""
    query = select(Payment.reference).where(
        Payment.seller_id.in_(seller_ids), Payment.owed_vnd > Payment.proved_vnd
    )
    return tuple(session.scalars(query))


def reference_of(session: Session, seller_id: str, code: str) -> str:
    """The reference of the seller's payment with that code. Raises NotFound."""
    query = select(Payment.reference).where(Payment.code == code, Payment.seller_id == seller_id)
    found = session.scalar(query) if is_order_code(code) else None
    if found is None:
        raise NotFound()
    return found


def refund(session: Session, seller_id: str, refund_id: str) -> RefundFacts:
    """One refund of the seller. Raises NotFound."""
    row = owned(session, Refund, refund_id, seller_id)
    return _facts(session, row, session.get_one(Payment, row.payment_id))


def account_of(session: Session, seller_id: str, refund_id: str) -> Account | None:
    """The account a refund goes to, unsealed, for whoever pays it; None while the buyer gave none.

    None too where it goes to a card: nobody transfers it. Raises NotFound.
    """
    row = owned(session, Refund, refund_id, seller_id)
    if row.method != BANK:
        return None
    newest = buyers_account.newest(session, row.payment_id)
    account_id = row.account_id or (newest.id if newest else None)
    return buyers_account.opened(session, account_id) if account_id else None


def account_given(session: Session, seller_id: str, refund_id: str) -> Masked | None:
    """The account a refund goes to, masked, with when it was given; as `account_of`. Raises NotFound."""
    row = owned(session, Refund, refund_id, seller_id)
    return buyers_account.newest(session, row.payment_id) if row.method == BANK else None


def candidates(session: Session, seller_id: str, refund_id: str) -> tuple[Waiting, ...]:
    """Outgoing lines that may be this refund: its code with another sum, or its sum without the code."""
    row = owned(session, Refund, refund_id, seller_id)
    if row.method != BANK:
        return ()
    query = (
        select(BankLine, MatchedPart.amount_vnd)
        .join(MatchedPart, MatchedPart.bank_line_id == BankLine.id)
        .where(BankLine.seller_id == seller_id, MatchedPart.account == Stands.OUTGOING)
        .where(BankLine.received_ms >= row.begun_ms)
        .order_by(BankLine.at_ms.desc(), BankLine.id)
        .limit(_LATELY)
    )
    found = (_waiting(line, left_vnd, row.code) for line, left_vnd in session.execute(query))
    return tuple(one for one in found if one.has_code or one.amount_vnd == row.amount_vnd)


def hears_out(session: Session, reference: str) -> bool:
    """Whether a feed tells of money that leaves the account this payment came to."""
    query = (
        select(FeedConnection.id)
        .join(Payment, Payment.reference == reference)
        .join(BankAccount, BankAccount.id == Payment.account_id)
        .where(FeedConnection.can_out)
        .where(FeedConnection.account_id == func.coalesce(BankAccount.virtual_of, BankAccount.id))
    )
    return session.scalars(query.limit(1)).first() is not None


def lines_of(session: Session, reference: str) -> tuple[FrozenLine, ...]:
    """The frozen lines of a payment, by position: what a refund may be about. () where it has none."""
    stored = session.scalar(select(Payment.frozen).where(Payment.reference == reference))
    return frozen.loads(stored).lines if stored else ()


def _owed(session: Session, row: Payment) -> Owed:
    now = sums.of_payment(session, row)
    query = select(Refund).where(Refund.payment_id == row.id, Refund.state != DROPPED)
    begun = session.scalars(query.order_by(Refund.begun_ms, Refund.id)).all()
    return Owed(
        reference=row.reference,
        code=row.code,
        owed_vnd=row.owed_vnd,
        proved_vnd=row.proved_vnd,
        left_paid_vnd=max(0, now.left_vnd(Source.PAID)),
        left_extra_vnd=max(0, now.left_vnd(Source.EXTRA)),
        since_ms=row.owed_since_ms,
        refunds=tuple(_facts(session, one, row) for one in begun),
        account=buyers_account.newest(session, row.id),
        by_hand=_by_hand(session, row, now, begun),
    )


def _by_hand(session: Session, row: Payment, now: Sums, begun: Sequence[Refund]) -> bool:
    """Whether a transfer is waited for: one that was begun, or the one that is to be begun next."""
    if any(one.method == BANK and one.state in OPEN for one in begun):
        return True
    is_left = any(now.left_vnd(source) > 0 for source in Source)
    return is_left and beginning.method_of(session, row.id) == BANK


def _facts(session: Session, row: Refund, payment: Payment) -> RefundFacts:
    return RefundFacts(
        id=row.id,
        seller_id=row.seller_id,
        reference=payment.reference,
        payment_code=payment.code,
        code=row.code,
        source=row.source,
        method=row.method,
        amount_vnd=row.amount_vnd,
        reason=row.reason,
        lines=tuple(_named(payment, row.lines)),
        state=row.state,
        begun_ms=row.begun_ms,
        begun_by=row.begun_by,
        sent_ms=row.sent_ms,
        sent_by=row.sent_by,
        sent_reference=row.sent_reference,
        proved_ms=row.proved_ms,
        returned_ms=row.returned_ms,
        rests_until_ms=sending.rests_until_ms(session, row) if row.state in OPEN else 0,
        cut_vnd=row.cut_vnd,
        at_stripe=row.begun_by == AT_STRIPE,
    )


def _named(payment: Payment, stored: str) -> Iterable[tuple[str, int]]:
    lines = beginning.read_lines(stored)
    names = frozen.loads(payment.frozen).lines if lines else ()
    return ((names[line.position].name, line.packs) for line in lines)


def _waiting(line: BankLine, left_vnd: int, code: str) -> Waiting:
    has_code = code in find_order_codes(line.content)
    return Waiting(line.id, left_vnd, line.content, line.at_ms, has_code)
