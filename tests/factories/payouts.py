"""A seller that owes two payees, with lists for the bank and the bank's lines, for tests of payouts."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, fsck
from payments.desk import decisions, paid_by_hand
from payments.desk.decisions import Word
from payments.models import BankLine
from payments.payouts import accounts, book, paying, run_rows
from payments.payouts.accounts import NewAccount
from payments.payouts.book import Recorded
from payments.payouts.models import Payout, PayRun
from payments.payouts.paying import Wanted
from payments.states import Account
from tests.factories.payments import Till, Transfer, make_till, sepay_body, tell

A, B, BOSS, OTHER = "member:a", "member:b", "p:boss", "p:other"
BOTH = (Wanted(A, "Bà Nụ", 300_000), Wanted(B, "Ông Búp", 200_000))


@dataclass(frozen=True)
class Coop:
    """A seller that owes A 300.000 đ and B 200.000 đ; both have accounts."""

    session: Session
    till: Till

    def owed(self) -> tuple[int, int]:
        """What A and B are owed now."""
        a, b = (book.owed(self.session, self.till.seller_id, one) for one in (A, B))
        return a, b

    def owe(self, amount_vnd: int, payee: str = A) -> None:
        """Owe a payee more."""
        said = Recorded(payee, "extra", amount_vnd, "chè", clock.now_ms())
        book.record(self.session, self.till.seller_id, said, BOSS)

    def wants(self, amount_vnd: int) -> Wanted:
        """A, to be paid so much."""
        return Wanted(A, "Bà Nụ", amount_vnd)

    def line(self, text: str, amount_vnd: int, direction: str = "out") -> str:
        """The bank tells of a movement; its line's id."""
        body = sepay_body(self.till, Transfer(text, amount_vnd, direction=direction))
        tell(self.session, self.till, body)
        query = select(BankLine.id).where(BankLine.content == text)
        query = query.where(BankLine.amount_vnd == amount_vnd, BankLine.direction == direction)
        return (
            self.session.scalars(query.where(BankLine.seller_id == self.till.seller_id)).first()
            or ""
        )

    def tie(self, line: str, *payouts: str, rest: Account | None = None, seen: int = 0) -> None:
        """A person says which payouts the line paid, or brought back."""
        word = Word(self.till.seller_id, line, seen, BOSS, "sao kê giấy")
        paid_by_hand.tie(self.session, word, payouts, rest)

    def take_back(self, line: str) -> None:
        """What was said of the line first is taken back."""
        decisions.take_back(self.session, Word(self.till.seller_id, line, 1, BOSS, "nhầm"))

    def run(self, *wanted: Wanted) -> tuple[PayRun, list[Payout]]:
        """A list for the bank, and what is on it."""
        run_id = paying.draft(self.session, self.till.seller_id, wanted, BOSS)
        return self.session.get_one(PayRun, run_id), list(run_rows.of_run(self.session, run_id))


def make_coop(session: Session) -> Coop:
    """The seller with what it owes."""
    coop = Coop(session, make_till(session))
    for payee, much in ((A, 300_000), (B, 200_000)):
        coop.owe(much, payee)
        new = NewAccount(payee, "Agribank", "8500 1234 5678", "Nguyễn Thị Nụ")
        accounts.put(session, coop.till.seller_id, new, BOSS)
    return coop


def clean(session: Session) -> bool:
    """Whether fsck finds nothing."""
    session.flush()
    return not [one for verdict in fsck.run_all(session) for one in verdict.problems]
