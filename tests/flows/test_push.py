"""A buyer's own device is told of what they did on it, once; a stranger's hears nothing."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from shop.notices import roads
from shop.notices.push_road import PushRoad
from tests.flows.examples_shop import client_id
from tests.flows.market import GUEST, Market
from tests.flows.test_notices import notices, rounds
from tests.support.push_service import Browser, PushService


@pytest.fixture
def service(market: Market) -> Iterator[PushService]:
    """A push service the market's operator has named, as a road beside the market's own."""
    settings, before = market.app.config["SETTINGS"], roads._State.roads
    with PushService() as running:
        market.app.config["SETTINGS"] = replace(settings, push_services=(running.url,))
        roads.use([PushRoad("mailto:cho@example.vn", [running.url]), *before])
        yield running
    market.app.config["SETTINGS"] = settings
    roads.use(before)


def switch_on(market: Market, who: str, service: PushService) -> Browser:
    made = service.browser()
    fields = {**made.fields, "lang": "vi", "client_id": client_id()}
    assert market.ask(who, "POST", "/account/push", data=fields).status_code == 303
    return made


def settle_case(market: Market) -> None:
    """The seller decides what the buyer complained of."""
    path = f"/console/{market.ids['seller']}/cases/{market.ids['case']}/settle"
    fields = {"outcome": "replace", "amount": "", "text": "Giao bù", "client_id": client_id()}
    assert market.ask("staff_a", "POST", path, data=fields).status_code == 303


def test_a_device_is_told_says_so_and_opens_what_it_is_about(
    market: Market, service: PushService
) -> None:
    browser, others = switch_on(market, "buyer", service), switch_on(market, "other", service)
    settle_case(market)
    rounds(market, 3)
    title = f"Đã có quyết định: {market.ids['paid_code']}"
    (told,) = [one for one in browser.opened if one["title"] == title]
    assert others.opened == []
    assert "Giao bù" not in json.dumps(browser.opened, ensure_ascii=False)
    path = "/n/" + told["url"].partition("/n/")[2]
    assert market.ask(GUEST, "POST", f"{path}/shown").status_code == 204
    opened = market.ask(GUEST, "GET", path, headers={"Sec-Fetch-Mode": "navigate"})
    assert "/cases/" in opened.headers["Location"]
    desk = f"/console/{market.ids['seller']}/notices"
    assert "báo trên máy: máy đã hiện" in market.ask("staff_a", "GET", desk).text
    assert market.problems() == []


def test_a_device_that_typed_anothers_number_hears_nothing_of_theirs(
    market: Market, service: PushService
) -> None:
    stranger = switch_on(market, "stranger", service)
    settle_case(market)
    rounds(market, 3)
    assert stranger.opened == []
    assert {one["road"] for one in notices(market, "case_settled")} != {"push"}


def test_switched_off_is_off(market: Market, service: PushService) -> None:
    browser = switch_on(market, "buyer", service)
    assert "Thôi, đừng báo trên máy này" in market.ask("buyer", "GET", "/account/push").text
    fields = {"client_id": client_id()}
    market.ask("buyer", "POST", "/account/push/off", data=fields)
    assert "Báo cho tôi trên máy này" in market.ask("buyer", "GET", "/account/push").text
    settle_case(market)
    rounds(market, 3)
    assert browser.opened == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.0.0.1/x",
        "http://169.254.169.254/latest",
        "https://example.vn/x",
        "javascript:1",
    ],
)
def test_a_stranger_has_the_market_write_to_nobodys_server(market: Market, endpoint: str) -> None:
    fields = {**Browser(endpoint=endpoint).fields, "lang": "vi", "client_id": client_id()}
    before = market.digest()
    answer = market.ask("buyer", "POST", "/account/push", data=fields)
    assert answer.status_code == 400
    assert "chưa nhận được báo" in answer.text
    assert market.digest() == before


def test_the_worker_is_under_its_own_path_and_names_its_build(market: Market) -> None:
    answer = market.ask(GUEST, "GET", "/n/worker.js")
    assert answer.mimetype == "text/javascript"
    assert "shop/push-worker" in answer.text
    assert "Service-Worker-Allowed" not in answer.headers
