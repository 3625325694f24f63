"""The sale day's report: gathered from what happened, frozen after a week, never changed, told in files."""

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from core import clock
from core.clock import FixedClock
from core.errors import NotFound
from livestream.figures import paper, report_checks, reports, shown, telling, viewers
from livestream.figures.paper import Said
from livestream.figures.report_errors import ReportClosed
from livestream.figures.reports import CAMPAIGN, SESSION, Scope
from livestream.together import campaigns
from payments import payments
from shop import orders
from shop.cases.case_rules import ORDER
from tests.factories.cases import make_case
from tests.factories.livestream import make_show
from tests.support import pdf_text
from tests.support.sale_day import PRICE, Evening, make_evening
from tests.unit.livestream.test_campaigns import new

DAY_MS = 86_400_000


@pytest.fixture
def evening(session: Session, time_at: FixedClock) -> Evening:
    return make_evening(session)


def test_an_evening_is_gathered_from_claims_orders_money_and_lots(evening: Evening) -> None:
    found = evening.values()
    assert (found["claims"], found["claimed_packs"], found["claimed_vnd"]) == (3, 4, 4 * PRICE)
    assert (found["ordered_orders"], found["ordered_packs"]) == (2, 3)
    assert (found["paid_orders"], found["paid_packs"], found["paid_vnd"]) == (1, 2, 2 * PRICE)
    assert (found["grams"], found["buyers"], found["buyers_unknown"]) == (400, 1, 1)
    assert (found["bank_vnd"], found["cash_vnd"], found["cashless"]) == (2 * PRICE, 0, 1000)


def test_packed_goods_have_a_commune_and_those_still_to_be_packed_have_none(
    evening: Evening,
) -> None:
    [row] = reports.read(evening.session, evening.scope).report.groups["commune"]
    assert (row.key != "", row.vnd, row.grams) == (True, 2 * PRICE, 400)


def test_refunds_and_complaints_are_followed_for_seven_days(
    evening: Evening, time_at: FixedClock
) -> None:
    make_case(evening.session, ORDER, evening.paid)
    assert (evening.values()["complaints"], evening.values()["complaints_waiting"]) == (1, 1)
    time_at.advance(3 * DAY_MS)
    assert evening.values()["complaints_waiting"] == 0
    reference = orders.reference_of(evening.paid)
    payments.mark_part_refund_due(evening.session, reference, 50_000)
    assert (evening.values()["refunds"], evening.values()["refund_vnd"]) == (1, 50_000)


def test_freezing_twice_keeps_the_first(evening: Evening, time_at: FixedClock) -> None:
    time_at.advance(8 * DAY_MS)
    reports.freeze(evening.session, evening.scope)
    first = reports.read(evening.session, evening.scope)
    time_at.advance(DAY_MS)
    reports.freeze(evening.session, evening.scope)
    assert reports.read(evening.session, evening.scope) == first


def test_fsck_finds_a_report_that_is_not_what_was_frozen(
    evening: Evening, time_at: FixedClock
) -> None:
    time_at.advance(7 * DAY_MS)
    reports.freeze(evening.session, evening.scope)
    assert list(report_checks.reports_stand(evening.session)) == []
    row = "SELECT 'x', kind, about, 'x', body, digest, at_ms FROM frozen_reports"
    columns = "(id, kind, about, seller_id, body, digest, at_ms)"
    changed = row.replace("'x', body", "seller_id, 'other'").replace("about", "'elsewhere'", 1)
    evening.session.execute(text(f"INSERT INTO frozen_reports {columns} {changed}"))
    [found] = report_checks.reports_stand(evening.session)
    assert "not what was frozen" in found


def test_what_is_declared_is_taken_back_while_open_and_refused_when_frozen(
    evening: Evening, time_at: FixedClock
) -> None:
    one = telling.declare(evening.session, evening.scope, "5 kg tại nhà", 900_000, "p:x")
    telling.declare(evening.session, evening.scope, "ở chợ", 100_000, "p:x")
    assert evening.values()["declared_vnd"] == 1_000_000
    telling.take_back(evening.session, evening.scope, one)
    assert evening.values()["declared_vnd"] == 100_000
    time_at.advance(7 * DAY_MS)
    with pytest.raises(ReportClosed):
        telling.declare(evening.session, evening.scope, "nữa", 1, "p:x")
    with pytest.raises(ReportClosed):
        telling.take_back(evening.session, evening.scope, one)
    telling.note(evening.session, evening.scope, "Trả lại thêm 50.000 đ", "p:x")
    assert [note.text for note in telling.notes(evening.session, evening.scope)]


