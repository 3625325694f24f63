"""A buyer's phone is told with the page closed: asked after a tap, shown by the worker, switched off again.

Chromium cannot reach its maker's push service here, so `subscribe` hands out a subscription at the test's own
service, and a message is delivered to the worker through the browser's own protocol. All else is real;
what the market seals and sends is tested in `tests/flows/test_push.py`.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from tests.browser.conftest import served
from tests.browser.page_check import check
from tests.browser.tour import code_in, honey, order
from tests.support.browser import PHONE, Errors
from tests.support.push_service import Browser, PushService
from tests.support.server import Server

SUBSCRIBE = """keys => {
  PushManager.prototype.subscribe = async () => ({ toJSON: () => keys });
}"""


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as running:
        yield running


@pytest.fixture
def own_market(service: PushService, prepared: Path, tmp_path: Path) -> Iterator[Server]:
    """A market whose operator trusts the test's push service."""
    server = served(prepared, tmp_path)
    server.environ["PUSH_SERVICES"] = service.url
    yield server.start()
    server.stop()
    assert "Traceback" not in server.log_path.read_text()


@pytest.fixture
def phone(browser: Chromium, own_market: Server) -> Iterator[Page]:
    context = browser.new_context(
        base_url=own_market.url, viewport=PHONE, has_touch=True, locale="vi-VN"
    )
    context.set_default_timeout(15_000)
    page, errors = context.new_page(), Errors()
    errors.watch(page)
    yield page
    context.close()
    assert errors == []


def subscribe_at(page: Page, made: Browser) -> None:
    keys = {"p256dh": made.fields["p256dh"], "auth": made.fields["auth"]}
    page.evaluate(SUBSCRIBE, {"endpoint": made.endpoint, "keys": keys})


def deliver(page: Page, server: Server, message: str) -> None:
    """Hand a message to the page's worker, as a push service would."""
    found: list[str] = []
    devtools = page.context.new_cdp_session(page)
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(
            one["registrationId"]
            for one in told["registrations"]
            if one["scopeURL"].endswith("/n/")
        ),
    )
    devtools.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(50)
    fields = {"origin": server.url, "registrationId": found[0], "data": message}
    devtools.send("ServiceWorker.deliverPushMessage", fields)


def shown_on(page: Page) -> list[str]:
    """Titles of what the worker shows now."""
    script = """async () => {
      const worker = await navigator.serviceWorker.getRegistration('/n/');
      return (await worker.getNotifications()).map(one => one.title);
    }"""
    titles: list[str] = page.evaluate(script)
    return titles


def test_a_phone_is_told_that_its_order_was_paid(
    phone: Page, own_market: Server, service: PushService
) -> None:
    asked: list[str] = []
    phone.expose_function("asked", lambda: asked.append("asked"))
    phone.add_init_script(
        "const ask = Notification.requestPermission.bind(Notification);"
        "Notification.requestPermission = () => { window.asked(); return ask(); };"
    )
    paid = order(phone, honey(phone))
    offer = phone.get_by_role("button", name="Báo cho tôi trên máy này")
    expect(offer).to_be_visible()
    assert asked == []
    check(phone)

    made = service.browser()
    phone.context.grant_permissions(["notifications"], origin=own_market.url)
    subscribe_at(phone, made)
    offer.click()
    expect(phone.get_by_text("Máy này được báo khi có tin.")).to_be_visible()
    assert asked == ["asked"]
    check(phone)
    own_market.flask("bank", "simulate", code_in(paid), "--url", own_market.url)
    expect(phone.get_by_role("link", name="Xem biên nhận")).to_be_visible()
    expect(phone.get_by_text("Máy này được báo khi có tin.")).to_be_visible()

    told = {"title": "Đã nhận tiền", "body": "Chạm để xem.", "lang": "vi"}
    link = {"url": f"{own_market.url}/n/x", "tag": "x"}
    for _twice in range(2):
        deliver(phone, own_market, json.dumps({**told, **link}))
    while not shown_on(phone):
        phone.wait_for_timeout(50)
    assert shown_on(phone) == ["Đã nhận tiền"]

    phone.get_by_role("button", name="Thôi, đừng báo trên máy này").click()
    expect(offer).to_be_visible()
