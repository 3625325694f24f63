"""Refunds are begun and dropped here: how much, for what, under which code.

What is begun counts at once against what came, in one guarded statement on the payment's row, so that two
who press at the same moment cannot give back more than came. Refuses a sum above it, and lines twice.
"""

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import clock
from core.codes import new_order_code
from core.db import changed, owned
from core.errors import NotFound
from core.ids import new_id
from core.money import check_vnd
from payments import frozen, settle
from payments.errors import RefundTooMuch, StillAsking
from payments.models import Payment
from payments.refunds import buyers_account, proving, rules, sums
from payments.refunds.models import REASON_LENGTH, Refund
from payments.refunds.rules import (
    ASKED,
    BANK,
    DROPPED,
    DUE,
    GONE,
    PROVED,
    REFUND,
    RefundLine,
    Source,
)
from payments.states import OPEN


@dataclass(frozen=True)
class Asked:
    """`amount_vnd` of the payment of `reference` go back, for `reason`, begun by `actor`.

    `lines`: (position, packs) of its frozen lines; where any are given they say the sum, and
    `amount_vnd` is 0. `source`: of the sum paid, or of what came on top of it.
    """

    seller_id: str
    reference: str
    amount_vnd: int
    reason: str
    actor: str
    source: Source = Source.PAID
    lines: Sequence[tuple[int, int]] = field(default=())


class Way(Protocol):
    """A way money goes back other than a transfer the seller makes: such as a card's provider."""

    def start(self, session: Session, refund_id: str) -> None:
        """Have the refund made after this commit (an outbox event); no network here."""


_WAYS: dict[str, tuple[Callable[[Session, str], bool], Way]] = {}


def goes_by(method: str, takes: Callable[[Session, str], bool], way: Way) -> None:
    """Let refunds of the payments that `takes(session, payment_id)` says yes to go by `method`."""
    _WAYS[method] = (takes, way)


def begin(session: Session, asked: Asked) -> str:
    """Begin a refund and return its id; by bank it waits for the buyer's account, then for the transfer.

    Sums nobody owed yet are given by whoever begins it: from then on they are owed.

    Raises:
        RefundTooMuch: more than is left of what came, or of a line. BadAmount: nothing, or no sum.
        StillAsking: of the sum paid, while the rest of it is asked for.
        NotFound: the seller has no such payment.
    """
    payment = settle.locked_of(session, asked.reference)
    if payment.seller_id != asked.seller_id:
        raise NotFound()
    if asked.source is Source.PAID and payment.state in OPEN and payment.refund_reason is None:
        raise StillAsking()
    lines = _lines(session, payment, asked)
    wanted_vnd = sum(line.amount_vnd for line in lines) if asked.lines else asked.amount_vnd
    check_vnd(wanted_vnd, least=1)
    given_vnd = rules.granted_vnd(sums.of_payment(session, payment), asked.source, wanted_vnd)
    payment.granted_vnd += given_vnd
    _take(session, payment, wanted_vnd)
    row = _row(session, payment, asked, wanted_vnd)
    row.granted_vnd, row.lines = given_vnd, json.dumps([asdict(line) for line in lines])
    session.add(row)
    session.flush()
    settle.work_out_again(session, payment)
    if row.method in _WAYS:
        _WAYS[row.method][1].start(session, row.id)
    return row.id


def method_of(session: Session, payment_id: str) -> str:
    """How a refund of the payment would go, were it begun now: BANK, or the way that takes it."""
    return next((name for name, (takes, _) in _WAYS.items() if takes(session, payment_id)), BANK)


def made_elsewhere(session: Session, payment: Payment, source: Source, amount_vnd: int) -> Refund:
    """A refund somebody made without us, closed already; what nobody owed is given by it.

    Preconditions: the payment's row is locked, and so much is left of what came.

    Raises:
        RefundTooMuch: it is not.
    """
    given_vnd = rules.granted_vnd(sums.of_payment(session, payment), source, amount_vnd)
    payment.granted_vnd += given_vnd
    _take(session, payment, amount_vnd)
    asked = Asked(payment.seller_id, payment.reference, amount_vnd, "", "", source)
    row = _row(session, payment, asked, amount_vnd)
    row.granted_vnd, row.state, row.proved_ms = given_vnd, PROVED, clock.now_ms()
    session.add(row)
    session.flush()
    return row


def drop(session: Session, seller_id: str, refund_id: str, actor: str) -> None:
    """Take back a refund that nobody paid yet; what was owed before stays owed, what was given is not.

    Raises:
        NotFound: the seller has no such refund. BadTransition: it was sent, proved or ended.
        RefundGoesByCard: a card's provider is asked for it already.
    """
    owned(session, Refund, refund_id, seller_id)
    payment, row = proving.locked_transfer(session, refund_id)
    if row.state == DROPPED:
        return
    row.state = REFUND.move(row.state, DROPPED)
    row.dropped_ms, row.dropped_by = clock.now_ms(), actor
    payment.back_vnd -= row.amount_vnd
    payment.granted_vnd -= row.granted_vnd
    session.flush()
    settle.work_out_again(session, payment)


def _take(session: Session, payment: Payment, amount_vnd: int) -> None:
    """Count `amount_vnd` as going back, if that much is left of what came: the guard, in one statement."""
    session.flush()
    left = Payment.back_vnd + amount_vnd <= Payment.came_vnd
    more = update(Payment).where(Payment.id == payment.id, left)
    if not changed(session, more.values(back_vnd=Payment.back_vnd + amount_vnd)):
        raise RefundTooMuch(payment.came_vnd - payment.back_vnd)
    session.refresh(payment, ["back_vnd"])


def _lines(session: Session, payment: Payment, asked: Asked) -> tuple[RefundLine, ...]:
    if not asked.lines:
        return ()
    bought = [(line.packs, line.amount_vnd) for line in frozen.loads(payment.frozen).lines]
    query = select(Refund.lines).where(Refund.payment_id == payment.id, Refund.state.in_(GONE))
    before = [line for stored in session.scalars(query) for line in read_lines(stored)]
    return rules.lines_vnd(asked.lines, bought, before)


def read_lines(stored: str) -> tuple[RefundLine, ...]:
    """Lines as they were before they became JSON."""
    return tuple(RefundLine(**line) for line in json.loads(stored))


def _row(session: Session, payment: Payment, asked: Asked, amount_vnd: int) -> Refund:
    method = method_of(session, payment.id)
    has_account = method != BANK or buyers_account.newest(session, payment.id) is not None
    return Refund(
        id=new_id(),
        seller_id=payment.seller_id,
        payment_id=payment.id,
        code=_new_code(session),
        source=asked.source.value,
        method=method,
        amount_vnd=amount_vnd,
        reason=asked.reason[:REASON_LENGTH],
        state=ASKED if has_account else DUE,
        begun_ms=clock.now_ms(),
        begun_by=asked.actor,
    )


def _new_code(session: Session) -> str:
    """A code no payment and no refund has."""
    while True:
        code = new_order_code(secrets.randbelow)
        taken = select(Payment.id).where(Payment.code == code).limit(1)
        before = select(Refund.id).where(Refund.code == code).limit(1)
        if session.scalar(taken) is None and session.scalar(before) is None:
            return code
