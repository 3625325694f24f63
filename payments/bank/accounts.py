"""The bank accounts of sellers, and which one a payment uses.

Refuses to change an account that exists: a payment and its QR were frozen with it.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.ids import new_id
from payments.bank import change_rules
from payments.bank.change_rules import Change
from payments.errors import NoReceivingAccount
from payments.models import BankAccount
from payments.receiving.models import ReceivingChange

_SHOWN_DIGITS = 4


@dataclass(frozen=True)
class NewAccount:
    """An account as its seller gave it; `bin` six digits, `number` at most 19 characters."""

    seller_id: str
    bin: str
    number: str
    bank_name: str
    holder_name: str


@dataclass(frozen=True)
class AccountFacts:
    """Where a seller's money arrives."""

    id: str
    seller_id: str
    bin: str
    number: str
    bank_name: str
    holder_name: str
    virtual_of: str | None = None

    @property
    def books_id(self) -> str:
        """The account on whose statement its money stands: its own, or that of which it is another number."""
        return self.virtual_of or self.id

    @property
    def masked_number(self) -> str:
        """The number with all but its last four characters hidden."""
        return "•••• " + self.number[-_SHOWN_DIGITS:]


def add(session: Session, account: NewAccount) -> str:
    """Add an account and return its id; the seller's first one receives.

    It is younger than all others of its seller, also where the clock stands: one that seemed as old as the
    first one might be taken for it.
    """
    of_seller = select(func.max(BankAccount.created_ms)).where(
        BankAccount.seller_id == account.seller_id
    )
    created_ms = max(clock.now_ms(), (session.scalar(of_seller) or 0) + 1)
    row = BankAccount(id=new_id(), created_ms=created_ms, **vars(account))
    session.add(row)
    session.flush()
    return row.id


def receiving(session: Session, seller_id: str) -> AccountFacts:
    """The account to which buyers pay a seller now: of the last change in force, else the first one added.

    Raises:
        NoReceivingAccount: the seller has none.
    """
    changes = select(ReceivingChange).where(ReceivingChange.seller_id == seller_id)
    chosen = change_rules.receiving(
        [
            Change(one.account_id, one.asked_ms, one.ripe_ms, one.confirmed_ms, one.cancelled_ms)
            for one in session.scalars(changes)
        ],
        clock.now_ms(),
    )
    if chosen is not None:
        return facts(session, chosen)
    query = (
        select(BankAccount)
        .where(BankAccount.seller_id == seller_id)
        .order_by(BankAccount.created_ms, BankAccount.id)
        .limit(1)
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NoReceivingAccount()
    return _facts(row)


def of_seller(session: Session, seller_id: str) -> tuple[AccountFacts, ...]:
    """All accounts of a seller that have a statement, the one added first before the others."""
    query = (
        select(BankAccount)
        .where(BankAccount.seller_id == seller_id, BankAccount.virtual_of.is_(None))
        .order_by(BankAccount.created_ms, BankAccount.id)
    )
    return tuple(_facts(row) for row in session.scalars(query))


def facts(session: Session, account_id: str) -> AccountFacts:
    """The facts of one account.

    Raises:
        NotFound: there is no such account.
    """
    row = session.get(BankAccount, account_id)
    if row is None:
        raise NotFound()
    return _facts(row)


def find_by_numbers(
    session: Session, seller_id: str, numbers: frozenset[str]
) -> tuple[AccountFacts, ...]:
    """The accounts of a seller that have one of `numbers`, whichever their bank."""
    query = (
        select(BankAccount)
        .where(BankAccount.seller_id == seller_id, BankAccount.number.in_(numbers))
        .order_by(BankAccount.created_ms, BankAccount.id)
    )
    return tuple(_facts(row) for row in session.scalars(query))


def _facts(row: BankAccount) -> AccountFacts:
    return AccountFacts(
        id=row.id,
        seller_id=row.seller_id,
        bin=row.bin,
        number=row.number,
        bank_name=row.bank_name,
        holder_name=row.holder_name,
        virtual_of=row.virtual_of,
    )
