"""`flask demo day` leaves what a real day leaves: orders in many states, every đồng in its place."""

import json
from collections import Counter

from flask import Flask
from sqlalchemy import select

from core import fsck
from core.commands import demo_group
from core.db import db, write
from core.identity.models import Seller
from payments.models import MatchedPart
from payments.payouts.models import Payout
from shop.models import Order


def test_a_demo_day_has_work_for_every_desk_and_nothing_wrong(app: Flask) -> None:
    done = app.test_cli_runner().invoke(demo_group, ["day"])
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.exit_code, len(lines)) == (0, 10)
    with app.app_context():
        states = Counter(db.session.scalars(select(Order.state)))
        places = set(db.session.scalars(select(MatchedPart.account)))
        payouts = Counter(db.session.scalars(select(Payout.state)))
        problems = [text for one in fsck.run_all(db.session()) for text in one.problems]
        db.session.rollback()
    assert {"placed", "secured", "packed", "handed_over"} <= set(states)
    assert {"payment", "surplus", "duplicate", "unknown_code", "outgoing"} <= places
    assert payouts == {"paid": 1, "waiting": 1}
    assert problems == []


def test_a_market_with_sellers_of_its_own_has_no_demo_day(app: Flask) -> None:
    with app.app_context():
        write(lambda session: session.add(_own_seller()))
    assert app.test_cli_runner().invoke(demo_group, ["day"]).exit_code == 1


def _own_seller() -> Seller:
    return Seller(
        kind="household",
        name="Vườn nhà Bình",
        owner_name="Bình",
        phone="+84912345678",
        address="Xóm Hồng Thái",
        commune="Tân Cương",
        created_ms=1,
    )
