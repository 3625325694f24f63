"""P2, P3, P4: the process dies at any commit between the bank's notice and the secured order: one end."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from core import clock
from core.db import db
from payments.ledger import posting
from tests.conftest import START_MS
from tests.factories.payments import Transfer, sepay_body, signed
from tests.support.killed_in_commits import MOST_COMMITS, killed_at
from tests.support.stall import PRICE_VND, Stall, Town, open_town
from tests.support.visitors import Buyer

MOMENTS = ("before_commit", "after_commit")


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[Town]:
    opened = open_town(tmp_path, database_url, START_MS)
    clock.use(opened.time)
    yield opened
    clock.use(clock.SystemClock())
    opened.close()


def order(stall: Stall) -> tuple[Buyer, str]:
    buyer = stall.buyer()
    buyer.put_in_cart(stall.listing, 1)
    return buyer, str(buyer.order_cart(stall.seller)["code"])


def end_of(stall: Stall, buyer: Buyer, code: str) -> tuple[object, ...]:
    """The order, its receipt, and what the books say of its payment."""
    shown = buyer.order(code)
    with stall.app.app_context():
        session = db.session()
        id_ = session.scalar(text("SELECT id FROM payments WHERE code = :code"), {"code": code})
        mine = [row for row in posting.balances(session, stall.seller) if row.subject == id_]
        entries = text("SELECT count(*) FROM ledger_lines WHERE subject = :id")
        booked = session.scalar(entries, {"id": id_})
    return (
        shown["state"],
        shown["paid_vnd"],
        [(row.account, row.amount_vnd) for row in mine],
        booked,
    )


def test_p3_killed_at_any_commit_the_money_ends_alike(town: Town) -> None:
    stall = town.new_stall(packs=MOST_COMMITS * 3)
    ends, kills = [], 0
    for moment in MOMENTS:
        for number in range(1, MOST_COMMITS):
            buyer, code = order(stall)
            body = sepay_body(stall.till, Transfer(code, PRICE_VND))
            was_killed = killed_at(town.app, moment, number, partial(tell, stall, body))
            tell(stall, body)  # the provider, who had no answer, tells again
            ends.append(end_of(stall, buyer, code))
            if not was_killed:
                break
            kills += 1
    assert kills >= 2 * 3
    assert {repr(end) for end in ends} == {repr(ends[0])}
    assert ends[0] == ("secured", PRICE_VND, [("received", -PRICE_VND)], 1)
    assert town.problems() == []


def tell(stall: Stall, body: bytes) -> None:
    """The notice comes, and what it sets off is worked on to its end."""
    assert stall.post_notice(body, signed(body)).status == 200
