"""Where payees are paid: the newest account counts, its number is sealed, and a changed one rests.

Refuses to show a number to anybody but the file for the bank: pages see its last four.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, outbox, vault
from core.errors import BadRequest
from core.ids import new_id
from core.text import ascii_only, clean_line
from payments.events import PayeeAccountChanged
from payments.payouts.models import PayeeAccount

_NUMBER = re.compile(r"[A-Z0-9]{4,19}")
_LONGEST = 80


@dataclass(frozen=True)
class NewAccount:
    """A payee's account as it was given: the bank's name, the number, the holder."""

    payee: str
    bank_name: str
    number: str
    holder_name: str


@dataclass(frozen=True)
class AccountFacts:
    """A payee's account: `last4` of its number; `changed_ms` (UTC) where it took another one's place."""

    id: str
    payee: str
    bank_name: str
    last4: str
    holder_name: str
    changed_ms: int | None
    actor: str
    at_ms: int


def put(session: Session, seller_id: str, new: NewAccount, actor: str) -> str:
    """Pay a payee to this account from now on; returns its id. The holder stands as banks write it.

    The same account again changes nothing and lets it rest no longer. Who is concerned hears of another.

    Raises:
        BadRequest: the number is none, or bank or holder is missing.
    """
    number = re.sub(r"[\s.\-]", "", new.number).upper()
    if not _NUMBER.fullmatch(number):
        raise BadRequest(field="account_number", why="not an account")
    bank_name = clean_line(new.bank_name, _LONGEST)
    holder = ascii_only(clean_line(new.holder_name, _LONGEST)).upper()
    if not bank_name or not holder:
        raise BadRequest(field="account_holder", why="empty")
    known = _newest_row(session, seller_id, new.payee)
    if known is not None and _is_same(known, bank_name, number, holder):
        return known.id
    row = PayeeAccount(
        id=new_id(),
        seller_id=seller_id,
        payee=new.payee,
        bin="",
        bank_name=bank_name,
        number=vault.seal(number),
        last4=number[-4:],
        holder_name=holder,
        actor=actor,
        at_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    first = known is None
    outbox.publish(session, PayeeAccountChanged(seller_id, new.payee, row.id, first))
    return row.id


def newest(session: Session, seller_id: str, payees: Collection[str]) -> dict[str, AccountFacts]:
    """The account of each payee that has one."""
    query = select(PayeeAccount).where(
        PayeeAccount.seller_id == seller_id, PayeeAccount.payee.in_(payees)
    )
    found: dict[str, AccountFacts] = {}
    for row in session.scalars(query.order_by(PayeeAccount.at_ms, PayeeAccount.id)):
        changed_ms = row.at_ms if row.payee in found else None
        found[row.payee] = _facts(row, changed_ms)
    return found


def of_ids(session: Session, ids: Collection[str]) -> dict[str, AccountFacts]:
    """Accounts by their ids, as they were when a payout was made to them."""
    query = select(PayeeAccount).where(PayeeAccount.id.in_(ids))
    return {row.id: _facts(row, None) for row in session.scalars(query)}


def number_of(session: Session, account_id: str) -> str:
    """The whole number, for the bank's file alone."""
    return vault.unseal(session.get_one(PayeeAccount, account_id).number)


def _newest_row(session: Session, seller_id: str, payee: str) -> PayeeAccount | None:
    query = select(PayeeAccount).where(
        PayeeAccount.seller_id == seller_id, PayeeAccount.payee == payee
    )
    ordered = query.order_by(PayeeAccount.at_ms.desc(), PayeeAccount.id.desc())
    return session.scalars(ordered.limit(1)).first()


def _is_same(row: PayeeAccount, bank_name: str, number: str, holder: str) -> bool:
    given = (bank_name, holder)
    return (row.bank_name, row.holder_name) == given and vault.unseal(row.number) == number


def _facts(row: PayeeAccount, changed_ms: int | None) -> AccountFacts:
    return AccountFacts(
        row.id,
        row.payee,
        row.bank_name,
        row.last4,
        row.holder_name,
        changed_ms,
        row.actor,
        row.at_ms,
    )
