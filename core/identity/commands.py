"""Commands of an operator about people: who holds an office of the province."""

import click
from flask.cli import AppGroup

from core.commands import emit
from core.db import write
from core.identity import officers
from core.phone import parse_phone

officer_group = AppGroup("officer", help="Say who holds an office of the province.")


@officer_group.command("add")
@click.argument("phone")
@click.option("--office", default="", help="What the office is called.")
def _add(phone: str, office: str) -> None:
    """Let the owner of PHONE enter market prices."""
    number = parse_phone(phone)
    write(lambda session: officers.name(session, number, office))
    emit({"officer": number, "office": office})


@officer_group.command("remove")
@click.argument("phone")
def _remove(phone: str) -> None:
    """End the office of the owner of PHONE; exit 1 if they hold none."""
    number = parse_phone(phone)
    ended = write(lambda session: officers.let_go(session, number))
    emit({"officer": number, "ended": ended})
    if not ended:
        raise SystemExit(1)
