"""The day's sheet and the one reminder, after a show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.db import write
from core.ids import new_id
from livestream import order_news
from livestream.desk import desk
from livestream.desk.desk import ChangeRequest
from livestream.errors import SessionStillRuns
from livestream.shows import day_sheet, reminders, sessions
from shop import orders
from tests.factories.identity import bearer, make_login, make_seller
from tests.factories.livestream import Show, make_buyer, make_claim, make_show, order_basket
from tests.factories.payments import pay

T = TypeVar("T")
PRICE = 60_000


@dataclass
class Evening:
    """A show on which one bought and one only claimed; the tokens of its owner and its moderator."""

    app: Flask
    client: FlaskClient
    show: Show
    owner: str
    moderator: str
    code: str

    def change(self, fn: Callable[[Session], T]) -> T:
        with self.app.app_context():
            return write(fn)

    def see(self, token: str, path: str, status: int = 200) -> str:
        answer = self.client.get(f"/host/{self.show.id}{path}", headers=bearer(token))
        assert answer.status_code == status
        return answer.get_data(as_text=True)

    def remind(self) -> int:
        path = f"/host/{self.show.id}/remind"
        form = {"client_id": new_id()}
        return self.client.post(path, data=form, headers=bearer(self.owner)).status_code


@pytest.fixture
def evening(app: Flask, client: FlaskClient, time_at: FixedClock) -> Evening:
    def build(session: Session) -> Evening:
        show, buyer = make_show(session, 6, 6), make_buyer(session)
        make_claim(session, show, 2, login=buyer)
        make_claim(session, show, code="A2")
        code = order_basket(session, show, buyer)
        owner, _ = make_login(session, roles={show.seller_id: "owner"})
        moderator, _ = make_login(session, roles={show.seller_id: "moderator"})
        return Evening(app, client, show, owner, moderator, code)

    with app.app_context():
        return write(build)


def test_the_sheet_tells_claimed_ordered_and_paid_apart(session: Session) -> None:
    show, buyer = make_show(session, 6), make_buyer(session)
    make_claim(session, show, 2, login=buyer)
    make_claim(session, show, 1)
    code = order_basket(session, show, buyer)
    total = day_sheet.of_sellers(session, show.id, [show.seller_id]).total
    assert (total.claims, total.claimed, total.ordered, total.paid) == (2, 3, 2, 0)
    _pay(session, show, code)
    total = day_sheet.of_sellers(session, show.id, [show.seller_id]).total
    assert (total.claimed_vnd, total.ordered_vnd) == (3 * PRICE, 2 * PRICE)
    assert (total.paid, total.paid_vnd) == (2, 2 * PRICE)


def test_the_parts_sum_to_the_whole(session: Session) -> None:
    show = make_show(session, 6, 6)
    for code in ("A1", "A2", "A2"):
        make_claim(session, show, code=code)
    sheet = day_sheet.of_sellers(session, show.id, [show.seller_id])
    assert [line.sums.claimed for line in sheet.by_pin] == [1, 2]
    assert sum((line.sums for line in sheet.by_seller), day_sheet.Sums()) == sheet.total


def test_what_was_given_up_was_still_claimed(session: Session) -> None:
    show, buyer = make_show(session, 6), make_buyer(session)
    claimed = make_claim(session, show, 2, login=buyer)
    desk.change(session, ChangeRequest(show.id, claimed.claim_id, 0, buyer))
    total = day_sheet.of_sellers(session, show.id, [show.seller_id]).total
    assert (total.claimed, total.ordered) == (2, 0)


def test_another_sellers_rows_are_not_on_the_sheet(session: Session) -> None:
    show = make_show(session, 6)
    make_claim(session, show)
    assert day_sheet.of_sellers(session, show.id, [make_seller(session)]).rows == ()


def test_the_page_and_the_file_have_the_same_numbers(evening: Evening) -> None:
    page = evening.see(evening.owner, "/sheet")
    assert "120.000" in page
    rows = evening.see(evening.owner, "/sheet.csv").lstrip("\ufeff").splitlines()
    assert len(rows) == 3
    assert "120000" in rows[1].replace(".", "")


def test_money_is_not_for_moderators_nor_strangers(evening: Evening) -> None:
    stranger = evening.change(make_login)[0]
    for token in (evening.moderator, stranger):
        evening.see(token, "/sheet", 404)
        evening.see(token, "/sheet.csv", 404)


def test_nobody_is_reminded_while_the_show_runs(session: Session) -> None:
    show = make_show(session)
    with pytest.raises(SessionStillRuns):
        reminders.remind(session, show.id, [show.seller_id], "")


def test_an_unpaid_order_is_reminded_of_once(evening: Evening) -> None:
    evening.change(lambda session: sessions.end(session, evening.show.id))
    assert "1 đơn chưa trả tiền" in evening.see(evening.owner, "/sheet")
    assert evening.remind() == 303
    assert "Không còn đơn nào phải nhắc." in evening.see(evening.owner, "/sheet")
    sellers = [evening.show.seller_id]
    again = evening.change(lambda session: reminders.remind(session, evening.show.id, sellers, ""))
    assert again == 0


def test_the_buyer_reads_the_reminder_in_the_room(session: Session) -> None:
    show, buyer, other = make_show(session), make_buyer(session), make_buyer(session)
    make_claim(session, show, login=buyer)
    order_basket(session, show, buyer)
    sessions.end(session, show.id)
    _token, owner = make_login(session, roles={show.seller_id: "owner"})
    assert reminders.of_buyer(session, show.id, buyer) == 0
    reminders.remind(session, show.id, [show.seller_id], owner.person_id or "")
    assert reminders.of_buyer(session, show.id, buyer) == 1
    assert reminders.of_buyer(session, show.id, other) == 0


def _pay(session: Session, show: Show, code: str) -> None:
    pay(session, show.till, code, orders.facts(session, code).amount_vnd)
    orders.secure(session, code)
    order_news.follow(session, code, f"live:{show.id}")
