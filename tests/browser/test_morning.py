"""The cooperative's morning at phone size with a day's work on it: each number is one that was made here."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core import clock
from tests.browser.order_walk import Hands, Placed
from tests.browser.page_check import check


@pytest.fixture
def morning(staff_phone: Page, hands: Hands) -> Page:
    """The page of the day, as somebody sees it who keeps the cooperative's book."""
    staff_phone.goto(f"/console/{hands.seller}/today")
    return staff_phone


def number(page: Page, part: str) -> int:
    """What a line of the page counts, or its big number; 0 where there is nothing."""
    line = page.locator(".morning-list li", has_text=part).locator("b")
    big = page.locator("section", has=page.get_by_role("heading", name=part)).locator(
        ".morning-number"
    )
    found = line if line.count() else big
    said = found.first.evaluate("place => place.firstChild.textContent") if found.count() else "0"
    return int("".join(one for one in str(said) if one.isdigit()))


def numbers(page: Page) -> dict[str, int]:
    parts = ("Cần đóng hàng", "Đóng xong, chờ giao", "Đang trên đường", "Chờ khách trả tiền")
    return {part: number(page, part) for part in (*parts, "Cần trả lại tiền", "Tiền về hôm nay")}


def complains(hands: Hands, page: Page, placed: Placed) -> None:
    """The buyer of `placed` waits for an answer."""
    where = (
        f"{hands.market.url}/report/order/{placed.code}{placed.path.partition('/orders/')[2][10:]}"
    )
    buyer = page.context.browser.new_context(locale="vi-VN").new_page()  # type: ignore[union-attr]
    buyer.goto(where)
    buyer.get_by_text("Hàng hỏng, dập, mốc").click()
    buyer.get_by_label("Kể thêm vài câu").fill("Một gói bị ẩm")
    buyer.get_by_role("button", name="Gửi cho người bán").last.click()
    buyer.wait_for_url("**/cases/*")
    buyer.context.close()


def test_a_days_work_stands_on_the_morning_page(
    morning: Page, hands: Hands, tmp_path: Path
) -> None:
    before = numbers(morning)
    to_pack, packed, away, off = (hands.order() for _ in range(4))
    hands.order()  # waits for its money
    for one in (to_pack, packed, away, off):
        hands.pays(one)
    for one in (packed, away):
        hands.step(one, "pack")
    hands.gives_away(away, to="run")
    hands.step(off, "off", "Chè ẩm")
    complains(hands, morning, away)
    morning.reload()
    after = numbers(morning)
    came_in_vnd = after.pop("Tiền về hôm nay") - before.pop("Tiền về hôm nay")
    assert {part: count - before[part] for part, count in after.items()} == dict.fromkeys(after, 1)
    assert came_in_vnd == sum(hands.amount_vnd(one) for one in (to_pack, packed, away, off))
    expect(morning.get_by_role("link", name="Khiếu nại")).to_be_visible()
    check(morning)
    morning.screenshot(path=tmp_path / "morning.png", full_page=True)


def test_goods_that_are_gone_or_near_their_last_day_are_named_and_lead_to_the_store(
    morning: Page, hands: Hands, tmp_path: Path
) -> None:
    promised = hands.order()
    hands.step(promised, "cod")
    name = hands.name_of(promised)
    hands.loses(name)
    ending = hands.harvests(clock.today() + timedelta(days=3), other_than=name)
    morning.reload()
    short = morning.get_by_role("link", name=f"{name}: thiếu so với đã hứa")
    expect(short).to_be_visible()
    near = morning.locator(".morning-list li", has_text=ending)
    expect(near).to_contain_text("còn")
    check(morning)
    morning.screenshot(path=tmp_path / "short.png", full_page=True)
    short.click()
    morning.wait_for_url("**/stock")
