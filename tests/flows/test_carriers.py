"""A carrier as Vietnamese ones are: notices late, twice and forged, no answer, the truth on asking."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from core import errands, ticks
from core.db import db
from shop.carriers import adapters
from shop.carriers.ghtk import Ghtk
from tests.flows.carriers_of import GHTK, packed_for_a_carrier
from tests.flows.examples_shop import client_id
from tests.flows.market import GUEST, Market
from tests.support.fake_carrier import FakeCarrier

MINUTE_MS = 60_000


@pytest.fixture
def carrier() -> Iterator[FakeCarrier]:
    before = adapters.known()
    with FakeCarrier() as fake:
        adapters.use([Ghtk(fake.url, patience_s=0.3)])
        yield fake
    adapters.use(before)


def rounds(market: Market) -> None:
    """A minute goes by: the timer asks, errands speak, events are delivered."""
    market.time.advance(MINUTE_MS)
    with market.app.app_context():
        for tick in ticks.registered():
            if ".carriers." in tick.name:
                ticks.run(tick)
        errands.run_pending()
    market.settle()


def notice(market: Market, body: bytes) -> TestResponse:
    """A notice as a carrier's machine sends it: a form, no Origin, no signature."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return market.client().post(f"/webhooks/carriers/{GHTK}", data=body, headers=kind)


def book(market: Market) -> tuple[str, str]:
    """A parcel booked from the page: its order's code and the carrier's code."""
    label = packed_for_a_carrier(market)
    here = f"/console/{market.ids['seller']}/carriers"
    page = market.ask("staff_a", "GET", here)
    assert label in page.text
    fields = {"client_id": client_id(), "carrier": GHTK, "labels": label}
    assert market.ask("staff_a", "POST", f"{here}/book", data=fields).status_code == 303
    rounds(market)
    query = "SELECT o.code FROM orders o JOIN shipments s ON s.id = o.shipment_id WHERE s.label_code = :l"
    with market.app.app_context():
        code = str(db.session.scalar(text(query), {"l": label}))
        db.session.rollback()
    return code, f"S1.A1.{label}"


def state(market: Market, code: str) -> str:
    with market.app.app_context():
        found = str(
            db.session.scalar(text("SELECT state FROM orders WHERE code = :c"), {"c": code})
        )
        db.session.rollback()
        return found


def buyers_page(market: Market, code: str) -> str:
    page = market.ask("buyer", "GET", f"/orders/{code}")
    assert page.status_code == 200
    return page.text


def test_a_forged_notice_moves_nothing_and_a_true_one_only_after_asking(
    market: Market, carrier: FakeCarrier
) -> None:
    code, tracking = book(market)
    assert notice(market, carrier.notice(tracking)).get_json() == {"success": True}
    rounds(market)
    assert state(market, code) == "packed"
    carrier.statuses[tracking] = "4"
    notice(market, carrier.notice(tracking, 4))
    rounds(market)
    assert state(market, code) == "handed_over"
    assert tracking in buyers_page(market, code)
    assert market.problems() == []


def test_out_of_order_and_repeated_notices_end_where_the_carrier_says(
    market: Market, carrier: FakeCarrier
) -> None:
    code, tracking = book(market)
    for status in ("5", "3", "4", "5", "-1"):
        carrier.statuses[tracking] = status
        for _ in range(2):
            assert notice(market, carrier.notice(tracking, int(status))).status_code == 200
        rounds(market)
        assert state(market, code) == "delivered"
    assert "Đã giao" in buyers_page(market, code)
    assert market.problems() == []


def test_no_answer_changes_nothing_and_is_made_up_for(market: Market, carrier: FakeCarrier) -> None:
    code, tracking = book(market)
    carrier.mood, carrier.statuses[tracking] = "silent", "21"
    notice(market, carrier.notice(tracking, 21))
    rounds(market)
    assert state(market, code) == "packed"
    carrier.mood = "kind"
    for _ in range(6):
        rounds(market)
    assert state(market, code) == "refused"
    assert market.problems() == []


@pytest.mark.parametrize(
    "body", [b"", b"label_id=S1.NOBODY", b"\xff\x00", b"[" * 60_000, b"label_id=%00", b"{}"]
)
def test_whatever_is_knocked_with_is_answered_alike_without_effect(
    market: Market, carrier: FakeCarrier, body: bytes
) -> None:
    before = market.digest()
    answer = notice(market, body)
    assert (answer.status_code, answer.get_json()) == (200, {"success": True})
    assert (market.digest(), carrier.asked) == (before, 0)


def test_the_door_is_bounded_and_knows_its_carriers(market: Market) -> None:
    assert notice(market, b"label_id=" + b"x" * 70_000).status_code == 413
    assert market.ask(GUEST, "POST", "/webhooks/carriers/nobody").status_code == 404


def test_the_file_for_the_post_office_starts_no_formula(market: Market) -> None:
    label = packed_for_a_carrier(market)
    rename = text("UPDATE orders SET name = '=1+1' WHERE way_kind = 'carrier'")
    market.change(lambda session: session.execute(rename))
    here = f"/console/{market.ids['seller']}/carriers/parcels.csv"
    file = market.ask("staff_a", "GET", here).get_data().decode("utf-8-sig")
    assert f"{label},'=1+1," in file


def test_a_table_is_looked_at_before_it_is_taken_in(market: Market) -> None:
    label = packed_for_a_carrier(market)
    here = f"/console/{market.ids['seller']}/carriers/table"
    fields = {"client_id": client_id(), "status_list": f"{label}; VTP123456; Đã giao"}
    seen = market.ask("staff_a", "POST", here, data={**fields, "do": "look"})
    assert (seen.status_code, "sẽ ghi" in seen.text) == (200, True)
    taken = market.ask("staff_a", "POST", here, data={**fields, "do": "take"})
    assert taken.headers["Location"].endswith("/table?moved=1")
    assert market.problems() == []
