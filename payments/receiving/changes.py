"""Changes of the receiving account: asked for, confirmed by another owner, stopped by any, ripe after a day.

Each step tells all owners through an event. Refuses to judge who is an owner: its pages ask.
"""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, outbox
from core.db import owned
from core.errors import BadRequest, NotFound
from core.ids import new_id
from payments.bank import accounts, change_rules
from payments.bank.accounts import AccountFacts, NewAccount
from payments.bank.change_errors import (
    AccountKnown,
    AnotherOwnerNeeded,
    ChangeOver,
    NoSuchBank,
    ReceivesAlready,
)
from payments.bank.change_rules import WAIT_MS, WAITING, Change
from payments.events import ReceivingAccountTold
from payments.models import BankAccount
from payments.qr.banks import DEMO_BIN, by_name
from payments.receiving.models import ReceivingChange

FIRST, ASKED, CONFIRMED, STOPPED = "first", "asked", "confirmed", "stopped"
"""Steps of which owners are told."""
_LATELY = 10
_NUMBER = re.compile(r"[A-Za-z0-9]{4,19}")


@dataclass(frozen=True)
class Given:
    """An account as an owner writes it: number and holder twice (the number perhaps by its QR)."""

    seller_id: str
    bank: str
    number: str
    number_again: str
    holder: str
    holder_again: str


@dataclass(frozen=True)
class ChangeFacts:
    """A change as the page shows it; `state` as `change_rules.state` says it now, times in UTC ms."""

    id: str
    seller_id: str
    account: AccountFacts
    state: str
    asked_by: str
    asked_ms: int
    from_ms: int | None
    confirmed_by: str | None
    cancelled_by: str | None
    cancelled_ms: int | None


def add(session: Session, given: Given, bank_name: str) -> str:
    """Add a checked account and return its id; the seller's first one receives from now on.

    Precondition: `bank_name` is what `given.bank` is called (`bank_names`).

    Raises:
        BadRequest: the number is none. NumberDiffers, HolderDiffers: it was not written the same twice.
        AccountKnown: it stands here already.
    """
    number = "".join(given.number.split())
    if not _NUMBER.fullmatch(number):
        raise BadRequest(field="account_number")
    change_rules.check_number(given.bank, number, given.number_again)
    holder = change_rules.check_holder(given.holder, given.holder_again)
    known = select(BankAccount.id).where(
        BankAccount.bin == given.bank, BankAccount.number == number
    )
    if session.scalars(known).first() is not None:
        raise AccountKnown()
    is_first = not _lock(session, given.seller_id)
    new = NewAccount(given.seller_id, given.bank, number, bank_name, holder[:80])
    account_id = accounts.add(session, new)
    if is_first:
        outbox.publish(session, ReceivingAccountTold(given.seller_id, account_id, "", FIRST))
    return account_id


def bank_names(*, demo: bool) -> dict[str, str]:
    """Banks an account may be at, by BIN, ordered by name; a demo seller has the demo bank alone."""
    if demo:
        return {DEMO_BIN: "Ngân hàng Thử nghiệm (DEMO)"}
    return {bank.bin: bank.short_name for bank in by_name()}


def bank_name(bank: str, *, demo: bool) -> str:
    """What the bank is called. Raises NoSuchBank where none may be chosen under that BIN."""
    names = bank_names(demo=demo)
    if bank not in names:
        raise NoSuchBank()
    return names[bank]


def ask(session: Session, account_id: str, given: Given, actor: str) -> str:
    """Ask that an account of the seller receives; returns the change's id. One that waits already ends.

    Of `given` the number and the holder as typed again are read; they must be the account's.

    Raises:
        NotFound: the seller has no such account. ReceivesAlready: it receives now.
        NumberDiffers, HolderDiffers: what was typed is not this account.
    """
    account = owned(session, BankAccount, account_id, given.seller_id)
    how = change_rules.check_number(account.bin, account.number, given.number_again)
    change_rules.check_holder(account.holder_name, given.holder_again)
    _lock(session, given.seller_id)
    if accounts.receiving(session, given.seller_id).id == account_id:
        raise ReceivesAlready()
    now = clock.now_ms()
    for row in _rows(session, given.seller_id):
        if _state(row) == WAITING:
            row.cancelled_by, row.cancelled_ms = actor, now
    row = ReceivingChange(
        id=new_id(),
        seller_id=given.seller_id,
        account_id=account_id,
        checked=how,
        asked_by=actor,
        asked_ms=now,
        ripe_ms=now + WAIT_MS,
    )
    session.add(row)
    session.flush()
    _tell(session, row, ASKED)
    return row.id