def test_a_seller_without_a_part_in_the_session_finds_no_report(evening: Evening) -> None:
    other = make_show(evening.session)
    with pytest.raises(NotFound):
        reports.read(evening.session, Scope(SESSION, evening.show.id, other.seller_id))
    stranger = Scope(SESSION, other.id, other.seller_id)
    one = telling.declare(evening.session, stranger, "của nhà khác", 5, "p:x")
    with pytest.raises(NotFound):
        telling.take_back(evening.session, evening.scope, one)


def test_a_campaign_counts_its_own_seller_and_whoever_agrees(
    evening: Evening, time_at: FixedClock
) -> None:
    session, own = evening.session, make_show(evening.session)
    campaign_id = campaigns.make(session, new(own.seller_id))
    for show in (own, evening.show):
        session.execute(
            text("INSERT INTO campaign_shows VALUES (:show, :campaign, 'listed', 0)"),
            {"show": show.id, "campaign": campaign_id},
        )
    scope = Scope(CAMPAIGN, campaign_id, own.seller_id)
    page = reports.read(session, scope)
    assert (page.report.values["paid_vnd"], page.asked, page.counted) == (0, 2, 1)
    telling.consent(session, evening.scope, "p:x", agrees=True)
    page = reports.read(session, scope)
    assert (page.report.values["paid_vnd"], page.counted) == (2 * PRICE, 2)
    assert [row.vnd for row in page.report.groups["seller"]] == [2 * PRICE, 0]
    telling.consent(session, evening.scope, "p:x", agrees=False)
    assert reports.read(session, scope).counted == 1
    with pytest.raises(NotFound):
        reports.read(session, Scope(CAMPAIGN, campaign_id, evening.show.seller_id))


def test_a_campaign_is_frozen_seven_days_after_its_last_day(
    evening: Evening, time_at: FixedClock
) -> None:
    seller_id = evening.show.seller_id
    campaign_id = campaigns.make(evening.session, new(seller_id))
    scope = Scope(CAMPAIGN, campaign_id, seller_id)
    time_at.advance(10 * DAY_MS - 1)
    reports.freeze_due(evening.session)
    assert reports.read(evening.session, scope).frozen_ms is None
    time_at.advance(DAY_MS)
    reports.freeze_due(evening.session)
    assert reports.read(evening.session, scope).frozen_ms == clock.now_ms()


def test_a_device_counts_once_however_often_it_comes(evening: Evening) -> None:
    for name in ("máy-1", "máy-2", "máy-1", ""):
        viewers.saw(evening.show.id, name)
    for _ in range(3):
        viewers.write_down(evening.session)
    viewers.saw(evening.show.id, "máy-2")
    viewers.write_down(evening.session)
    assert evening.values()["viewers"] == 2
    viewers.forget_before(evening.session, clock.now_ms() + 1)
    assert viewers.count(evening.session, [evening.show.id]) == 0


def test_the_csv_reads_back_to_the_same_numbers(app: Flask, evening: Evening) -> None:
    telling.declare(evening.session, evening.scope, "=HYPERLINK(1)", 7_000, "p:x")
    page = reports.read(evening.session, evening.scope)
    with app.test_request_context():
        raw = shown.as_csv(shown.shown(page, "HTX Chè"))
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    told = {row[1]: row[2] for row in rows}
    assert told["Tiền hàng đã trả"] == str(2 * PRICE)
    assert told["Số cân"] == "400"
    assert not any(cell.startswith("=") for row in rows for cell in row)
    meanings = {row[1]: row[4] for row in rows}
    assert meanings["Máy đã xem"].startswith("Mỗi máy")


def test_the_pdf_says_the_figures_and_their_meanings_in_vietnamese(
    app: Flask, evening: Evening
) -> None:
    page = reports.read(evening.session, evening.scope)
    with app.test_request_context():
        report = shown.shown(page, "HTX Chè Tân Cương")
        raw = paper.pdf(report, [Said("20:00 21/11/2026", "Sửa số cân")], "ab" * 32)
    words = " ".join(pdf_text.words(raw).split())
    for expected in ("Báo cáo ngày bán", "Tiền hàng đã trả", "120.000 đ", "tính một lần", "Sửa số"):
        assert expected in words, expected
