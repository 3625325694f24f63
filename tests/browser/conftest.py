"""A running market with demo data, and pages of different people in one real browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.desk import Desk
from tests.browser.order_walk import Hands
from tests.browser.tour import PASSWORD, STAFF_PHONE
from tests.support.browser import DESK, PHONE, Errors, launch
from tests.support.databases import SqliteTemplate
from tests.support.relay import Relay
from tests.support.server import Server, free_port

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def prepared(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a market that `flask prepare` has filled: copied, never served."""
    folder = tmp_path_factory.mktemp("prepared")
    Server(folder, sqlite_template.copy_to(folder)).flask("prepare")
    return folder


def served(prepared: Path, folder: Path) -> Server:
    """A server, not started yet, on a copy of the prepared market."""
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    return Server(folder, f"sqlite:///{folder / 'chophien.db'}")


@pytest.fixture(scope="module")
def market(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a market of this file's own: what its tests leave behind meets no other file's."""
    server = served(prepared, tmp_path_factory.mktemp("market"))
    yield server.start()
    server.stop()
    log = server.log_path.read_text()
    assert "Traceback" not in log, log[-3000:]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = launch(playwright)
    yield started
    started.close()


@pytest.fixture
def errors() -> Iterator[Errors]:
    """What the pages of this test complained of: nothing, at its end."""
    found = Errors()
    yield found
    assert found == []


@pytest.fixture
def open_page(browser: Browser, market: Server, errors: Errors) -> Iterator[OpenPage]:
    """`open_page(phone=True, **context options)`: a page of somebody who was never here before."""
    contexts = []

    def opened(*, phone: bool = True, **options: Any) -> Page:
        viewport = PHONE if phone else DESK
        context = browser.new_context(
            base_url=market.url, viewport=viewport, has_touch=phone, locale="vi-VN", **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        errors.watch(page)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def wired_market(
    prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Relay]]:
    """A market with demo goods whose public address is a wire."""
    server = served(prepared, tmp_path_factory.mktemp("desk"))
    wire = Relay(server.port, free_port()).start()
    server.environ["PUBLIC_URL"] = f"http://127.0.0.1:{wire.port}"
    yield server.start(), wire
    wire.stop()
    server.stop()
    assert "Traceback" not in server.log_path.read_text()


@pytest.fixture
def desk(browser: Browser, wired_market: tuple[Server, Relay]) -> Iterator[Desk]:
    server, wire = wired_market
    wire.mend()
    home = server.environ["PUBLIC_URL"]
    body = {"phone": STAFF_PHONE, "password": PASSWORD}
    token = requests.post(f"{server.url}/api/v1/auth/login", json=body, timeout=10).json()["token"]
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="vi-VN")
    context.add_cookies([{"name": "device", "value": token, "url": home}])
    context.set_default_timeout(15_000)
    page, errors = context.new_page(), Errors()
    errors.watch(page)
    page.goto(f"{home}/console")
    link = page.locator("a[href$='/stock']").first
    link.wait_for(state="attached")
    path = str(link.get_attribute("href")).removesuffix("/stock")
    yield Desk(page, wire, server, home + path, token)
    context.close()
    assert [text for text in errors if text.startswith("uncaught")] == []


@pytest.fixture(scope="module")
def hands(market: Server) -> Hands:
    return Hands(market)


@pytest.fixture
def staff_phone(browser: Browser, market: Server, hands: Hands) -> Iterator[Page]:
    """A page on the phone of the cooperative's manager."""
    context = browser.new_context(
        base_url=market.url, viewport=PHONE, has_touch=True, locale="vi-VN"
    )
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "device", "value": hands.token, "url": market.url}])
    page, errors = context.new_page(), Errors()
    errors.watch(page)
    yield page
    context.close()
    assert errors == []
