"""A run on the desk: what cannot go in is said beside its lot before anything is written."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.lots import states
from core.db import write
from tests.factories.catalog import keep
from tests.unit.catalog.test_stock_pages import Desk


@pytest.fixture
def desk(app: Flask, client: FlaskClient) -> Desk:
    return Desk(app, client)


def check(desk: Desk, used: str) -> tuple[int, str]:
    """The page after weighing in `used` kilos of the ten, and one kilo out."""
    form = {
        "step": "check",
        "unit": "kg",
        "lot_1": desk.lot(),
        "used_1": used,
        "product_1": desk.tea,
        "made_1": "1",
    }
    answer = desk.post("/runs/new", form)
    return answer.status_code, answer.get_data(as_text=True)


def test_what_is_there_leads_to_the_shares(desk: Desk) -> None:
    status, page = check(desk, "10")
    assert (status, "Phần của từng người" in page) == (200, True)


def test_more_than_the_lot_has_is_told_beside_it_with_what_was_typed(desk: Desk) -> None:
    status, page = check(desk, "12,5")
    assert status == 409
    assert "Lô chỉ còn 10 kg dùng được." in page
    assert 'value="12,5"' in page
    assert "Ghi mẻ vào sổ" not in page


def test_what_is_promised_to_buyers_is_told(desk: Desk) -> None:
    with desk.app.app_context():
        write(lambda session: keep(session, desk.tea, 4000))
    status, page = check(desk, "7")
    assert (status, "chỉ còn 6 kg chưa hứa cho khách" in page) == (409, True)


def test_a_lot_blocked_meanwhile_stays_on_the_page_and_says_so(desk: Desk) -> None:
    lot = desk.lot()
    with desk.app.app_context():
        write(lambda session: states.block(session, desk.seller, lot, "p:lan", "mốc"))
    status, page = check(desk, "7")
    assert (status, "Lô đang bị chặn" in page, lot in page) == (409, True, True)
