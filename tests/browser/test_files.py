"""Tables on a phone and on a desk: sent with a number while one waits, looked at, written down, printed."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_pages import NO_ALT, TOO_LOW, TOUCHED, axe_faults, faults_at
from tests.browser.tour import sign_in
from tests.support.browser import DESK, PHONE, Errors

PRICES = "Sản phẩm;Đơn vị;Quy cách;Giá\nChè vằng;gói;200 g;45k\nChè dây;gói;100 g;30k\nx;gói;;1k\n"


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    """The cooperative's page for tables."""
    page = open_page()
    sign_in(page)
    page.goto("/console/sessions/new")
    seller = page.locator("input[name=seller]").get_attribute("value")
    page.goto(f"/console/{seller}/files")
    return page


def choose(page: Page, raw: bytes) -> None:
    file: FilePayload = {"name": "Bảng giá.csv", "mimeType": "text/csv", "buffer": raw}
    page.set_input_files("input[name=file]", files=[file])
    expect(page.locator("[data-file-name]")).to_have_text("Bảng giá.csv")
    page.locator(".action-bar").get_by_role("button", name="Xem trước").click()


def fits(page: Page) -> None:
    """The page as it stands is right on both screens, to the eye, the thumb and the ear."""
    assert page.locator("h1").count() == 1
    assert page.evaluate(NO_ALT) == []
    assert page.evaluate(TOO_LOW, TOUCHED) == []
    for size in (DESK, PHONE):
        assert faults_at(page, size) == []
    assert axe_faults(page) == []


def test_a_price_list_is_looked_at_and_chosen_rows_are_written(desk: Page) -> None:
    fits(desk)
    choose(desk, PRICES.encode())
    desk.wait_for_url("**/imports/*")
    fits(desk)
    expect(desk.get_by_text("Chưa rõ một gói là bao nhiêu")).to_be_visible()
    button = desk.locator(".action-bar [data-write]")
    expect(button).to_have_text("Ghi 2 dòng")
    desk.get_by_label("Dòng 3").uncheck()
    expect(button).to_have_text("Ghi 1 dòng")
    button.click()
    desk.wait_for_url("**?done=1")
    expect(desk.get_by_text("Đã ghi 1 dòng, còn 1 dòng")).to_be_visible()
    expect(button).to_have_text("Ghi 1 dòng")


def test_what_is_refused_is_said_and_the_file_stays_chosen(desk: Page, errors: Errors) -> None:
    choose(desk, b"<html>")
    expect(desk.locator("main .status-bad")).to_contain_text("trang web (HTML)")
    expect(desk.locator("[data-file-name]")).to_have_text("Bảng giá.csv")
    assert [bool(re.search("status of 400", error)) for error in errors] == [True]
    errors.clear()  # the browser's own line about the refusal


def test_the_sheet_fits_the_screen_and_is_bare_on_paper(desk: Page) -> None:
    desk.get_by_role("button", name="Mở phiếu").click()
    fits(desk)
    desk.emulate_media(media="print")
    expect(desk.locator(".count-sheet")).to_be_visible()
    for aside in (".desk-tabs", ".action-bar", ".top", ".foot"):
        expect(desk.locator(aside)).to_be_hidden()
