"""The customer book: whose buyers, found how, with which words, and how it leaves the house."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.db import write
from core.errors import NotFound
from core.identity import people
from core.identity.logins import Login
from core.ids import new_id
from shop import orders
from shop.customers import customers, keeping, messages
from shop.models import Order
from shop.ordering.pricing import Buyer, PlaceOrder
from tests.factories.identity import bearer, make_login, make_person
from tests.factories.shop import PICK_UP, PRICE_VND, Stand, buyer_of, make_stand, paid_order

ACTOR = "p:staff"
HOUR_MS = 3_600_000


def order_by(session: Session, stand: Stand, login: Login, name: str = "") -> str:
    buyer = buyer_of(login)
    buyer = Buyer(buyer.person_id, buyer.device_id, name or buyer.name, buyer.phone)
    wanted = PlaceOrder(stand.seller_id, buyer, "web", PICK_UP, (stand.line(),))
    return orders.place(session, wanted)


def known(session: Session, stand: Stand, name: str, phone: str) -> str:
    """Somebody who ordered once; their id."""
    _token, login = make_login(session, make_person(session, name, phone=phone))
    order_by(session, stand, login)
    session.flush()
    return login.person_id or ""


def found(session: Session, stand: Stand, asked: str) -> list[str]:
    return [one.name for one in customers.page(session, stand.seller_id, asked).customers]


def test_a_buyer_stands_once_with_all_orders_and_what_went_through(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session, packs=9)
    code = paid_order(session, stand, 2)
    person = session.get_one(Order, code).person_id
    _token, login = make_login(session, person)
    time_at.advance(HOUR_MS)
    order_by(session, stand, login, "Chị Hoa mới")
    one = customers.one(session, stand.seller_id, person)
    assert (one.name, one.orders, one.bought) == ("Chị Hoa mới", 2, 1)
    assert one.bought_vnd == 2 * PRICE_VND
    assert len(customers.orders_of(session, stand.seller_id, person)) == 2


def test_a_name_is_found_without_marks_and_a_number_by_its_last_digits(session: Session) -> None:
    stand = make_stand(session, packs=9)
    known(session, stand, "Nguyễn Thị Hoa", "+84912345678")
    known(session, stand, "Đỗ Văn Sơn", "+84987000111")
    assert found(session, stand, "thi hoa") == ["Nguyễn Thị Hoa"]
    assert found(session, stand, "DO VAN") == ["Đỗ Văn Sơn"]
    assert found(session, stand, "5678") == ["Nguyễn Thị Hoa"]
    assert found(session, stand, "0987 000") == ["Đỗ Văn Sơn"]
    assert found(session, stand, "không ai") == []


def test_another_sellers_buyers_are_nobody(session: Session) -> None:
    mine, theirs = make_stand(session), make_stand(session)
    person = known(session, theirs, "Lan", "+84912000222")
    assert customers.page(session, mine.seller_id).found == 0
    with pytest.raises(NotFound):
        customers.one(session, mine.seller_id, person)
    with pytest.raises(NotFound):
        keeping.note(session, mine.seller_id, person, "thích chè đậm", ACTOR)


def test_a_thousand_buyers_come_in_pages_and_a_page_beyond_the_end_is_the_last(
    session: Session,
) -> None:
    stand = make_stand(session, packs=2)
    pattern = vars(session.get_one(Order, paid_order(session, stand)))
    kept = {key: value for key, value in pattern.items() if not key.startswith("_")}
    for number in range(1_050):
        phone = f"+8490{number:07d}"
        person = people.find_or_create(session, phone, "Khách")
        changed = {"code": f"X{number:09d}", "person_id": person, "phone": phone}
        session.add(Order(**{**kept, **changed, "name": f"Khách {number}"}))
    session.flush()
    last = customers.page(session, stand.seller_id, "", 9_999)
    assert (last.found, last.pages, last.number, len(last.customers)) == (1_051, 22, 22, 1)
    first = customers.page(session, stand.seller_id, "")
    second = customers.page(session, stand.seller_id, "", 2)
    assert not {*first.customers} & {*second.customers}


def test_notes_are_kept_for_the_seller_and_gone_when_taken_away(session: Session) -> None:
    mine, theirs = make_stand(session), make_stand(session)
    person = known(session, mine, "Lan", "+84912000222")
    keeping.note(session, mine.seller_id, person, "thích chè đậm", ACTOR)
    [note] = keeping.notes_of(session, mine.seller_id, person)
    assert (note.text, keeping.notes_of(session, theirs.seller_id, person)) == (
        "thích chè đậm",
        (),
    )
    with pytest.raises(NotFound):
        keeping.drop_note(session, theirs.seller_id, person, note.id)
    keeping.drop_note(session, mine.seller_id, person, note.id)
    assert keeping.notes_of(session, mine.seller_id, person) == ()


def test_ready_words_name_the_order_the_sum_and_where_to_pay(app: Flask, session: Session) -> None:
    stand = make_stand(session)
    person = known(session, stand, "Lan", "+84912000222")
    [order] = customers.orders_of(session, stand.seller_id, person)
    with app.test_request_context():
        [message] = messages.about((order,), "HTX Chè")
    for expected in ("Lan", "HTX Chè", order.code, "65.000 đ", f"/orders/{order.code}?k="):
        assert expected in message.words


def test_the_file_is_given_with_a_reason_that_stays(app: Flask, client: FlaskClient) -> None:
    def build(session: Session) -> tuple[str, str]:
        stand = make_stand(session)
        known(session, stand, "=Lan", "+84912000222")
        return stand.seller_id, make_login(session, roles={stand.seller_id: "owner"})[0]

    with app.app_context():
        seller, token = write(build)
    path, login = f"/console/{seller}/customers", bearer(token)
    form = {"client_id": new_id(), "reason": ""}
    refused = client.post(path, data=form, headers=login)
    assert refused.status_code in (400, 422)
    form = {"client_id": new_id(), "reason": "gửi thiệp Tết"}
    answers = [client.post(path, data=form, headers=login) for _ in range(2)]
    rows = list(csv.reader(io.StringIO(answers[1].get_data().decode("utf-8-sig"))))
    assert [rows[1][0], rows[1][1]] == ["'=Lan", "0912 000 222"]
    page = client.get(path, headers=login).get_data(as_text=True)
    assert page.count("gửi thiệp Tết ·") + page.count("· gửi thiệp Tết") == 1


def test_who_packs_or_moderates_does_not_open_the_book(app: Flask, client: FlaskClient) -> None:
    def build(session: Session) -> tuple[str, dict[str, str]]:
        seller = make_stand(session).seller_id
        roles = ("owner", "host", "accountant", "packer", "moderator")
        return seller, {role: make_login(session, roles={seller: role})[0] for role in roles}

    with app.app_context():
        seller, tokens = write(build)
    path = f"/console/{seller}/customers"
    seen = {
        role: client.get(path, headers=bearer(token)).status_code for role, token in tokens.items()
    }
    assert [role for role, status in seen.items() if status == 200] == [
        "owner",
        "host",
        "accountant",
    ]
    form = {"client_id": new_id(), "reason": "gọi"}
    host = client.post(path, data=form, headers=bearer(tokens["host"]))
    assert host.status_code == 404
