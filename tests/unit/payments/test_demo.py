"""Demo accounts look like accounts and are none."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity.models import Seller
from payments import demo
from payments.bank import accounts, feeds
from payments.models import BankAccount
from tests.factories.identity import make_seller

BANKS = Path(__file__).parents[3] / "payments/data/banks.csv"


def make_demo_seller(session: Session, kind: str = "cooperative") -> str:
    seller_id = make_seller(session, kind=kind, name=f"Người bán {kind}")
    session.get_one(Seller, seller_id).demo = True
    return seller_id


def test_each_demo_seller_gets_an_account_with_a_feed(session: Session) -> None:
    sellers = [make_demo_seller(session, kind) for kind in ("cooperative", "household")]
    demo.load(session)
    found = [accounts.receiving(session, seller_id) for seller_id in sellers]
    assert [account.holder_name for account in found] == ["NGUOI BAN COOPERATIVE", "NGUOI DAI DIEN"]
    assert all(len(feeds.of_account(session, account.id, "sepay").secret) > 40 for account in found)


def test_a_demo_account_is_at_no_bank(session: Session) -> None:
    seller_id = make_demo_seller(session)
    demo.load(session)
    assert accounts.receiving(session, seller_id).bin not in BANKS.read_text()


def test_real_sellers_and_second_loads_get_nothing(session: Session) -> None:
    make_seller(session)
    make_demo_seller(session)
    demo.load(session)
    demo.load(session)
    assert len(session.scalars(select(BankAccount)).all()) == 1
