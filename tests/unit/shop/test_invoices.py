"""A buyer asks for an invoice once at a time; the seller answers once, what they have read; all is kept."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from core import fsck
from core.clock import FixedClock
from core.errors import NotFound
from core.identity.logins import Login
from core.states import BadTransition
from shop import orders
from shop.invoices import answering, asking, invoice_facts, reactions
from shop.invoices.answering import Answering
from shop.invoices.asking import Wanted
from shop.invoices.errors import BadTaxCode, InvoiceChanged, NoInvoiceNow
from shop.invoices.invoice_events import InvoiceAnswered, InvoiceAsked
from shop.invoices.invoice_facts import InvoiceFacts
from shop.invoices.invoice_rules import DAY_MS, DECLINED, ISSUED, REQUESTED
from shop.notices.models import Notice
from shop.ordering import fulfilment
from shop.ordering.by_buyer import ChangingDeviceNeeded
from tests.factories.identity import make_login
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, Stand, make_order, make_stand, order, pack

COMPANY = Wanted("Công ty Chè", "0100109106", "Số 1 Hàng Bài", "ke.toan@example.com")


class Sale:
    """A stand, a buyer with a paid order, and one who answers."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.stand: Stand = make_stand(session, packs=20)
        self.buyer: Login = make_login(session)[1]
        self.code = self.paid()

    def paid(self) -> str:
        code = make_order(self.session, self.stand, login=self.buyer)
        pay(self.session, self.stand.till, code, PRICE_VND)
        orders.secure(self.session, code)
        return code

    def ask(self, wanted: Wanted = COMPANY) -> str:
        return asking.ask(self.session, self.code, wanted, self.buyer)

    def by(self, invoice_id: str, version: int = 1) -> Answering:
        return Answering(self.stand.seller_id, invoice_id, version, "p:owner")

    def now(self) -> InvoiceFacts | None:
        self.session.flush()
        return invoice_facts.of_order(self.session, order(self.session, self.code)).newest

    def told(self) -> list[str]:
        return list(self.session.scalars(select(Notice.kind)))

    def problems(self) -> list[str]:
        self.session.flush()
        return [one.name for one in fsck.run_all(self.session) if one.problems]


@pytest.fixture
def sale(session: Session) -> Sale:
    return Sale(session)


def test_an_invoice_is_asked_for_corrected_and_issued(sale: Sale, time_at: FixedClock) -> None:
    asked = sale.ask()
    time_at.advance(1000)
    assert sale.ask(replace(COMPANY, tax_code="0100109106 001")) == asked
    answering.issue(sale.session, sale.by(asked, 2), "1C26TCP 123", "https://hoadon.vn/123")
    found = sale.now()
    assert found is not None
    assert (found.state, found.number, found.tax_code) == (ISSUED, "1C26TCP 123", "0100109106-001")
    assert (found.answered_by, found.version) == ("p:owner", 2)
    assert invoice_facts.issued_for(sale.session, sale.code) == found
    assert sale.problems() == []


def test_the_same_words_again_change_nothing(sale: Sale) -> None:
    assert sale.ask() == sale.ask()
    found = sale.now()
    assert found is not None
    assert (found.version, found.corrected_ms) == (1, None)


def test_who_holds_the_link_alone_asks_for_no_invoice(sale: Sale) -> None:
    for stranger in (None, make_login(sale.session)[1]):
        with pytest.raises(ChangingDeviceNeeded) as refused:
            asking.ask(sale.session, sale.code, COMPANY, stranger)
        assert refused.value.status == 403


def test_what_is_not_sold_has_no_invoice(sale: Sale) -> None:
    sale.code = make_order(sale.session, sale.stand, login=sale.buyer)
    with pytest.raises(NoInvoiceNow):
        sale.ask()
    assert not invoice_facts.of_order(sale.session, order(sale.session, sale.code)).may_ask


