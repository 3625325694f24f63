"""`flask bank connect` and `flask bank rotate`: an account gets a provider that watches it, or a new secret.

The secret is read from standard input, so that it stands in no list of processes and no shell's history.
"""

import sys
from collections.abc import Callable

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db, write
from core.errors import DomainError, NotFound
from payments import providers
from payments.bank import accounts, feeds
from payments.commands import bank_group, lines
from payments.models import BankAccount, FeedConnection
from payments.receiving import virtual


@bank_group.command("connect")
@click.argument("provider", type=click.Choice(sorted(providers.BY_NAME)))
@click.option(
    "--account",
    type=lines.WORDS,
    required=True,
    help="A seller's account here: its number, or BIN/number.",
)
def _connect(provider: str, account: str) -> None:
    """Have PROVIDER watch an account; its secret on standard input. Tells the address for its webhooks."""
    secret = _secret()
    _answer(lambda: _told(write(lambda session: _connected(session, provider, account, secret))))


@bank_group.command("virtual")
@click.argument("feed", type=lines.WORDS)
@click.argument("number", type=lines.WORDS)
def _virtual(feed: str, number: str) -> None:
    """Have buyers pay to virtual account NUMBER of FEED's account; owners are told, it counts after a day."""

    def forced() -> JsonObject:
        write(lambda session: _forced(session, feed, number))
        return {**_told(feed), "virtual": db.session.get_one(FeedConnection, feed).virtual_number}

    _answer(forced)


def _forced(session: Session, feed_id: str, number: str) -> str:
    row = session.get(FeedConnection, feed_id)
    if row is None:
        raise NotFound()
    return virtual.force(session, row.seller_id, feed_id, (number, number), "command")


@bank_group.command("rotate")
@click.argument("feed", type=lines.WORDS)
def _rotate(feed: str) -> None:
    """Take a new secret for FEED from standard input; the old one is believed for two days more."""
    secret = _secret()

    def rotated() -> JsonObject:
        write(lambda session: feeds.rotate(session, feed, secret))
        return _told(feed)

    _answer(rotated)


def _secret() -> str:
    try:
        return sys.stdin.buffer.read().decode().strip()
    except UnicodeDecodeError as error:
        raise click.UsageError("the secret on standard input is no text") from error


def _connected(session: Session, provider: str, number: str, secret: str) -> str:
    bank, _, own_number = number.rpartition("/")
    query = select(BankAccount.id).where(BankAccount.number == own_number)
    found = session.scalars(query.where(BankAccount.bin == bank) if bank else query).all()
    if len(found) != 1:
        raise NotFound()
    return feeds.connect(session, accounts.facts(session, found[0]), provider, secret)


def _told(feed_id: str) -> JsonObject:
    row = db.session.get_one(FeedConnection, feed_id)
    return {"feed": row.id, "path": f"/webhooks/{row.provider}/{row.id}"}


def _answer(act: Callable[[], JsonObject]) -> None:
    try:
        lines.answer(act())
    except DomainError as error:
        lines.answer({"error": error.code, "message": error.text()})
        raise SystemExit(1) from error
