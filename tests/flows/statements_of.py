"""A statement of each seller's that waits in the flow market."""

from sqlalchemy.orm import Session

from core.tables import reading
from payments.bank import accounts
from payments.bank.accounts import NewAccount
from payments.statements import shelf
from payments.statements.shelf import NewStatement
from tests.flows.market import Market

ROWS = (
    "Ngay giao dich\tSo but toan\tGhi no\tGhi co\tSo du\tNoi dung\n"
    "20/11/2026\tFT900001\t\t70.000\t570.000\ttien che\n"
    "20/11/2026\tFT900002\t20.000\t\t550.000\tphi\n"
)


def fill(market: Market) -> None:
    """Send them."""
    market.change(lambda session: _fill(market, session))


def _fill(market: Market, session: Session) -> None:
    for prefix in ("", "foreign_"):
        seller = market.ids[prefix + "seller"]
        number = f"20200000{len(prefix):02d}"
        account = accounts.add(session, NewAccount(seller, "999999", number, "Demo", "DEMO"))
        new = NewStatement("sao-ke.csv", account, reading.pasted(ROWS), "0" * 64)
        market.ids[prefix + "statement_account"] = account
        market.ids[prefix + "statement"] = shelf.keep(session, seller, new, "p:somebody")
