"""One seller's stall in an application of the test's own, with a clock that the test moves.

Set up through the factories, because a seller, its stock and its account have no public door yet;
everything after that is asked for over the API, and the bank speaks through the webhook.
"""

import json
import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

import wsgi
from core import clock, factory, outbox, ticks
from core.clock import FixedClock
from core.db import db, write
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import bearer, make_login, make_person
from tests.factories.payments import Till, Transfer, make_till, sepay_body, signed
from tests.factories.shop import make_ways
from tests.support.databases import settings_for
from tests.support.visitors import Answer, Buyer, Host, InProcess, pin, snapshot

PACK_G = 200
PRICE_VND = 65_000
LIVE_PRICE_VND = 60_000
RUN_VND = 20_000
MINUTE_MS = 60_000


@dataclass
class Stall:
    """A seller with a till, two ways of delivery and one listing in packs of 200 g at 65.000 đ."""

    app: Flask
    time: FixedClock
    till: Till = field(init=False)
    host: Host = field(init=False)
    product: str = field(init=False)
    listing: str = field(init=False)

    @property
    def seller(self) -> str:
        return self.till.seller_id

    @property
    def door(self) -> InProcess:
        return InProcess(self.app)

    def fill(self, packs: int) -> "Stall":
        """Set the stall up with so many packs in stock."""
        with self.app.app_context():
            write(lambda session: self._fill(session, packs))
        return self

    def _fill(self, session: Session, packs: int) -> None:
        self.till = make_till(session)
        make_ways(session, self.seller)
        self.product = make_product(session, self.seller, on_hand=packs * PACK_G)
        self.listing = make_listing(session, product_id=self.product, price_vnd=PRICE_VND)
        token, _ = make_login(session, roles={self.seller: "owner"})
        self.host = Host(self.door, token)

    def second_listing(self, packs: int) -> str:
        """Another product of the seller, in packs of 200 g."""
        with self.app.app_context():
            return write(lambda session: make_listing(session, self.seller, on_hand=packs * PACK_G))

    def second_till(self, seller: str = "") -> Till:
        """Another account: of this seller, or of a new one when `seller` is 'another'."""
        with self.app.app_context():
            return write(lambda session: make_till(session, "" if seller else self.seller))

    def buyer(self, name: str = "Nguyễn Thị Hoa") -> Buyer:
        """A new buyer whose number is proved."""
        with self.app.app_context():
            token = write(lambda session: make_login(session, make_person(session, name))[0])
        return Buyer(self.door, token)

    def show(self, packs: int = 5, limit: int = 5, **fields: object) -> str:
        """A running session with one pin A1 of so many packs at 60.000 đ; its id."""
        pins = [pin(self.listing, packs, LIVE_PRICE_VND, limit)]
        session_id = self.host.open(self.seller, pins, **fields)
        self.host.do(session_id, "start")
        return session_id

    def left_in_shop(self) -> int:
        """The packs the web shop may still sell."""
        return int(self.host.get(f"/listings/{self.listing}")["left"])

    def left_in_show(self, session_id: str, code: str = "A1") -> int:
        """The packs the pin may still sell."""
        return int(snapshot(self.host, session_id)["left"][code])

    def pass_minutes(self, minutes: int) -> None:
        """Let time pass while nobody looks: no tick comes by."""
        self.time.advance(minutes * MINUTE_MS)

    def tick(self) -> None:
        """Do what a server does every few seconds."""
        with self.app.app_context():
            for one in ticks.registered():
                ticks.run(one)
        self.settle()

    def settle(self) -> None:
        """Deliver every event that waits."""
        with self.app.app_context():
            outbox.run_pending()

    def post_notice(self, body: bytes, headers: dict[str, str], till: Till | None = None) -> Answer:
        """POST a bank's notice to a till's feed as it is, and have what was stored worked on."""
        path = f"/webhooks/sepay/{(till or self.till).feed_id}"
        told = self.app.test_client().post(path, data=body, headers=headers)
        self.settle()
        return Answer(told.status_code, told.get_json())

    def bank_tells(self, said: str, amount_vnd: int, reference: str = "", **more: Any) -> bytes:
        """A signed notice of one transfer (to this stall's till unless `till` says another); its body."""
        till = more.pop("till", self.till)
        body = sepay_body(till, Transfer(said, amount_vnd, reference, **more))
        told = self.post_notice(body, signed(body), till)
        assert (told.status, told.body) == (200, {"success": True})
        return body

    def page(self, url: str, token: str = "") -> str:
        """The words on a page of ours, as a device of `token` (or a stranger) sees it."""
        path = url.removeprefix(str(self.app.config["SETTINGS"].public_url))
        told = self.app.test_client().get(path, headers=bearer(token) if token else {})
        assert told.status_code == 200, told.text
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", told.text)).split())

    def suspense(self) -> dict[str, int]:
        """What the bank told of and no payment has: the sum in each account of money that waits."""
        query = text(
            "SELECT account, sum(amount_vnd) FROM matched_parts"
            " WHERE account <> 'payment' AND seller_id = :seller GROUP BY account"
        )
        with self.app.app_context():
            told = db.session.execute(query, {"seller": self.seller})
            return {account: int(vnd) for account, vnd in told}


@dataclass
class Town:
    """An application on a database of its own where stalls are put up; its clock only goes on."""

    app: Flask
    time: FixedClock

    def new_stall(self, packs: int = 10) -> Stall:
        """A stall nobody used; the limits of those who came before are forgotten."""
        clock.use(self.time)
        self.app.extensions.pop("rate_buckets", None)
        return Stall(self.app, self.time).fill(packs)

    def problems(self) -> list[str]:
        """What `flask fsck` finds wrong."""
        with self.app.app_context():
            told = self.app.test_cli_runner().invoke(args=["fsck"])
        lines = [json.loads(line) for line in told.stdout.splitlines()]
        assert lines, told
        return [problem for line in lines for problem in line["problems"]]

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        self.app.extensions["write_engine"].dispose()


def open_town(folder: Path, database_url: str, at_ms: int) -> Town:
    """An application on the migrated database at `database_url`, its clock at `at_ms`."""
    return Town(
        factory.create_app(settings_for(folder, database_url), wsgi.WIRINGS), FixedClock(at_ms)
    )
