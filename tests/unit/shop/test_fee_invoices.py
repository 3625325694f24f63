"""A month's fees on one numbered invoice, asked for by QR, paid when the bank says so."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from core import fsck
from core.clock import FixedClock
from core.errors import BadRequest, NotFound
from payments.desk import decisions
from payments.desk.decisions import Word
from payments.desk.desk_errors import MoreThanDue
from payments.desk.desk_rules import Share
from payments.ledger import chart, posting
from payments.models import BankLine
from payments.states import Account
from shop import orders
from shop.fees import booking, invoice_facts, invoicing, monthly, months, reactions, ruling
from shop.fees.errors import InvoicePaid, MonthNotOver
from shop.fees.fee_events import FeeInvoiced
from shop.fees.fee_rules import Rate
from shop.fees.months import Month
from shop.fees.ruling import NewRule
from shop.notices import money_news
from shop.notices.models import Notice
from shop.orders import Cancellation
from shop.tax import modes
from tests.factories.identity import make_login
from tests.factories.payments import Till, Transfer, make_till, pay, sepay_body, tell
from tests.factories.shop import Stand, make_stand, paid_order

NOVEMBER = Month(2026, 11)


class Fair:
    """A stand whose orders cost 2 %, and the platform's own till."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.stand: Stand = make_stand(session, packs=50)
        self.office: Till = make_till(session)
        ruling.add(session, NewRule("2 %", Rate(200)), "operator")
        modes.choose(session, self.stand.seller_id, "off", "p:owner")

    def sold(self, packs: int = 2) -> str:
        code = paid_order(self.session, self.stand, packs)
        reactions.follow(self.session, code)
        return code

    def back(self, code: str) -> None:
        orders.cancel(self.session, code, Cancellation("p:buyer", by_buyer=True))
        reactions.follow(self.session, code)

    def issue(self, month: Month = NOVEMBER) -> int | None:
        return invoicing.issue(self.session, self.stand.seller_id, month)

    def opened(self, number: int = 1) -> invoice_facts.Opened:
        return invoice_facts.opened(self.session, self.stand.seller_id, number)

    def problems(self) -> list[str]:
        self.session.flush()
        return [one for verdict in fsck.run_all(self.session) for one in verdict.problems]


@pytest.fixture
def fair(session: Session, time_at: FixedClock) -> Fair:
    return Fair(session)


def stands(fair: Fair, account: str) -> int:
    found = posting.balances(fair.session, fair.stand.seller_id)
    return sum(one.amount_vnd for one in found if one.account == account)


def sent(fair: Fair, text: str, amount_vnd: int) -> Word:
    """A line out of the seller's own bank, and a person's word about it to be."""
    till = seller_till(fair)
    tell(fair.session, till, sepay_body(till, Transfer(text, amount_vnd, direction="out")))
    line = fair.session.scalars(select(BankLine.id).where(BankLine.content == text)).one()
    return Word(fair.stand.seller_id, line, 0, "p:owner", "phí tháng 11")


def seller_till(fair: Fair) -> Till:
    return make_till(fair.session, fair.stand.seller_id)


def for_invoice(fair: Fair, amount_vnd: int) -> list[Share]:
    return [Share(amount_vnd, None, Account.FEE_INVOICE, about=fair.opened().invoice.id)]


def test_the_sellers_own_lines_pay_an_invoice_in_parts_and_are_taken_back(
    fair: Fair, time_at: FixedClock
) -> None:
    fair.sold()
    to_december(time_at)
    fair.issue()
    first, rest = sent(fair, "PHI CHO 1", 1_000), sent(fair, "PHI CHO 2", 1_600)
    decisions.place(fair.session, first, for_invoice(fair, 1_000))
    assert [one.left_vnd for one in invoice_facts.due(fair.session, first.seller_id)] == [1_600]
    decisions.place(fair.session, rest, for_invoice(fair, 1_600))
    assert (fair.opened().invoice.is_sent, stands(fair, chart.PLATFORM_FEE_PAYABLE)) == (True, 0)
    decisions.take_back(fair.session, replace(first, seen=1))
    assert (fair.opened().invoice.sent_vnd, stands(fair, chart.PLATFORM_FEE_PAYABLE)) == (
        1_600,
        -1_000,
    )
    assert fair.problems() == []


def test_those_who_keep_the_books_are_told_of_an_invoice_once(
    fair: Fair, time_at: FixedClock
) -> None:
    _, owner = make_login(fair.session, roles={fair.stand.seller_id: "owner"})
    fair.sold()
    to_december(time_at)
    event = FeeInvoiced(fair.stand.seller_id, fair.issue() or 0)
    for _twice in range(2):
        money_news.fee_invoiced(fair.session, event)
    told = select(Notice.person_id).where(Notice.kind == "fee_invoiced")
    assert fair.session.scalars(told).all() == [owner.person_id]


def test_no_more_is_paid_of_an_invoice_than_it_comes_to(fair: Fair, time_at: FixedClock) -> None:
    fair.sold()
    to_december(time_at)
    fair.issue()
    with pytest.raises(MoreThanDue):
        decisions.place(fair.session, sent(fair, "PHI", 2_601), for_invoice(fair, 2_601))


def to_december(time_at: FixedClock) -> None:
    time_at.at_ms = NOVEMBER.ends_ms


def test_a_month_that_runs_is_not_invoiced(fair: Fair) -> None:
    fair.sold()
    with pytest.raises(MonthNotOver):
        fair.issue()


