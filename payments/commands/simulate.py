"""`flask bank simulate`: the bank's notice of a transfer, signed as SePay signs, sent over HTTP.

Works beside a running server and takes no short cut: what it sends passes the same door as the real
provider's notices. One JSON object a line on stdout; exit 0 / 1 / 2 means taken / not taken / usage.
"""

import json
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus

import click
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.commands import emit
from core.config import Settings
from core.db import db
from core.errors import DomainError, NotFound
from core.strict_json import JsonValue, loads
from payments.bank import accounts, feeds, sepay_signature
from payments.bank.feeds import FeedFacts
from payments.commands import bank_group
from payments.models import BankAccount, FeedConnection, Payment
from payments.providers.sepay import SIGNATURE, TIMESTAMP

_PROVIDER = "sepay"
_MOST_VND = 10**12 - 1
_TIMEOUT_S = 30
_RANDOM_IDS = 10**15


@dataclass(frozen=True)
class Asked:
    """What the operator asked for; empty texts and zero mean "as usual"."""

    code: str
    amount_vnd: int
    account: str
    content: str
    reference: str


@dataclass(frozen=True)
class _Notice:
    """A notice ready to be signed and sent to a feed."""

    feed: FeedFacts
    amount_vnd: int
    body: bytes


class _Refused(Exception):
    """There is nothing to send, for a reason in one word."""


@bank_group.command("simulate")
@click.argument("code")
@click.option("--amount", type=click.IntRange(1, _MOST_VND), help="Đồng; default: what is due.")
@click.option(
    "--times",
    type=click.IntRange(1, 1000),
    default=1,
    help="Send the same notification so often, as a provider that repeats itself.",
)
@click.option("--url", default="", help="The server; default: this machine at PORT.")
@click.option("--account", default="", help="The account number the money comes to.")
@click.option("--content", default="", help="The transfer's text; default: one that holds CODE.")
@click.option("--reference", default="", help="The bank's reference; default: a new one.")
def _simulate(code: str, amount: int | None, times: int, url: str, **texts: str) -> None:
    """Tell the server that money came for order CODE. Only where demo data may be.

    Run it again for another transfer (a top-up, a duplicate); --times repeats one notification. A
    CODE no payment has needs --amount; its money comes to --account or to a demo account.
    """
    asked = Asked(code.strip().upper(), amount or 0, **texts)
    settings: Settings = current_app.config["SETTINGS"]
    try:
        if not settings.demo:  # what it signs is believed: receipts would attest money nobody sent
            raise _Refused("no_demo")
        notice = _notice(db.session(), asked)
    except _Refused as refusal:
        emit({"code": asked.code, "error": str(refusal)})
        raise SystemExit(1) from refusal
    server = url.rstrip("/") or f"http://127.0.0.1:{settings.port}"
    taken = [_send_and_tell(server, asked.code, notice) for _ in range(times)]
    if not all(taken):
        raise SystemExit(1)


def _notice(session: Session, asked: Asked) -> _Notice:
    payment = session.scalars(select(Payment).where(Payment.code == asked.code)).one_or_none()
    amount_vnd = asked.amount_vnd or _usual_amount(payment)
    account = _account(session, asked, payment)
    try:
        feed = feeds.of_account(session, account.id, _PROVIDER)
    except NotFound as error:
        raise _Refused("no_feed") from error
    return _Notice(feed, amount_vnd, _body(account, asked, amount_vnd))


def _usual_amount(payment: Payment | None) -> int:
    """What is due, or the whole sum again when nothing is."""
    if payment is None:
        raise _Refused("unknown_code")
    return payment.amount_vnd - payment.paid_vnd or payment.amount_vnd


def _account(session: Session, asked: Asked, payment: Payment | None) -> BankAccount:
    query = select(BankAccount)
    if asked.account:
        query = query.where(BankAccount.number == asked.account)
    elif payment:
        query = query.where(BankAccount.id == accounts.facts(session, payment.account_id).books_id)
    else:
        query = query.join(FeedConnection, FeedConnection.account_id == BankAccount.id)
        query = query.where(FeedConnection.provider == _PROVIDER)
    account = session.scalars(query.order_by(BankAccount.created_ms, BankAccount.id)).first()
    if account is None:
        raise _Refused("unknown_account" if asked.account else "no_account")
    return account


def _body(account: BankAccount, asked: Asked, amount_vnd: int) -> bytes:
    """The JSON that SePay sends, in its order of fields."""
    number = secrets.randbelow(_RANDOM_IDS)
    reference = asked.reference or f"FT{number:015d}"
    fields: JsonObject = {
        "id": number,
        "gateway": account.bank_name,
        "transactionDate": f"{clock.in_vietnam(clock.now_ms()):%Y-%m-%d %H:%M:%S}",
        "accountNumber": account.number,
        "code": None,
        "content": asked.content or f"MBVCB.{reference}.{asked.code}.CT tu 0123456789",
        "transferType": "in",
        "transferAmount": amount_vnd,
        "accumulated": amount_vnd,
        "subAccount": None,
        "referenceCode": reference,
        "description": "",
    }
    return json.dumps(fields, ensure_ascii=False).encode()


def _send_and_tell(server: str, code: str, notice: _Notice) -> bool:
    """Send a notice, print what came back; returns whether the server took it."""
    status, answer = _send(server, notice)
    emit({"code": code, "amount_vnd": notice.amount_vnd, "status": status, "answer": answer})
    return status == HTTPStatus.OK


def _send(server: str, notice: _Notice) -> tuple[int, JsonValue]:
    """The status and body of the server's answer; status 0 if there was none."""
    timestamp = str(clock.machine_ms() // 1000)
    signature = sepay_signature.sign(notice.feed.secret, timestamp, notice.body)
    headers = {"Content-Type": "application/json", TIMESTAMP: timestamp, SIGNATURE: signature}
    address = f"{server}/webhooks/{notice.feed.provider}/{notice.feed.id}"
    try:
        asked = urllib.request.Request(address, notice.body, headers)
        with urllib.request.urlopen(asked, timeout=_TIMEOUT_S) as answer:
            return answer.status, _read(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, _read(error.read())
    except (OSError, ValueError) as error:
        return 0, f"no answer from {server}: {error}"


def _read(body: bytes) -> JsonValue:
    """An answer as JSON, or as the text it is."""
    try:
        return loads(body)
    except DomainError:
        return body.decode("utf-8", "replace")
