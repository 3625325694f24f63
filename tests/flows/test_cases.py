"""A complaint to its end, over HTTP: with pictures, with a deadline, with an officer; and what is refused."""

from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from core import errands, ticks
from core.db import db
from shop.cases import case_facts
from shop.cases.case_facts import CaseFacts
from shop.cases.case_rules import HOUR_MS, ORDER
from tests.factories.identity import make_login
from tests.flows.examples_shop import client_id
from tests.flows.market import GUEST, Market
from tests.support import photographs

COMPLAINT = {"problem": "spoilt", "wants": "refund", "text": "3 quả dập\nhộp móp một góc"}


def report(market: Market, role: str = "buyer", **more: object) -> TestResponse:
    """Complain about the paid order."""
    path = f"/report/order/{market.ids['paid_code']}"
    return market.ask(role, "POST", path, data={**COMPLAINT, "client_id": client_id(), **more})


def post(market: Market, role: str, path: str, **fields: object) -> TestResponse:
    return market.ask(role, "POST", path, data={"client_id": client_id(), **fields})


def newest(market: Market) -> CaseFacts:
    """The complaint about the paid order that came after the market's own."""
    with market.app.app_context():
        found = case_facts.about(db.session(), ORDER, market.ids["paid_code"])
        db.session.rollback()
    (case,) = [one for one in found if one.id != market.ids["case"]]
    return case


def pass_time(market: Market, hours: int) -> None:
    market.time.advance(hours * HOUR_MS)
    with market.app.app_context():
        for tick in ticks.registered():
            if ".cases." in tick.name:
                ticks.run(tick)


def start(market: Market) -> CaseFacts:
    """A fresh complaint: the market's own one is taken back first."""
    post(market, "buyer", f"/cases/{market.ids['case']}/withdraw")
    assert report(market).status_code == 303
    return newest(market)


def test_a_complaint_ends_in_a_refund_both_sides_see(market: Market) -> None:
    case = start(market)
    desk = f"/console/{market.ids['seller']}/cases/{case.id}"
    assert "3 quả dập" in market.ask("staff_a", "GET", desk).text
    post(market, "staff_a", f"{desk}/say", text="Bạn chờ mình xem ảnh nhé")
    post(market, "buyer", f"/cases/{case.id}/say", text="Vâng ạ")
    answer = post(
        market, "staff_a", f"{desk}/settle", outcome="refund", amount="30k", text="Hoàn 3 quả"
    )
    assert answer.status_code == 303
    page = market.ask("buyer", "GET", f"/cases/{case.id}").text
    assert "30.000 đ" in page
    assert "Hoàn 3 quả" in page
    assert market.problems() == []


def test_pictures_are_shown_to_both_sides_and_cannot_be_taken_away(market: Market) -> None:
    post(market, "buyer", f"/cases/{market.ids['case']}/withdraw")
    picture = (BytesIO(photographs.jpeg()), "anh.jpg")
    assert report(market, photo=picture).status_code == 303
    with market.app.app_context():
        errands.run_pending()
        (note,) = case_facts.thread(db.session(), newest(market).id)
        (photo,) = note.photos
    desk = f"/console/{market.ids['seller']}"
    for role, path in (
        ("buyer", f"/cases/{newest(market).id}"),
        ("staff_a", f"{desk}/cases/{newest(market).id}"),
    ):
        assert photo.url(1280) in market.ask(role, "GET", path).text
    removed = post(market, "staff_a", f"{desk}/photo/{photo.id}/remove")
    assert removed.status_code == 404
    assert market.ask("staff_a", "GET", f"{desk}/photos/case/{note.id}").status_code == 404


def test_a_picture_that_is_none_keeps_nothing_and_gives_the_words_back(market: Market) -> None:
    post(market, "buyer", f"/cases/{market.ids['case']}/withdraw")
    before = market.digest()
    answer = report(market, photo=(BytesIO(b"<html>"), "anh.jpg"))
    assert answer.status_code == 422
    assert "hộp móp một góc" in answer.text
    assert market.digest() == before


def test_too_many_pictures_are_refused(market: Market) -> None:
    four = [(BytesIO(photographs.jpeg()), "anh.jpg") for _ in range(4)]
    assert report(market, photo=four).status_code == 400


def test_a_complaint_sent_twice_is_one_also_with_its_pictures(market: Market) -> None:
    post(market, "buyer", f"/cases/{market.ids['case']}/withdraw")
    one = client_id()
    for _twice in range(2):
        picture = (BytesIO(photographs.jpeg()), "anh.jpg")
        assert report(market, client_id=one, photo=picture).status_code == 303
    after = market.digest()
    other = (BytesIO(photographs.png()), "khac.png")
    assert report(market, client_id=one, photo=other).status_code == 409
    assert market.digest() == after


