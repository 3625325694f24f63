"""The pages around an order, on a phone and on a desk: they fit in both languages and are big enough."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import money_walk, page_check, selling_tour
from tests.browser.money_walk import People
from tests.browser.selling_tour import STAFF_PHONE, SellingTour, arrived, signed_in
from tests.browser.test_pages import faults_at
from tests.support.browser import DESK, PHONE, Errors
from tests.support.server import Server


@pytest.fixture(scope="module")
def walked(market: Server) -> SellingTour:
    toured = selling_tour.walk(market)
    market.flask("demo", "day")
    staff, keeper = (signed_in(market, phone) for phone in (STAFF_PHONE, money_walk.BOOK_PHONE))
    seller = selling_tour.seller_of(staff)
    made = money_walk.walk(market, People(staff, keeper, arrived(market)), seller)
    return SellingTour(toured.pages | made)


@pytest.fixture
def page(browser: Browser, market: Server) -> Iterator[Page]:
    """A phone nobody used."""
    context = browser.new_context(
        base_url=market.url, viewport=PHONE, has_touch=True, locale="vi-VN"
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", [*selling_tour.PLACES, *money_walk.PLACES])
def test_a_page_around_an_order_fits_reads_aloud_and_can_be_touched(
    page: Page, market: Server, walked: SellingTour, name: str
) -> None:
    token, path = walked.pages[name]
    errors = Errors()
    errors.watch(page)
    page.context.add_cookies([{"name": "device", "value": token, "url": market.url}])
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == "vi"
    page_check.check(page)
    page.goto(f"{path}{'&' if '?' in path else '?'}lang=en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert faults_at(page, PHONE) + faults_at(page, DESK) == []
    assert errors == []