def confirm(session: Session, seller_id: str, change_id: str, actor: str) -> None:
    """Say yes as a second owner: the account receives from now on.

    Raises:
        NotFound: the seller has no such change. AnotherOwnerNeeded: `actor` asked for it themselves.
        ChangeOver: it waits no more.
    """
    row = _waiting(session, seller_id, change_id)
    if row.asked_by == actor:
        raise AnotherOwnerNeeded()
    row.confirmed_by, row.confirmed_ms = actor, clock.now_ms()
    session.flush()
    _tell(session, row, CONFIRMED)


def stop(session: Session, seller_id: str, change_id: str, actor: str) -> None:
    """Stop a change that waits: money goes on to where it went. Any owner may.

    Raises:
        NotFound: the seller has no such change. ChangeOver: it waits no more.
    """
    row = _waiting(session, seller_id, change_id)
    row.cancelled_by, row.cancelled_ms = actor, clock.now_ms()
    session.flush()
    _tell(session, row, STOPPED)


def lately(session: Session, seller_id: str) -> tuple[ChangeFacts, ...]:
    """The seller's last changes, the newest first."""
    query = select(ReceivingChange).where(ReceivingChange.seller_id == seller_id)
    newest = query.order_by(ReceivingChange.asked_ms.desc(), ReceivingChange.id).limit(_LATELY)
    return tuple(_facts(session, row) for row in session.scalars(newest))


def facts(session: Session, change_id: str) -> ChangeFacts:
    """One change. Raises NotFound."""
    row = session.get(ReceivingChange, change_id)
    if row is None:
        raise NotFound()
    return _facts(session, row)


def locked(session: Session, change_id: str) -> ReceivingChange:
    """The change's row, ours until the end of the transaction."""
    return session.get_one(ReceivingChange, change_id, with_for_update=True, populate_existing=True)


def _waiting(session: Session, seller_id: str, change_id: str) -> ReceivingChange:
    owned(session, ReceivingChange, change_id, seller_id)
    row = locked(session, change_id)
    if _state(row) != WAITING:
        raise ChangeOver()
    return row


def _lock(session: Session, seller_id: str) -> bool:
    """Take turns with who else asks for this seller, by its oldest account; whether it has one."""
    query = (
        select(BankAccount.id)
        .where(BankAccount.seller_id == seller_id)
        .order_by(BankAccount.created_ms, BankAccount.id)
        .limit(1)
        .with_for_update()
    )
    return session.scalars(query).one_or_none() is not None


def _rows(session: Session, seller_id: str) -> list[ReceivingChange]:
    query = select(ReceivingChange).where(ReceivingChange.seller_id == seller_id)
    return list(session.scalars(query.order_by(ReceivingChange.id).with_for_update()))


def _change(row: ReceivingChange) -> Change:
    return Change(row.account_id, row.asked_ms, row.ripe_ms, row.confirmed_ms, row.cancelled_ms)


def _state(row: ReceivingChange) -> str:
    return change_rules.state(_change(row), clock.now_ms())


def _facts(session: Session, row: ReceivingChange) -> ChangeFacts:
    return ChangeFacts(
        row.id,
        row.seller_id,
        accounts.facts(session, row.account_id),
        _state(row),
        row.asked_by,
        row.asked_ms,
        change_rules.from_ms(_change(row)),
        row.confirmed_by,
        row.cancelled_by,
        row.cancelled_ms,
    )


def _tell(session: Session, row: ReceivingChange, step: str) -> None:
    outbox.publish(session, ReceivingAccountTold(row.seller_id, row.account_id, row.id, step))
