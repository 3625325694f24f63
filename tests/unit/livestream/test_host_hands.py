"""The host's quick hands over HTTP: flash windows, a product nobody listed, a former show again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import FixedClock
from livestream.models import LiveSession, Pin
from livestream.pins.pin_views import FlashSale, flash_sale
from livestream.shows import sessions
from tests.factories.livestream import make_claim
from tests.unit.livestream.test_console_pages import Desk, desk, new_show

__all__ = ["desk"]


def test_a_flash_is_opened_from_the_host_screen_and_stopped(
    desk: Desk, time_at: FixedClock
) -> None:
    caps = {"packs": "2", "limit": ""}
    opened = desk.step("flash", code="A1", price="49k", seconds=60, lead_s=10, **caps)
    assert opened.status_code == 303
    now = time_at.at_ms
    assert flash_sale(desk.pin("A1")) == FlashSale(49_000, now + 10_000, now + 70_000, 2, None)
    assert "49.000" in desk.see(f"/host/{desk.show.id}")
    assert desk.step("flash/end", code="A1").status_code == 303
    assert desk.pin("A1").flash_over


def test_a_flash_that_is_no_cheaper_is_refused_on_the_screen(desk: Desk) -> None:
    refused = desk.step("flash", code="A1", price="60k", seconds=60, lead_s=0)
    assert refused.status_code == 409
    assert "thấp hơn" in refused.text


def test_a_product_nobody_listed_is_on_the_screen_after_one_form(desk: Desk) -> None:
    desk.step("start")
    made = desk.step("quick-pin", name="Bí thơm", unit="kg", packs=12, price="25k")
    assert made.status_code == 303
    assert (desk.pin("A3").state, desk.pin("A3").price_vnd) == ("showing", 25_000)


def test_last_weeks_show_is_there_again_after_one_press(desk: Desk) -> None:
    desk.step("start")
    desk.step("end")
    again = desk.step("again")
    session_id = again.headers["Location"].removeprefix("/host/")

    def state(session: Session) -> str | None:
        return session.scalar(select(LiveSession.state).where(LiveSession.id == session_id))

    assert desk.change(state) == "checked"
    assert f"/host/{desk.show.id}/again" in desk.see("/console")


def test_a_pin_made_smaller_than_its_claims_names_them_on_the_screen(desk: Desk) -> None:
    desk.change(lambda session: sessions.start(session, desk.show.id))
    desk.change(lambda session: make_claim(session, desk.show, 4, code="A2"))
    refused = desk.step("pins/A2/terms", price="60k", packs=2)
    assert refused.status_code == 409
    assert "#1 " in refused.text
    assert desk.pin("A2").packs == 8


def test_a_host_may_call_the_goods_of_a_show_by_numbers(desk: Desk) -> None:
    opened = desk.send("/console/sessions/new", **new_show(desk, codes="1"))
    session_id = opened.headers["Location"].removeprefix("/host/")

    def codes(session: Session) -> list[str]:
        return list(session.scalars(select(Pin.code).where(Pin.session_id == session_id)))

    assert desk.change(codes) == ["1"]
