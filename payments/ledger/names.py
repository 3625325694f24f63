"""What the books' accounts and subjects are called for people: bank names, order codes, bank references."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.bank import accounts
from payments.ledger import chart
from payments.ledger.chart import Side
from payments.models import BankAccount, BankLine, Payment


@dataclass(frozen=True)
class Named:
    """An account for people: its number, its words (a msgid), more about it ("" if there is nothing)."""

    account: str
    number: str
    words: str
    side: Side
    more: str = ""

    @property
    def is_money(self) -> bool:
        """Whether it is money one has: at a bank, or as cash."""
        return self.account.startswith(("bank:", "cash:"))


class Names:
    """The names of one seller's accounts; its banks are read once."""

    def __init__(self, session: Session, seller_id: str) -> None:
        query = select(BankAccount.id).where(BankAccount.seller_id == seller_id)
        self._banks = {id_: accounts.facts(session, id_) for id_ in session.scalars(query)}

    def of(self, account: str) -> Named:
        """The account as people read it."""
        meaning = chart.meaning(account)
        bank = self._banks.get(chart.bank_account_of(account) or "")
        more = f"{bank.bank_name} {bank.masked_number}" if bank else ""
        return Named(account, meaning.number, meaning.words, meaning.side, more)


NameSubjects = Callable[[Session, str, Collection[str]], dict[str, str]]
"""`name(session, seller_id, subjects)`: what those it knows among the subjects are called."""

_namers: list[NameSubjects] = []


def name_subjects_by(name: NameSubjects) -> None:
    """Have `name` say what subjects are called that `payments` does not know: payees. While wiring only."""
    if name not in _namers:
        _namers.append(name)


def of_subjects(session: Session, seller_id: str, subjects: Collection[str]) -> dict[str, str]:
    """What subjects are called: a payment by its code, a line by its reference, a payee by name."""
    if not subjects:
        return {}
    codes = select(Payment.id, Payment.code).where(Payment.id.in_(subjects))
    references = select(BankLine.id, BankLine.reference).where(BankLine.id.in_(subjects))
    found = {row[0]: row[1] for query in (codes, references) for row in session.execute(query)}
    for name in _namers:
        found |= name(session, seller_id, subjects)
    return found


def find_subject(session: Session, seller_id: str, typed: str) -> str:
    """The subject somebody means by an order code or a bank reference; what they typed if none is known."""
    code = select(Payment.id).where(
        Payment.seller_id == seller_id, Payment.code == typed.upper().replace(" ", "")
    )
    line = select(BankLine.id).where(BankLine.seller_id == seller_id, BankLine.reference == typed)
    return session.scalar(code) or session.scalar(line.limit(1)) or typed
