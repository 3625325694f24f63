"""`flask tax`: the dated rates, listed and added, each with where it is written."""

from datetime import datetime

import click
from flask.cli import AppGroup

from core import clock
from core.commands import emit
from core.db import db, write
from core.errors import DomainError
from core.money import parse_vnd
from shop.fees.commands import DAY, OPERATOR, Refused
from shop.tax import rating
from shop.tax.tax_rules import TaxRate

tax_group = AppGroup("tax", help="Rates of household tax, each from a day on.")


@tax_group.command("rates")
def _rates() -> None:
    """List the rates, the oldest first."""
    for one in rating.rates(db.session()):
        emit(
            {
                "from": f"{clock.day_of(one.from_ms)}",
                "vat_basis_points": one.vat_basis_points,
                "pit_basis_points": one.pit_basis_points,
                "exempt_vnd": one.exempt_vnd,
                "source": one.source,
            }
        )


@tax_group.command("rate")
@click.option("--from", "begin", type=DAY, required=True, help="The first day it counts.")
@click.option("--vat", type=int, required=True, help="Basis points: 100 is 1 %.")
@click.option("--pit", type=int, required=True, help="Basis points: 50 is 0.5 %.")
@click.option("--exempt", required=True, help="No tax up to this a year, like 500tr.")
@click.option("--source", required=True, help="The law, decree or circular.")
def _rate(begin: datetime, vat: int, pit: int, exempt: str, source: str) -> None:
    """Add a rate for orders paid from a later day on."""
    try:
        rate = TaxRate(clock.midnight_ms(begin.date()), vat, pit, parse_vnd(exempt), source)
        write(lambda session: rating.add(session, rate, OPERATOR))
    except DomainError as error:
        raise Refused(error) from error
    emit({"from": f"{begin.date()}", "vat_basis_points": vat, "pit_basis_points": pit})