def test_a_seller_who_lets_the_time_go_by_hands_it_to_an_officer(market: Market) -> None:
    case = start(market)
    office = f"/officer/cases/{case.id}"
    early = post(market, "officer", f"{office}/settle", outcome="reject", text="Không có lỗi")
    assert early.status_code == 409
    pass_time(market, 24)
    pass_time(market, 24)
    desk = f"/console/{market.ids['seller']}/cases/{case.id}"
    refused = post(market, "staff_a", f"{desk}/settle", outcome="reject", text="Không nhận")
    assert refused.status_code == 409
    assert "Không nhận" in refused.text
    done = post(
        market,
        "officer",
        f"{office}/settle",
        outcome="refund",
        amount="20.000",
        text="Hoàn phần dập",
    )
    assert done.status_code == 303
    assert "Cán bộ quyết định" in market.ask("buyer", "GET", f"/cases/{case.id}").text
    assert market.problems() == []


def test_an_officer_never_sees_the_buyers_number(market: Market) -> None:
    case = start(market)
    page = market.ask("officer", "GET", f"/officer/cases/{case.id}").text
    assert "0387" not in page.replace(" ", "")
    assert case.capability not in page


def test_the_orders_link_complains_and_its_answer_opens_without_a_login(market: Market) -> None:
    path = f"/report/order/{market.ids['code']}?k={market.ids['capability']}"
    answer = market.ask(
        GUEST, "POST", path, data={**COMPLAINT, "client_id": client_id(), "name": "", "phone": ""}
    )
    assert answer.status_code == 303
    assert "3 quả dập" in market.ask(GUEST, "GET", answer.headers["Location"]).text
    assert market.ask(GUEST, "GET", answer.headers["Location"].partition("?")[0]).status_code == 404


def test_a_guest_leaves_a_number_to_complain_about_a_listing(market: Market) -> None:
    path = f"/report/listing/{market.ids['listing']}"
    told = {"problem": "false_claim", "wants": "explain", "text": "Không phải chè Tân Cương"}
    before = market.count("cases")
    refused = market.ask(GUEST, "POST", path, data={**told, "client_id": client_id()})
    assert refused.status_code == 400
    assert "Không phải chè" in refused.text
    assert market.count("cases") == before
    who = {"name": "Lan", "phone": "0912 345 678"}
    taken = market.ask(GUEST, "POST", path, data={**told, **who, "client_id": client_id()})
    assert taken.status_code == 303
    assert market.count("cases") == before + 1


def test_a_show_is_complained_about_at_its_organisers(market: Market) -> None:
    path = f"/report/stream/{market.ids['session_id']}"
    fields = {"problem": "rude", "wants": "explain", "text": ""}
    assert post(market, "buyer", path, **fields).status_code == 303
    page = market.ask("staff_a", "GET", f"/console/{market.ids['seller']}/cases").text
    assert "Chợ sáng" in page


@pytest.mark.parametrize(
    ("kind", "problem"), [("listing", "spoilt"), ("order", "rude"), ("stream", "not_arrived")]
)
def test_what_cannot_be_wrong_with_a_thing_is_refused(
    market: Market, kind: str, problem: str
) -> None:
    ids = market.ids
    thing = {"listing": ids["listing"], "order": ids["paid_code"], "stream": ids["session_id"]}
    fields = {"problem": problem, "wants": "explain", "text": "sai"}
    answer = post(market, "buyer", f"/report/{kind}/{thing[kind]}", **fields)
    assert answer.status_code == 400


def test_more_than_was_paid_is_not_refunded_and_the_words_stay(market: Market) -> None:
    case = start(market)
    desk = f"/console/{market.ids['seller']}/cases/{case.id}"
    before = market.digest()
    answer = post(
        market, "staff_a", f"{desk}/settle", outcome="refund", amount="9tr", text="Hoàn hết"
    )
    assert answer.status_code == 409
    assert "Hoàn hết" in answer.text
    assert "9tr" in answer.text
    assert market.digest() == before


def test_a_cooperatives_packer_answers_but_does_not_decide(market: Market) -> None:
    roles = {market.ids["seller"]: "packer"}
    market.tokens["packer"] = market.change(lambda session: make_login(session, roles=roles)[0])
    desk = f"/console/{market.ids['seller']}/cases/{market.ids['case']}"
    assert market.ask("packer", "GET", desk).status_code == 200
    said = post(market, "packer", f"{desk}/say", text="Để mình xem lại kiện")
    assert said.status_code == 303
    decided = post(market, "packer", f"{desk}/settle", outcome="replace", text="Giao bù")
    assert decided.status_code == 404
