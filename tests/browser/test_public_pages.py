"""Pages of the shelf, a product's poster, a lot's origin: they fit, are named, and work without scripts."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import NO_ALT, TOO_LOW, TOUCHED, axe_faults, faults_at
from tests.support.browser import DESK, PHONE, Errors
from tests.support.server import Server

SHELF = (
    "/search",
    "/search?q=mien+rong",
    "/search?q=che&in_stock=1&paper=ocop&per_to_vnd=900000",
    "/search?q=zzzz",
    "/search#filters",
    "/search/ranking",
    "/ahead",
    "/kinds",
    "/kinds/na",
    "/communes/05500",
)


@pytest.fixture
def phone(browser: Browser, market: Server) -> Iterator[Page]:
    context = browser.new_context(base_url=market.url, viewport=PHONE, has_touch=True)
    yield context.new_page()
    context.close()


def judge(page: Page, path: str) -> None:
    errors = Errors()
    errors.watch(page)
    page.goto(path)
    assert page.locator("h1").count() == 1
    assert page.evaluate(NO_ALT) == []
    assert faults_at(page, PHONE) == []
    assert page.evaluate(TOO_LOW, TOUCHED) == []
    assert faults_at(page, DESK) == []
    assert axe_faults(page) == []
    assert list(errors) == []


@pytest.mark.parametrize("path", SHELF)
def test_a_page_of_the_shelf_is_fit_for_a_thumb_and_a_reader(phone: Page, path: str) -> None:
    judge(phone, path)


def test_from_a_product_one_gets_to_its_origin_and_its_poster(phone: Page) -> None:
    phone.goto("/search?q=che+moc+cau")
    phone.goto(str(phone.locator(".listing-name a").first.get_attribute("href")))
    if "/live/" in phone.url:
        phone.goto("/search?q=che+moc+cau+tan+cuong&in_stock=1&sort=price")
        phone.locator(".listing-name a[href^='/products/']").first.click()
        phone.wait_for_url("**/products/*")
    product = phone.url
    said = json.loads(str(phone.locator("script[type='application/ld+json']").text_content()))
    assert said["offers"]["priceCurrency"] == "VND"
    judge(phone, product)
    origin = phone.locator("a[href^='/trace/']").first.get_attribute("href")
    judge(phone, str(origin))
    judge(phone, f"{product}/poster")


def test_filters_work_without_scripts(browser: Browser, market: Server) -> None:
    context = browser.new_context(base_url=market.url, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search")
    page.get_by_role("link", name="Bộ lọc", exact=True).click()
    page.locator("#f-kind").select_option("na")
    page.locator("#f-per_to_vnd").fill("50k")
    page.get_by_role("button", name="Xem kết quả").click()
    expect(page).to_have_url(re.compile("kind=na"))
    expect(page.locator(".listing-name")).to_have_text(["Na dai La Hiên (quả nhỏ)"])
    page.get_by_role("link", name=re.compile("50.000 đ")).click()
    expect(page.locator(".listing-name")).not_to_have_count(1)
    context.close()
