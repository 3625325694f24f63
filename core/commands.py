"""Commands for operators and tests: one JSON object a line on stdout, logs on stderr.

Exit 0 / 1 / 2 means ok / no / usage. All of them may run beside a serving process.
"""

import json
from collections.abc import Callable

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import errands, fsck, outbox
from core.config import Settings
from core.db import db, write
from core.identity.models import Seller
from core.strict_json import JsonValue

demo_group = AppGroup("demo", help="Make things to try the market with.")
outbox_group = AppGroup("outbox", help="Deliver events outside the server.")

_demo_loaders: list[Callable[[Session], None]] = []
_prepared: list[Callable[[], list[str]]] = []
_upgraded: list[Callable[[Session], object]] = []


def init_app(app: Flask) -> None:
    """Register the commands every installation has."""
    app.cli.add_command(demo_group)
    app.cli.add_command(outbox_group)
    app.cli.add_command(_fsck)
    app.cli.add_command(_prepare)


def emit(fields: dict[str, JsonValue]) -> None:
    """Print one result line on stdout."""
    click.echo(json.dumps(fields, ensure_ascii=False))


def on_demo_load(load: Callable[[Session], None]) -> None:
    """Have `load(session)` add its package's demo rows when an empty database is prepared."""
    if load not in _demo_loaders:
        _demo_loaders.append(load)


def on_upgraded(fill: Callable[[Session], object]) -> None:
    """Have `fill(session)` make what new tables of its package lack when the market is prepared."""
    if fill not in _upgraded:
        _upgraded.append(fill)


def on_prepared(lines: Callable[[], list[str]]) -> None:
    """Have `lines()` printed by `flask prepare` in a demo (logins, links)."""
    if lines not in _prepared:
        _prepared.append(lines)


@click.command("fsck")
def _fsck() -> None:
    """Check every invariant; exit 1 and name what is wrong if one does not hold."""
    verdicts = fsck.run_all(db.session())
    for verdict in verdicts:
        emit(
            {"check": verdict.name, "ok": not verdict.problems, "problems": list(verdict.problems)}
        )
    if any(verdict.problems for verdict in verdicts):
        raise SystemExit(1)


def fill_if_empty() -> None:
    """Load every package's demo data, unless somebody sells here already."""
    if db.session.scalar(select(Seller.id).limit(1)) is None:
        write(_load_demo)


@click.command("prepare")
def _prepare() -> None:
    """Bring the database up to date, fill an empty one with demo data, say where the market opens."""
    upgrade()
    for fill in _upgraded:
        write(fill)
    settings: Settings = current_app.config["SETTINGS"]
    if settings.demo:
        fill_if_empty()
    click.echo(f"\n  Chợ Phiên: {settings.public_url}", err=True)
    for lines in _prepared if settings.demo else ():
        for line in lines():
            click.echo(f"  {line}", err=True)


@outbox_group.command("run")
def _run_outbox() -> None:
    """Deliver what is due now, do the errands too, and say how much it was."""
    emit({"delivered": outbox.run_pending(), "errands": errands.run_pending()})


def _load_demo(session: Session) -> None:
    for load in _demo_loaders:
        load(session)
        session.flush()
