"""Handing over at phone size: a camera reads the label, the network is away, twice is said, once is done."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.desk import COMES_BACK_MS, Desk
from tests.browser.tour import code_in, order
from tests.support.browser import PHONE, launch
from tests.support.label_video import film
from tests.support.server import ROOT, Server


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("camera") / "label.y4m"


@pytest.fixture(scope="module")
def filming(playwright: Playwright, camera: Path) -> Iterator[Browser]:
    """A browser whose camera sees the film."""
    film(camera, "nothing yet")
    started = launch(
        playwright,
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    )
    yield started
    started.close()


@pytest.fixture
def phone(filming: Browser, desk: Desk) -> Iterator[Desk]:
    """The cooperative's own phone, with that camera."""
    context = filming.new_context(viewport=PHONE, has_touch=True, locale="vi-VN")
    context.add_cookies(desk.page.context.cookies())  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    yield Desk(context.new_page(), desk.wire, desk.server, desk.here, desk.token)
    context.close()


def packed(desk: Desk) -> str:
    """A parcel of the cooperative, ordered and packed: its label."""
    guest = desk.page.context.browser.new_context(  # type: ignore[union-attr]
        base_url=desk.server.environ["PUBLIC_URL"], locale="vi-VN"
    )
    page = guest.new_page()
    page.goto("/search?q=trà túi lọc")
    product = page.locator(".listing-name a[href^='/products/']").first.get_attribute("href")
    code = code_in(order(page, str(product)))
    guest.close()
    desk.server.flask("bank", "simulate", code, "--url", desk.server.url)
    return label_of(desk.server, code)


def label_of(server: Server, code: str) -> str:
    command = [sys.executable, "-m", "tests.support.parcel", code]
    environment = server.environment()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()[1]


def spoken(label: str) -> str:
    return f"{label[:2]} {label[2:6]} {label[6:]}"


def hand_over(page: Page, label: str, button: str) -> None:
    """Type a label and press what was done with it."""
    page.get_by_label("Hoặc gõ mã trên nhãn").fill(label.lower())
    page.get_by_role("button", name="Giao kiện này").click()
    page.get_by_role("dialog").get_by_role("button", name=button).click()


def told_by_another_phone(desk: Desk, label: str) -> None:
    """The parcel is handed over past the wire."""
    seller = desk.here.rpartition("/")[2]
    answer = requests.post(
        f"{desk.server.url}/api/v1/sellers/{seller}/hand-overs",
        json={"client_id": f"other-phone-{label}", "label": label, "to": "run"},
        headers={"Authorization": f"Bearer {desk.token}"},
        timeout=10,
    )
    assert answer.status_code == 200, answer.text


def test_the_camera_reads_a_label_and_the_parcel_leaves_once(phone: Desk, camera: Path) -> None:
    label, page = packed(phone), phone.page
    film(camera, label)
    phone.open_kept("/hand-over")
    page.get_by_text("Xe nhà chở đi").click()
    page.get_by_role("button", name="Quét nhãn kiện").click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text(spoken(label), timeout=COMES_BACK_MS)
    expect(sheet.get_by_role("heading")).to_have_text("Hoa")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    sheet.get_by_role("button", name="Lên xe nhà").click()
    expect(page.locator("[data-unsent]")).to_be_hidden(timeout=COMES_BACK_MS)
    page.reload()
    expect(page.locator(f"[data-label={label}]")).to_have_attribute("data-state", "out")


def test_without_network_parcels_wait_on_the_phone_and_leave_once(phone: Desk) -> None:
    page, labels = phone.page, [packed(phone) for _ in range(2)]
    phone.open_kept("/hand-over")
    phone.cut()
    page.reload()
    expect(page.locator("[data-net]")).to_contain_text("Mất mạng")
    page.get_by_text("Gửi xe khách").click()
    page.get_by_label("Biển số xe").fill("20b-012.34")
    page.get_by_label("Số của tài xế").fill("0912 345 678")
    for label in labels:
        hand_over(page, label, "Đã gửi xe khách")
    expect(page.locator("[data-unsent-list] li")).to_have_count(2)
    page.get_by_label("Hoặc gõ mã trên nhãn").fill(labels[0])
    page.get_by_role("button", name="Giao kiện này").click()
    expect(page.get_by_role("dialog")).to_contain_text("vừa ghi rồi")
    page.reload()
    phone.mend()
    expect(page.locator("[data-unsent]")).to_be_hidden(timeout=COMES_BACK_MS)
    page.reload()
    for label in labels:
        expect(page.locator(f"[data-label={label}]")).to_contain_text("20B-012.34")


def test_a_clash_stays_on_the_list_with_its_reason(phone: Desk) -> None:
    page, label = phone.page, packed(phone)
    phone.open_kept("/hand-over")
    phone.cut()
    hand_over(page, label, "Lên xe nhà")
    told_by_another_phone(phone, label)
    phone.mend()
    refused = page.locator("[data-unsent-list] li[data-state=refused]")
    expect(refused).to_contain_text("đã giao rồi, lúc", timeout=COMES_BACK_MS)
    refused.get_by_role("button", name="Bỏ, không giao").click()
    refused.get_by_role("button", name="Bấm lần nữa").click()
    expect(page.locator("[data-unsent]")).to_be_hidden()


def test_the_form_alone_hands_over_where_no_script_runs(desk: Desk) -> None:
    label = packed(desk)
    plain = desk.page.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, viewport=PHONE, locale="vi-VN"
    )
    plain.add_cookies(desk.page.context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(f"{desk.here}/hand-over")
    page.get_by_text("Trao tận tay").click()
    page.get_by_label("Hoặc gõ mã trên nhãn").fill(label)
    page.get_by_role("button", name="Giao kiện này").click()
    expect(page.locator(".status-ok").last).to_contain_text(spoken(label))
    expect(page.locator(f"[data-label={label}]")).to_have_attribute("data-state", "done")
    plain.close()
