"""What each provider would send of a transfer, and how it would sign it."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from core import clock
from payments.bank import accounts, feeds
from payments.providers import casso, payos
from tests.factories.payments import SECRET, Till, Transfer, sepay_body, signed

_ids = itertools.count(1)
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Told:
    """A notice ready to be sent: its bytes and its headers."""

    body: bytes
    headers: dict[str, str]


Teller = Callable[..., Told]
"""`tell(till, transfer, secret=…, drift_ms=…, **changed fields)`."""


def sepay_tells(
    till: Till, transfer: Transfer, secret: str = SECRET, drift_ms: int = 0, **changed: object
) -> Told:
    body = sepay_body(till, transfer, **changed)
    return Told(body, signed(body, secret, drift_ms))


def casso_tells(
    till: Till, transfer: Transfer, secret: str = SECRET, drift_ms: int = 0, **changed: object
) -> Told:
    number, sign = next(_ids), -1 if transfer.direction == "out" else 1
    data: dict[str, Any] = {
        "id": number,
        "reference": transfer.reference or f"FTC{number:09d}",
        "description": transfer.content,
        "amount": sign * transfer.amount_vnd,
        "runningBalance": 0,
        "transactionDateTime": transfer.at,
        "accountNumber": till.number,
        "virtualAccountNumber": "",
    }
    body = json.dumps({"error": 0, "data": {**data, **changed}}, ensure_ascii=False).encode()
    timestamp = str(clock.machine_ms() + drift_ms)
    header = f"t={timestamp},v1={casso.sign(secret, timestamp, body)}"
    return Told(body, JSON | {"X-Casso-Signature": header})


def payos_tells(
    till: Till, transfer: Transfer, secret: str = SECRET, drift_ms: int = 0, **changed: object
) -> Told:
    number = next(_ids)
    data: dict[str, Any] = {
        "orderCode": number,
        "amount": transfer.amount_vnd,
        "description": transfer.content,
        "accountNumber": till.number,
        "reference": transfer.reference or f"FTP{number:09d}",
        "transactionDateTime": transfer.at,
        "currency": "VND",
        "paymentLinkId": f"{number:032x}",
        "code": "00",
        "desc": "Thành công",
        "virtualAccountNumber": "",
    }
    data |= changed
    fields = {"code": "00", "desc": "success", "success": True, "data": data}
    return Told(json.dumps({**fields, "signature": payos.sign(secret, data)}).encode(), JSON)


TELLERS: dict[str, Teller] = {"sepay": sepay_tells, "casso": casso_tells, "payos": payos_tells}
AMOUNT_FIELD = {"sepay": "transferAmount", "casso": "amount", "payos": "amount"}


def connect(session: Session, till: Till, provider: str) -> str:
    """One more feed of a till's account, at `provider`; its id."""
    return feeds.connect(session, accounts.facts(session, till.account_id), provider, SECRET)
