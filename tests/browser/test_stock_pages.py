"""Each of the desk's pages for goods on a phone and on a desk: it fits, reads aloud and can be touched."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_pages import NO_ALT, TOO_LOW, TOUCHED, axe_faults, faults_at
from tests.browser.tour import sign_in
from tests.support.browser import DESK, PHONE, Errors
from tests.support.server import Server

PLACES = {
    "stock": "/stock",
    "points": "/stock/points",
    "count": "/stock/count",
    "stall": "stall",
    "lots": "/lots",
    "no-such-lots": "/lots?state=recalled",
    "harvest": "/lots/new",
    "lot": "lot",
    "slip": "lot/slip",
    "transfer": "lot/transfer",
    "correct": "lot/correct",
    "merge": "lot/merge",
    "block": "lot/block",
    "returns": "/returns",
    "return": "/returns/new",
    "runs": "/runs",
    "run-lots": "/runs/new",
    "run-weights": "/runs/new?lot=lot",
}


@pytest.fixture(scope="module")
def found() -> Errors:
    return Errors()


@pytest.fixture(scope="module")
def staff(browser: Browser, market: Server, found: Errors) -> Iterator[Page]:
    """Somebody of the cooperative who stays signed in for all of these tests."""
    context = browser.new_context(
        base_url=market.url, viewport=PHONE, has_touch=True, locale="vi-VN"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    found.watch(page)
    sign_in(page)
    yield page
    context.close()


@pytest.fixture(scope="module")
def addresses(staff: Page) -> dict[str, str]:
    """Where each place is: a lot of a member has its slip, the first point its stall."""
    staff.goto("/console")
    here = first(staff, "a[href$='/stock']").removesuffix("/stock")
    staff.goto(f"{here}/members")
    staff.goto(f"{here}/lots")
    lots = staff.locator(f"a[href^='{here}/lots/']:has(.big-number)")
    links = [str(one.get_attribute("href")) for one in lots.all()]
    lot = next(link for link in links if has_slip(staff, link))
    staff.goto(f"{here}/stock/points")
    stall = first(staff, "a[href*='/stall/']")
    named = {"stall": stall, "lot": lot}
    return {
        name: named.get(place) or place.replace("lot/", f"{lot}/")
        if not place.startswith("/")
        else here + place.replace("lot=lot", f"lot={lot.rpartition('/')[2]}")
        for name, place in PLACES.items()
    }


@pytest.mark.parametrize("name", PLACES)
def test_a_page_fits_reads_aloud_and_can_be_touched(
    staff: Page, addresses: dict[str, str], found: Errors, name: str
) -> None:
    staff.set_viewport_size(PHONE)
    answer = staff.goto(addresses[name])
    assert answer is not None
    assert answer.ok, addresses[name]
    assert staff.locator("h1").count() == 1, "one heading says what the page is"
    assert staff.evaluate(NO_ALT) == []
    assert faults_at(staff, PHONE) == []
    assert staff.evaluate(TOO_LOW, TOUCHED) == []
    assert faults_at(staff, DESK) == []
    assert axe_faults(staff) == []
    assert found == []


def has_slip(staff: Page, link: str) -> bool:
    staff.goto(link)
    return staff.locator("a[href$='/slip']").count() > 0


def first(staff: Page, selector: str) -> str:
    """Where the first such link leads."""
    place = staff.locator(selector).first
    place.wait_for(state="attached")
    return str(place.get_attribute("href"))
