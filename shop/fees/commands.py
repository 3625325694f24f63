"""`flask fees`: an operator's rules, the platform's account, invoices and who paid them."""

from datetime import datetime

import click
from flask.cli import AppGroup

from core import clock
from core.client_ids import JsonObject
from core.commands import emit
from core.db import db, write
from core.errors import DomainError
from core.money import parse_vnd
from shop.fees import invoice_facts, invoicing, months, ruling
from shop.fees.fee_rules import CHANNELS, Rate
from shop.fees.ruling import NewRule

fees_group = AppGroup("fees", help="What the platform takes of orders, and its invoices.")

OPERATOR = "operator"
DAY = click.DateTime(["%Y-%m-%d"])


class Refused(click.ClickException):
    """A refusal in words, as one JSON line; exit 1."""

    def __init__(self, error: DomainError) -> None:
        super().__init__(error.code)
        self._error = error

    def show(self, file: object = None) -> None:  # click's own signature
        told: JsonObject = {"error": self._error.code, "message": self._error.text()}
        emit({**told, **{key: str(said) for key, said in self._error.data.items()}})


def begins_ms(day: datetime | None) -> int | None:
    """When `day` begins in Vietnam; None, this very moment, for today or no day."""
    if day is None or day.date() == clock.today():
        return None
    return clock.midnight_ms(day.date())


@fees_group.command("rules")
def _rules() -> None:
    """List every rule, in the order they are tried."""
    for one in ruling.rules(db.session()):
        rule, rate = one.rule, one.rule.rate
        emit(
            {
                "id": rule.id,
                "place": one.place,
                "title": one.title,
                "basis_points": rate.basis_points,
                "fixed_vnd": rate.fixed_vnd,
                "least_vnd": rate.least_vnd,
                "most_vnd": rate.most_vnd,
                "seller": rule.seller_id,
                "channel": rule.channel,
                "kind": rule.kind,
                "from": clock.iso(rule.from_ms),
                "until": clock.iso(rule.until_ms) if rule.until_ms else None,
            }
        )


@fees_group.command("add")
@click.argument("title")
@click.option("--basis-points", type=int, default=0, help="Hundredths of a percent: 150 is 1.5 %.")
@click.option("--fixed", default="0", help="A sum on top, like 1k.")
@click.option("--least", default="0", help="No less than this.")
@click.option("--most", default="", help="No more than this.")
@click.option("--seller", default="", help="For this seller's id alone.")
@click.option("--channel", type=click.Choice(["", *CHANNELS]), default="")
@click.option("--kind", default="", help="For this kind of produce alone.")
@click.option("--from", "begin", type=DAY, default=None, help="First day; now if not said.")
@click.option(
    "--until", "end", type=DAY, default=None, help="First day it does not count any more."
)
@click.option("--place", type=int, default=100, help="Small numbers are tried first.")
def _add(title: str, begin: datetime | None, end: datetime | None, **given: str | int) -> None:
    """Add a rule for orders secured from now, or a later day, on."""
    try:
        rate = Rate(
            int(given["basis_points"]),
            parse_vnd(str(given["fixed"])),
            parse_vnd(str(given["least"])),
            parse_vnd(str(given["most"])) if given["most"] else None,
        )
        new = NewRule(
            title=title,
            rate=rate,
            from_ms=begins_ms(begin),
            until_ms=clock.midnight_ms(end.date()) if end else None,
            seller_id=str(given["seller"]),
            channel=str(given["channel"]),
            kind=str(given["kind"]),
            place=int(given["place"]),
        )
        emit({"rule": write(lambda session: ruling.add(session, new, OPERATOR))})
    except DomainError as error:
        raise Refused(error) from error


@fees_group.command("end")
@click.argument("rule")
@click.option("--on", "day", type=DAY, default=None, help="First day without it; now if not said.")
def _end(rule: str, day: datetime | None) -> None:
    """End RULE for later orders; older ones keep their fee."""
    try:
        write(lambda session: ruling.end(session, rule, begins_ms(day)))
    except DomainError as error:
        raise Refused(error) from error
    emit({"rule": rule, "ended": True})


@fees_group.command("account")
@click.argument("seller")
def _account(seller: str) -> None:
    """Have the platform be paid on the account of SELLER (its id)."""
    try:
        write(lambda session: invoicing.pay_to(session, seller))
    except DomainError as error:
        raise Refused(error) from error
    emit({"account_of": seller})


@fees_group.command("invoice")
@click.argument("seller")
@click.argument("month")
def _invoice(seller: str, month: str) -> None:
    """Invoice SELLER for MONTH (2026-11) now; nothing owed makes no invoice."""
    try:
        wanted = months.parse(month)
        number = write(lambda session: invoicing.issue(session, seller, wanted))
    except DomainError as error:
        raise Refused(error) from error
    emit({"seller": seller, "month": month, "number": number})


@fees_group.command("unpaid")
def _unpaid() -> None:
    """List the invoices nobody paid, the oldest first, with how many days they are late."""
    for one in invoice_facts.unpaid(db.session()):
        emit(
            {
                "number": one.number,
                "seller": one.seller_id,
                "month": one.month.key,
                "total_vnd": one.total_vnd,
                "late_days": one.late_days,
                "sent_vnd": one.sent_vnd,
            }
        )


@fees_group.command("paid")
@click.argument("number", type=int)
@click.option(
    "--note", required=True, help="Who saw the money, and the last four of its reference."
)
def _paid(number: int, note: str) -> None:
    """Note that invoice NUMBER was paid where no bank tells of it."""
    try:
        write(lambda session: invoicing.attest(session, number, OPERATOR, note))
    except DomainError as error:
        raise Refused(error) from error
    emit({"number": number, "paid": "attested"})
