"""The account a buyer wants to be paid back at: given on their order's page, kept sealed, shown masked.

Each one given is a row of its own, so that it can be told who changed it when. Refuses a change while the
money is on its way. An account read from a comment never comes here: the caller proves who types.
"""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, outbox, vault
from core.ids import new_id
from payments import placing, settle
from payments.errors import RefundAccountLocked
from payments.events import RefundAccountChanged
from payments.qr.banks import BANKS
from payments.refunds.account_rules import TAIL, Account
from payments.refunds.models import Refund, RefundAccount
from payments.refunds.rules import ASKED, DUE, REFUND, SENT


@dataclass(frozen=True)
class Masked:
    """An account for eyes: its bank, its number's end, when it was given, whether in place of another."""

    id: str
    bank_name: str
    tail: str
    at_ms: int
    replaced: bool


def give(session: Session, reference: str, account: Account, actor: str) -> None:
    """Have what is owed back of `reference` go to `account`; refunds that waited for one are asked now.

    The same account again changes nothing. Another one than before is told (`RefundAccountChanged`).
    Precondition: `actor` is the login of whoever paid.

    Raises:
        RefundAccountLocked: a transfer to the one before is on its way. NotFound: no such payment.
    """
    payment = settle.locked_of(session, reference)
    rows = _rows(session, payment.id)
    if rows and opened(session, rows[-1].id) == account:
        return
    query = select(Refund).where(Refund.payment_id == payment.id)
    refunds = session.scalars(query.execution_options(populate_existing=True)).all()
    if any(one.state == SENT for one in refunds):
        raise RefundAccountLocked()
    row = RefundAccount(
        id=new_id(),
        seller_id=payment.seller_id,
        payment_id=payment.id,
        bin=account.bin,
        tail=account.number[-TAIL:],
        sealed=vault.seal(json.dumps([account.number, account.holder])),
        actor=actor,
        at_ms=clock.now_ms(),
    )
    session.add(row)
    for one in refunds:
        if one.state == DUE:
            one.state = REFUND.move(DUE, ASKED)
    session.flush()
    placing.look_again(session, payment.seller_id, {one.amount_vnd for one in refunds})
    if rows:
        outbox.publish(session, RefundAccountChanged(reference, row.id))


def newest(session: Session, payment_id: str) -> Masked | None:
    """The account that counts for a payment now; None while the buyer gave none."""
    rows = _rows(session, payment_id)
    return _masked(rows[-1], replaced=len(rows) > 1) if rows else None


def given_ms(session: Session, payment_id: str) -> tuple[int, ...]:
    """When accounts were given for a payment, the oldest first."""
    return tuple(row.at_ms for row in _rows(session, payment_id))


def opened(session: Session, account_id: str) -> Account:
    """The account itself, unsealed: for the page of whoever pays it, and for nobody else."""
    row = session.get_one(RefundAccount, account_id)
    number, holder = json.loads(vault.unseal(row.sealed))
    return Account(row.bin, number, holder)


def _rows(session: Session, payment_id: str) -> list[RefundAccount]:
    query = select(RefundAccount).where(RefundAccount.payment_id == payment_id)
    return list(session.scalars(query.order_by(RefundAccount.at_ms, RefundAccount.id)).all())


def _masked(row: RefundAccount, *, replaced: bool) -> Masked:
    bank = BANKS[row.bin].short_name if row.bin in BANKS else row.bin
    return Masked(row.id, bank, row.tail, row.at_ms, replaced)