def test_an_invoice_sums_its_orders_and_what_went_back(fair: Fair, time_at: FixedClock) -> None:
    fair.sold()
    fair.back(fair.sold(1))
    to_december(time_at)
    assert [fair.issue(), fair.issue()] == [1, 1]
    opened = fair.opened()
    assert (opened.invoice.fees_vnd, opened.invoice.reversed_vnd) == (3_900, 1_300)
    assert (opened.invoice.total_vnd, len(opened.lines), opened.payment) == (2_600, 3, None)
    assert fair.problems() == []


def test_numbers_have_no_gaps_where_nothing_is_owed(fair: Fair, time_at: FixedClock) -> None:
    fair.back(fair.sold())
    to_december(time_at)
    assert fair.issue() is None
    fair.sold()
    time_at.at_ms = NOVEMBER.after.ends_ms
    assert fair.issue(NOVEMBER.after) == 1
    assert fair.opened().invoice.fees_vnd == 5_200
    assert fair.problems() == []


def test_the_bank_says_that_an_invoice_is_paid(fair: Fair, time_at: FixedClock) -> None:
    invoicing.pay_to(fair.session, fair.office.seller_id)
    fair.sold()
    to_december(time_at)
    fair.issue()
    asked = fair.opened()
    assert asked.payment is not None
    assert asked.payment.qr_payload
    pay(fair.session, fair.office, asked.invoice.code, asked.invoice.total_vnd)
    for _ in range(2):
        invoicing.came(fair.session, f"fee:{asked.invoice.code}")
    assert fair.opened().invoice.paid_by == "bank"
    assert fair.problems() == []


def test_a_persons_word_pays_until_the_bank_speaks(fair: Fair, time_at: FixedClock) -> None:
    fair.sold()
    to_december(time_at)
    fair.issue()
    invoicing.attest(fair.session, 1, "operator", "chị Lan, 4821")
    assert fair.opened().invoice.paid_note == "chị Lan, 4821"
    with pytest.raises(InvoicePaid):
        invoicing.attest(fair.session, 1, "operator", "lần nữa")
    invoicing.came(fair.session, f"fee:{fair.opened().invoice.code}")
    assert fair.opened().invoice.paid_by == "bank"


def test_the_clock_invoices_last_month_once_and_it_grows_old(
    fair: Fair, time_at: FixedClock
) -> None:
    fair.sold()
    to_december(time_at)
    for _ in range(2):
        monthly.issue_due(fair.session)
    time_at.advance(17 * months.DAY_MS)
    assert [(one.number, one.late_days) for one in invoice_facts.unpaid(fair.session)] == [(1, 3)]


def test_withheld_tax_is_a_line_of_the_invoice_and_stands_in_the_books(
    fair: Fair, time_at: FixedClock
) -> None:
    modes.choose(fair.session, fair.stand.seller_id, "withhold", "p:owner")
    fair.sold()
    to_december(time_at)
    fair.issue()
    assert fair.opened().invoice.total_vnd == 2_600 + 1_300 + 650
    assert stands(fair, chart.PLATFORM_FEE_PAYABLE) == -4_550
    assert (stands(fair, chart.VAT_WITHHELD), stands(fair, chart.TAX_COST)) == (0, 1_950)
    booking.book_earlier_invoices(fair.session)
    assert stands(fair, chart.PLATFORM_FEE_PAYABLE) == -4_550
    assert fair.problems() == []


def test_an_invoice_is_its_sellers_alone(fair: Fair, time_at: FixedClock) -> None:
    fair.sold()
    to_december(time_at)
    fair.issue()
    with pytest.raises(NotFound):
        invoice_facts.opened(fair.session, fair.office.seller_id, 1)


def test_fsck_finds_a_gap_and_an_invoice_that_is_not_its_entries(
    fair: Fair, time_at: FixedClock
) -> None:
    fair.sold()
    to_december(time_at)
    fair.issue()
    fair.session.execute(text("UPDATE fee_invoices SET number = 2, fees_vnd = 1, total_vnd = 1"))
    found = {verdict.name for verdict in fsck.run_all(fair.session) if verdict.problems}
    assert found == {"fees.invoices_are_their_entries"}


@pytest.mark.parametrize("written", ["", "2026-13", "2026-1", "1999-01", "2026-01-01"])
def test_a_month_is_written_in_one_way(written: str) -> None:
    with pytest.raises(BadRequest):
        months.parse(written)


@pytest.mark.parametrize(
    ("month", "before", "after"),
    [("2026-01", "2025-12", "2026-02"), ("2026-12", "2026-11", "2027-01")],
)
def test_months_follow_each_other_over_the_year(month: str, before: str, after: str) -> None:
    found = months.parse(month)
    assert (found.before.key, found.after.key) == (before, after)


def test_an_operator_keeps_rules_and_rates_by_commands(app: Flask) -> None:
    runner = app.test_cli_runner()

    def told(*arguments: str) -> list[dict[str, object]]:
        output = runner.invoke(args=list(arguments)).stdout
        return [json.loads(line) for line in output.splitlines() if line.startswith("{")]

    (added,) = told("fees", "add", "Bán live", "--basis-points", "150", "--channel", "live")
    assert told("fees", "rules")[0]["basis_points"] == 150
    assert told("fees", "end", str(added["rule"]))[0]["ended"] is True
    assert told("fees", "add", "", "--basis-points", "1")[0]["error"] == "bad_request"
    law = ("--exempt", "1ty", "--source", "một luật mới")
    told("tax", "rate", "--from", "2027-01-01", "--vat", "200", "--pit", "0", *law)
    assert [one["vat_basis_points"] for one in told("tax", "rates")][-2:] == [100, 200]
    assert told("fees", "paid", "1", "--note", "x")[0]["error"] == "not_found"
    assert told("fees", "unpaid") == []
