"""`flask bank verify` and `flask bank match`: what the door and the inbox would make of something.

Nothing is stored and nobody's secret is looked up: what is judged is what is given.
"""

import sys

import click
from sqlalchemy import select

from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, TooLarge
from core.strict_json import MAX_BYTES
from payments import providers, settle
from payments.bank import matching
from payments.bank.matching import Unmatched
from payments.commands import bank_group, lines
from payments.models import BankAccount
from payments.providers.base import Notice, Signer
from payments.providers.stripe_sdk import StripeNotices

_SIGNERS: dict[str, Signer] = {**providers.BY_NAME, "stripe": StripeNotices()}


@bank_group.command("verify")
@click.argument("provider", type=click.Choice(sorted(_SIGNERS)))
@click.option("--secret", type=lines.WORDS, required=True, help="What the provider signs with.")
@click.option(
    "--header",
    "headers",
    type=lines.WORDS,
    multiple=True,
    help="'Name: value', as it came; repeatable.",
)
@click.option("--any-age", is_flag=True, help="Leave only its age unjudged, for old samples.")
def _verify(provider: str, secret: str, headers: tuple[str, ...], any_age: bool) -> None:
    """Tell whether the notice on standard input (its raw body) is the provider's.

    Exit 0 if it is, 1 and the reason if not.
    """
    signer = _SIGNERS[provider]
    given = dict(_header(line) for line in headers)
    wanted = {name: given[name.lower()] for name in signer.headers if name.lower() in given}
    try:
        body = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise TooLarge()
        signer.verify(Notice(body, wanted), secret, None if any_age else clock.machine_ms())
    except DomainError as error:
        lines.answer({"ok": False, "code": error.code, **error.data, "message": error.text()})
        raise SystemExit(1) from error
    lines.answer({"ok": True})


@bank_group.command("match")
@click.option("--memo", type=lines.WORDS, required=True, help="What the bank's line says.")
@click.option(
    "--account",
    type=lines.WORDS,
    default="",
    help="Judge as the inbox would, on that account number.",
)
def _match(memo: str, account: str) -> None:
    """Tell which order code a transfer's text holds: exit 0 and the code, or 1 and why none.

    Without --account nothing is looked up: a code is right if its check is, and look-alikes are only named.
    """
    answer = _on_account(memo, account) if account else _by_itself(memo)
    lines.answer(answer)
    if answer["code"] is None:
        raise SystemExit(1)


def _by_itself(memo: str) -> JsonObject:
    found = matching.code_in(memo)
    return {"code": found.code, "why": found.why, "codes": list(found.codes)}


def _on_account(memo: str, number: str) -> JsonObject:
    row = db.session.scalars(select(BankAccount).where(BankAccount.number == number)).first()
    if row is None:
        return {"code": None, "why": "unknown_account", "codes": []}
    known = settle.candidates(db.session(), row.seller_id, memo, clock.now_ms())
    verdict = matching.match(memo, row.id, known)
    if isinstance(verdict, Unmatched):
        return {"code": None, "why": verdict.value, "codes": [found.code for found in known]}
    (code,) = (found.code for found in known if found.payment_id == verdict.payment_id)
    return {"code": code, "why": None, "codes": [code], "flags": verdict.flags}


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not (colon and name.strip()):
        raise click.UsageError("--header: write it as 'Name: value'")
    return name.strip().lower(), value.strip()
