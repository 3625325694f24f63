"""What every page of the desk is held to, on a phone and on a desk."""

from playwright.sync_api import Page

from tests.browser.test_pages import NO_ALT, TOO_LOW, TOUCHED, axe_faults, faults_at
from tests.support.browser import DESK, PHONE


def check(page: Page) -> None:
    """Fits a phone and a desk, can be touched, reads aloud."""
    page.wait_for_load_state()
    assert page.locator("h1").count() == 1
    assert page.evaluate(NO_ALT) == []
    assert page.evaluate(TOO_LOW, TOUCHED) == []
    assert axe_faults(page) == []
    assert faults_at(page, DESK) == []
    assert faults_at(page, PHONE) == []