def test_thirty_days_after_delivery_it_is_too_late(sale: Sale, time_at: FixedClock) -> None:
    pack(sale.session, sale.code)
    fulfilment.hand_over(sale.session, sale.code, "p:packer")
    fulfilment.deliver(sale.session, sale.code, "p:packer")
    time_at.advance(30 * DAY_MS + 1)
    with pytest.raises(NoInvoiceNow):
        sale.ask()


def test_a_wrong_tax_code_asks_for_nothing(sale: Sale) -> None:
    with pytest.raises(BadTaxCode):
        sale.ask(replace(COMPANY, tax_code="0100109107"))
    assert sale.now() is None


def test_who_was_declined_may_ask_again_with_a_request_of_its_own(sale: Sale) -> None:
    first = sale.ask()
    answering.decline(sale.session, sale.by(first), "tên chưa đúng")
    second = sale.ask()
    found = sale.now()
    assert second != first
    assert found is not None
    assert (found.id, found.state) == (second, REQUESTED)
    assert invoice_facts.facts(sale.session, first).state == DECLINED
    assert sale.problems() == []


def test_an_answer_is_given_once(sale: Sale) -> None:
    asked = sale.ask()
    answering.issue(sale.session, sale.by(asked), "123", "")
    with pytest.raises(BadTransition):
        answering.issue(sale.session, sale.by(asked), "124", "")
    with pytest.raises(BadTransition):
        answering.decline(sale.session, sale.by(asked), "nhầm")
    with pytest.raises(BadTransition):
        sale.ask()


def test_nobody_answers_what_they_have_not_read(sale: Sale) -> None:
    asked = sale.ask()
    sale.ask(replace(COMPANY, name="Công ty Trà"))
    with pytest.raises(InvoiceChanged):
        answering.issue(sale.session, sale.by(asked, 1), "123", "")
    found = sale.now()
    assert found is not None
    assert found.state == REQUESTED


def test_another_seller_answers_nothing(sale: Sale) -> None:
    other = replace(sale.by(sale.ask()), seller_id=make_stand(sale.session).seller_id)
    with pytest.raises(NotFound):
        answering.issue(sale.session, other, "123", "")


def test_who_waits_longest_stands_first(sale: Sale, time_at: FixedClock) -> None:
    sale.ask()
    time_at.advance(3 * DAY_MS)
    sale.code = sale.paid()
    sale.ask()
    sale.session.flush()
    seller = sale.stand.seller_id
    assert [one.days for one in invoice_facts.waiting_of(sale.session, seller)] == [3, 0]
    assert invoice_facts.count_waiting(sale.session, seller) == 2
    assert invoice_facts.answered_of(sale.session, seller) == ()


def test_the_buyer_hears_of_each_answer_once(sale: Sale) -> None:
    asked = sale.ask()
    reactions.invoice_asked(sale.session, InvoiceAsked(asked))
    answering.decline(sale.session, sale.by(asked), "hộ chưa có hóa đơn")
    for _ in range(2):
        reactions.invoice_answered(sale.session, InvoiceAnswered(asked))
    again = sale.ask()
    answering.issue(sale.session, sale.by(again), "7", "")
    reactions.invoice_answered(sale.session, InvoiceAnswered(again))
    heard = [
        kind for kind in sale.told() if kind.startswith("invoice_") and kind != "invoice_asked"
    ]
    assert sorted(heard) == ["invoice_declined", "invoice_issued"]


@pytest.mark.parametrize(
    "broken",
    ["answered_by = ''", "version = 2", "answered_ms = asked_ms - 1", "url = 'https://a.vn'"],
)
def test_an_answer_that_is_not_whole_is_found(sale: Sale, broken: str) -> None:
    answering.decline(sale.session, sale.by(sale.ask()), "hộ chưa có hóa đơn")
    sale.session.flush()
    sale.session.execute(text(f"UPDATE invoice_requests SET {broken}"))
    assert "invoices.answers_are_whole" in sale.problems()
