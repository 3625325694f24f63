"""Logs say what happened, never to whom."""

import sys
from errno import ENOSPC
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import wsgi
from core import factory
from core.db import write
from core.identity.models import Person
from tests.support.databases import settings_for


def add_hoa(session: Session) -> None:
    session.add(Person(phone="+84912345678", name="Nguyễn Thị Hoa", created_ms=0))


def logged(**fields: object) -> str:
    """The line that goes to stderr."""
    line: Any = {"event": "fault", **fields}
    for process in structlog.get_config()["processors"]:
        line = process(None, "error", line)
    return str(line)


def test_a_fault_is_logged_without_names_and_numbers(database_url: str, tmp_path: Path) -> None:
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    with app.app_context():
        write(add_hoa)
        with pytest.raises(IntegrityError) as failed:
            write(add_hoa)
    app.extensions["write_engine"].dispose()
    told = logged(exc_info=failed.value, error=repr(failed.value))
    assert "IntegrityError" in told
    assert "912345678" not in told
    assert "Hoa" not in told


class _Full(StringIO):
    """A disk that takes nothing more."""

    def write(self, _text: str) -> int:
        raise OSError(ENOSPC, "No space left on device")


def test_p14_what_cannot_be_logged_is_lost_and_nothing_else(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", _Full())
    structlog.get_logger().warning("the disk is full")
