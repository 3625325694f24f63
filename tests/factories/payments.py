"""Accounts, feeds, payments and signed bank notices for tests."""

import itertools
import json
import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.codes import new_order_code
from core.db import insert_new
from core.identity import sellers
from core.ids import new_id
from payments import payments
from payments.bank import accounts, feeds, inbox, sepay_signature
from payments.bank.accounts import NewAccount
from payments.events import WebhookStored
from payments.models import WebhookBody
from payments.payments import Frozen, FrozenLine, OpenPayment
from tests.factories.identity import make_seller

SECRET = "a feed's secret for tests"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Till:
    """A seller that can be paid: its account and the feed that watches it."""

    seller_id: str
    account_id: str
    number: str
    feed_id: str


def make_till(session: Session, seller_id: str = "") -> Till:
    """A seller (new unless given) with an account on the demo BIN and a SePay feed."""
    seller_id = seller_id or make_seller(session)
    number = f"1010{next(_numbers):08d}"
    name = sellers.facts(session, seller_id).name
    account_id = accounts.add(session, NewAccount(seller_id, "999999", number, "Demo Bank", name))
    feed_id = feeds.connect(session, accounts.facts(session, account_id), "sepay", SECRET)
    return Till(seller_id, account_id, number, feed_id)


def new_code() -> str:
    return new_order_code(secrets.randbelow)


def frozen(amount_vnd: int, fee_vnd: int = 0) -> Frozen:
    """One line and perhaps a fee, `amount_vnd` in all."""
    goods_vnd = amount_vnd - fee_vnd
    line = FrozenLine("Chè đinh Tân Cương", "gói 200 g", 1, goods_vnd, goods_vnd)
    return Frozen((line,), fee_vnd, "Giao trong thành phố", "Nguyễn Thị Hoa", "09•• ••• 678")


def open_payment(session: Session, till: Till, amount_vnd: int = 130_000, fee_vnd: int = 0) -> str:
    """A payment asked for; returns its code (its reference is `order:` and the code)."""
    code = new_code()
    asked = OpenPayment(
        till.seller_id, f"order:{code}", code, amount_vnd, frozen(amount_vnd, fee_vnd)
    )
    payments.open(session, asked)
    return code


@dataclass(frozen=True)
class Transfer:
    """A movement a bank would tell; the reference decides whether it is the same one again."""

    content: str
    amount_vnd: int
    reference: str = ""
    at: str = "2026-11-25 19:05:00"
    direction: str = "in"


def sepay_body(till: Till, transfer: Transfer, **changed: object) -> bytes:
    """The body SePay would send for `transfer`, with some fields changed."""
    number = next(_numbers)
    fields = {
        "id": 900_000 + number,
        "gateway": "Demo",
        "transactionDate": transfer.at,
        "accountNumber": till.number,
        "code": None,
        "content": transfer.content,
        "transferType": transfer.direction,
        "transferAmount": transfer.amount_vnd,
        "accumulated": 0,
        "subAccount": None,
        "referenceCode": transfer.reference or f"FT{number:09d}",
        "description": "",
    }
    return json.dumps({**fields, **changed}).encode()


def signed(body: bytes, secret: str = SECRET, drift_ms: int = 0) -> dict[str, str]:
    """The headers SePay would send with `body` now."""
    timestamp = str((clock.now_ms() + drift_ms) // 1000)
    return {
        "Content-Type": "application/json",
        "X-SePay-Timestamp": timestamp,
        "X-SePay-Signature": sepay_signature.sign(secret, timestamp, body),
    }


def tell(session: Session, till: Till, body: bytes) -> str:
    """Store a notice as the webhook does and have it read; returns the stored body's id."""
    values: dict[str, object] = {
        "id": new_id(),
        "seller_id": till.seller_id,
        "feed_id": till.feed_id,
        "replay_key": new_id(),
        "body": body,
        "headers": "{}",
        "received_ms": clock.now_ms(),
    }
    insert_new(session, WebhookBody, values)
    webhook_id = session.scalars(
        select(WebhookBody.id).where(WebhookBody.replay_key == values["replay_key"])
    ).one()
    inbox.read_stored(session, WebhookStored(webhook_id))
    session.flush()
    return webhook_id


def pay(session: Session, till: Till, code: str, amount_vnd: int) -> None:
    """Have the bank tell of one transfer with `code` in its text."""
    tell(session, till, sepay_body(till, Transfer(f"{code} tra tien che", amount_vnd)))


def settled_receipt(session: Session, till: Till, amount_vnd: int = 130_000) -> str:
    """The id of the receipt of a payment that was asked for and paid."""
    code = open_payment(session, till, amount_vnd)
    pay(session, till, code, amount_vnd)
    receipt_id = payments.facts_by_code(session, code).receipt_id
    assert receipt_id is not None
    return receipt_id
