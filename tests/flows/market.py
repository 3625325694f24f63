"""A small market with two sellers and several visitors, built once and put back for each flow test.

Built through the services, on a migrated file; put back by copying the file, because the product's
writer commits on a connection of its own. The clock stands still unless a test moves it.
"""

import hashlib
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core import clock, fsck, outbox, vault
from core.clock import FixedClock
from core.db import db, write
from payments.receipts import keys
from shop.notices import push_keys
from tests.factories.payments import Till

T = TypeVar("T")

GUEST = "guest"
ROLES = (GUEST, "stranger", "buyer", "other", "staff_b", "staff_a")
"""Who comes: nobody in particular; a device that typed the buyer's number; the buyer; another buyer;
staff of seller B; staff of seller A, to whom everything with an id in this market belongs."""


@dataclass
class Market:
    """One application with its rows: `tokens` by role, `ids` of what was made by name, A's `till`."""

    app: Flask
    file: Path
    time: FixedClock
    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    till: Till | None = None

    @property
    def origin(self) -> str:
        """The address of our own pages."""
        return str(self.app.config["SETTINGS"].public_url)

    @property
    def _kept(self) -> Path:
        return self.file.with_suffix(".kept")

    def stand(self) -> None:
        """Make this process this market's: its clock, its keys (another application may have been made)."""
        settings = self.app.config["SETTINGS"]
        clock.use(self.time)
        vault.use(settings.secret_key)
        keys.use(settings.keys_dir)
        push_keys.use(settings.keys_dir)
        self.app.extensions.pop("rate_buckets", None)

    def keep(self) -> None:
        """Remember the rows as they are now."""
        self.let_go()
        shutil.copyfile(self.file, self._kept)

    def restore(self) -> None:
        """Put the rows back as they were kept."""
        self.let_go()
        for leftover in self.file.parent.glob(self.file.name + "-*"):
            leftover.unlink()
        shutil.copyfile(self._kept, self.file)

    def change(self, fn: Callable[[Session], T]) -> T:
        """Run one write as an edge would."""
        with self.app.app_context():
            return write(fn)

    def settle(self) -> None:
        """Deliver every event that waits."""
        with self.app.app_context():
            outbox.run_pending()

    def problems(self) -> list[str]:
        """What `flask fsck` would name, once every event has been delivered."""
        self.settle()
        with self.app.app_context():
            verdicts = fsck.run_all(db.session())
            db.session.rollback()
        return [problem for verdict in verdicts for problem in verdict.problems]

    def client(self) -> FlaskClient:
        """A client that keeps no cookies: who calls is said with each request."""
        return self.app.test_client(use_cookies=False)

    def ask(self, role: str, method: str, path: str, **options: object) -> TestResponse:
        """One request by `role` from a page of ours; `options` as Werkzeug's test client takes them."""
        headers = {"Origin": self.origin, **_headers(options.pop("headers", {}))}
        if role != GUEST:
            headers["Authorization"] = f"Bearer {self.tokens[role]}"
        return self.client().open(path, method=method, headers=headers, **options)  # type: ignore[arg-type]

    def digest(self, without: Collection[str] = ()) -> str:
        """A fingerprint of every row of every table but the clock's mark, which any commit may move."""
        seen = hashlib.sha256()
        with self.app.app_context(), db.engine.connect() as connection:
            cursor = connection.connection.cursor()  # the driver's own: tests ask this 20,000 times
            for table in sorted(set(self._tables).difference(without)):
                cursor.execute(f"SELECT * FROM {table}")
                seen.update("\n".join([table, *sorted(map(repr, cursor.fetchall()))]).encode())
        return seen.hexdigest()

    @cached_property
    def _tables(self) -> list[str]:
        """The tables whose rows count, in order."""
        with self.app.app_context():
            return sorted(set(inspect(db.engine).get_table_names()) - {"clock_mark"})

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with self.app.app_context():
            return int(db.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)

    def let_go(self) -> None:
        """Close every connection."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        self.app.extensions["write_engine"].dispose()


def _headers(given: object) -> dict[str, str]:
    assert isinstance(given, dict)
    return given


def stand_still(at_ms: int) -> FixedClock:
    """Stop the product's clock at `at_ms`."""
    fixed = FixedClock(at_ms)
    clock.use(fixed)
    return fixed
