"""A running market with demo data, and pages of different people in one real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import DESK, PHONE, Errors, launch
from tests.support.databases import SqliteTemplate
from tests.support.server import Server

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def market(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server on a database that `flask prepare` has filled."""
    folder = tmp_path_factory.mktemp("market")
    server = Server(folder, sqlite_template.copy_to(folder))
    server.flask("prepare")
    yield server.start()
    server.stop()
    log = server.log_path.read_text()
    assert "Traceback" not in log, log[-3000:]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
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
