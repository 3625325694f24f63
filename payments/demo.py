"""Demo accounts: on a BIN that is in no bank list, so that nothing looks like real money."""

import secrets
import zlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import sellers
from core.identity.sellers import SellerFacts
from core.text import ascii_only
from payments.bank import accounts, feeds
from payments.bank.accounts import NewAccount
from payments.models import BankAccount
from payments.qr.banks import DEMO_BIN

_DEMO_BANK = "Ngân hàng Thử nghiệm (DEMO)"
_SECRET_BYTES = 32
_HOLDER_LENGTH = 80


def load(session: Session) -> None:
    """Give every demo seller an account and a SePay feed, unless there is any account."""
    if session.scalar(select(BankAccount.id).limit(1)) is not None:
        return
    for seller in sellers.all_sellers(session):
        if seller.demo:
            _connect(session, seller)


def _connect(session: Session, seller: SellerFacts) -> None:
    account = NewAccount(
        seller_id=seller.id,
        bin=DEMO_BIN,
        number=_number(seller),
        bank_name=_DEMO_BANK,
        holder_name=_holder(seller),
    )
    account_id = accounts.add(session, account)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    feeds.connect(session, accounts.facts(session, account_id), "sepay", secret)


def _number(seller: SellerFacts) -> str:
    """An account number of usual length, the same for the same seller's name in every demo."""
    return f"1020{zlib.crc32(seller.name.encode()) % 10**9:09d}"


def _holder(seller: SellerFacts) -> str:
    """The name as banks write it: the cooperative's own, or the householder's."""
    name = seller.name if seller.kind == "cooperative" else seller.owner_name
    return ascii_only(name).upper()[:_HOLDER_LENGTH]
