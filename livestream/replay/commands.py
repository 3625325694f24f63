"""`flask recordings`: the dated terms of keeping, and whether every byte is what it was at the close."""

from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from core import clock
from core.commands import emit
from core.config import Settings
from core.db import db, write
from core.errors import DomainError
from livestream.media import recordings
from livestream.media.recorder import kept
from livestream.replay import terms
from livestream.replay.replay_models import SessionRecording
from livestream.replay.retention import Term
from shop.fees.commands import DAY, OPERATOR, Refused

recordings_group = AppGroup(
    "recordings", help="Recordings of shows: how long they are kept, are they whole."
)


@recordings_group.command("terms")
def _terms() -> None:
    """List the terms, the oldest first."""
    for one in terms.terms(db.session()):
        emit({"from": f"{clock.day_of(one.from_ms)}", "months": one.months, "source": one.source})


@recordings_group.command("term")
@click.option("--from", "begin", type=DAY, required=True, help="The first day it counts.")
@click.option("--months", type=int, required=True, help="Kept so many months after the show.")
@click.option("--source", required=True, help="The law, decree or decision.")
def _term(begin: datetime, months: int, source: str) -> None:
    """Add a term from a later day on; a longer one counts for what is still kept, too."""
    try:
        term = Term(clock.midnight_ms(begin.date()), months, source)
        write(lambda session: terms.add(session, term, OPERATOR))
    except DomainError as error:
        raise Refused(error) from error
    emit({"from": f"{begin.date()}", "months": months})


@recordings_group.command("verify")
@click.argument("session_id", required=False)
def _verify(session_id: str | None) -> None:
    """Read the recordings kept on this machine, all or one session's; exit 1 if one is not as it was."""
    query = select(SessionRecording).where(SessionRecording.state == "kept")
    if session_id:
        query = query.where(SessionRecording.session_id == session_id)
    settings: Settings = current_app.config["SETTINGS"]
    are_whole = True
    for row in db.session.scalars(query.order_by(SessionRecording.noted_ms)):
        found = _faults(settings.data_dir / "recordings" / row.stream, row)
        are_whole = are_whole and not found
        emit({"session": row.session_id, "digest": row.digest, "faults": list(found)})
    if not are_whole:
        raise SystemExit(1)


def _faults(folder: Path, row: SessionRecording) -> list[str]:
    """What is wrong with a recording: its files, or an end that is not the one noted at the close."""
    found, lines = recordings.faults(folder), kept(folder)
    ends_as_noted = (str(lines[-1]["digest"]) if lines else "") == row.digest
    return found if ends_as_noted else [*found, "the list does not end as it did at the close"]
