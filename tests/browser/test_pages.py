"""Each page of the product on a phone and on a desk: nothing overflows, all is big enough and named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser import tour
from tests.browser.tour import Tour
from tests.support.browser import DESK, PHONE, Errors
from tests.support.server import ROOT, Server

AXE = Path(ROOT / "node_modules/axe-core/axe.min.js")
# What WCAG 2.2 A and AA ask and a machine can judge: contrast, names, labels, roles, languages.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ASK_AXE = """async (rules) => {
  const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}"""
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - room;
  if (over <= 0) return [];
  const right = (one) => one.getBoundingClientRect().right;
  const wide = [...document.querySelectorAll("body *")].filter((one) => right(one) > room + 1);
  return [`${over}px over`, ...wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 90))];
}"""
# Words in a sentence may be links of a line's height; what stands alone is for a thumb.
TOUCHED = (
    ".btn, .dock a, .chip, .stepper button, .choice, .top-link, .input, .select, summary, .back"
)
TOO_LOW = """(touched) => [...document.querySelectorAll(touched)]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML.slice(0, 90))"""
NO_ALT = (
    "() => [...document.images].filter((one) => !one.hasAttribute('alt')).map((one) => one.src)"
)


@pytest.fixture(scope="module")
def found() -> Errors:
    return Errors()


@pytest.fixture(scope="module")
def walked(browser: Browser, market: Server, found: Errors) -> Iterator[Tour]:
    """One of each page, for three people who stay for all tests of this file."""
    contexts = [
        browser.new_context(base_url=market.url, viewport=PHONE, has_touch=True, locale="vi-VN")
        for _person in range(3)
    ]
    stranger, guest, staff = (context.new_page() for context in contexts)
    for page in (stranger, guest, staff):
        page.set_default_timeout(15_000)
        found.watch(page)
    yield tour.walk((stranger, guest, staff), market)
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", tour.PLACES)
def test_a_page_fits_reads_aloud_and_can_be_touched(walked: Tour, found: Errors, name: str) -> None:
    page = walked.open(name)
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.locator("h1").count() == 1, "one heading says what the page is"
    assert page.evaluate(NO_ALT) == []
    assert faults_at(page, PHONE) == []
    assert page.evaluate(TOO_LOW, TOUCHED) == []
    assert faults_at(page, DESK) == []
    assert axe_faults(page) == []
    assert complaints(found, name) == []


def test_a_fault_on_a_page_is_seen(walked: Tour) -> None:
    page = walked.open("login")
    page.set_viewport_size(PHONE)
    page.locator("main label").first.evaluate("label => label.remove()")
    page.locator("h1").evaluate("heading => heading.classList.add('whitespace-nowrap')")
    page.locator("h1").evaluate("heading => { heading.textContent = 'dài '.repeat(40) }")
    page.locator("main .btn").first.evaluate(
        "button => { button.textContent = ''; button.className = 'btn' }"
    )
    page.locator("main .btn").first.evaluate("button => button.style.setProperty('height', '20px')")
    assert faults_at(page, PHONE)
    assert page.evaluate(TOO_LOW, TOUCHED)
    assert {fault.partition(":")[0] for fault in axe_faults(page)} >= {"label", "button-name"}


def faults_at(page: Page, size: ViewportSize) -> list[str]:
    """What is wider than a screen of this size."""
    page.set_viewport_size(size)
    wider: list[str] = page.evaluate(WIDER)
    return wider


def axe_faults(page: Page) -> list[str]:
    """What axe-core holds against the page as it is now; read from the build's own packages."""
    page.evaluate(AXE.read_text("utf-8"))
    broken: list[str] = page.evaluate(ASK_AXE, RULES)
    return broken


def complaints(found: Errors, name: str) -> list[str]:
    """What the browser logged since the last page; that a missing page is missing is no error."""
    said = [text for text in found if not (name == "problem" and "404" in text)]
    found.clear()
    return said
