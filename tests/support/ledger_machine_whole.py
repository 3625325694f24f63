"""The whole machine of the ledger: cards at a fake Stripe and the closing of months beside bank and desk."""

import json

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, select

from core.ids import new_id
from core.outbox import OutboxRow
from payments import payments
from payments.cards import asking, attempts, notices, refund_way
from payments.cards.card_events import CardNoticeStored, CardRefundEnded
from payments.cards.models import CardAttempt, CardNotice
from payments.ledger import closing
from payments.ledger.months import Month
from payments.providers.stripe_sdk import StripeCards
from tests.factories import cards
from tests.support.fake_stripe import FakeStripe
from tests.support.ledger_machine import amounts, some
from tests.support.ledger_machine_desk import LedgerDesk

LEAST_VND = 13_000
MONTH_MS = 31 * 24 * 3_600_000
NOVEMBER = Month(2026, 11)
MONTHS = (Month(2026, 10), NOVEMBER, NOVEMBER.after())
TOLD_BY = st.sampled_from(["notice", "browser", "timer"])


class WholeLedger(LedgerDesk):
    """Plays buyers' cards and accountants too."""

    stripe: FakeStripe

    def prepare(self) -> None:
        super().prepare()
        cards.connect(self.session, self.till.seller_id)
        self.attempts: list[str] = []
        self.months = 0

    def attempt(self, which: int) -> CardAttempt:
        return self.session.get_one(CardAttempt, self.attempts[which % len(self.attempts)])

    @rule(amount_vnd=amounts, by=TOLD_BY)
    def sell_by_card(self, amount_vnd: int, by: str) -> None:
        before = len(self.attempts)
        self.ask(amount_vnd)
        self.open_a_page_for_a_card(len(self.codes) - 1)
        for one in range(before, len(self.attempts)):
            self.buyer_pays_on_the_page(one)
            self.hear_of_a_card(one, by)

    @precondition(lambda self: self.codes)
    @rule(which=some)
    def open_a_page_for_a_card(self, which: int) -> None:
        code = self.code(which)
        due_vnd = payments.facts_by_code(self.session, code).due_vnd
        begun: list[str] = []
        if due_vnd >= LEAST_VND and self.try_to(
            lambda: begun.append(cards.begin(self.session, code, due_vnd))
        ):
            cards.ask(self.session, begun[0])
            self.attempts += [one for one in begun if one not in self.attempts]

    @precondition(lambda self: self.attempts)
    @rule(which=some)
    def buyer_pays_on_the_page(self, which: int) -> None:
        page = self.attempt(which).session_id or ""
        if self.stripe.sessions.get(page, {}).get("status") == "open":
            self.stripe.pay(page)

    @precondition(lambda self: self.attempts)
    @rule(which=some, by=TOLD_BY)
    def hear_of_a_card(self, which: int, by: str) -> None:
        row = self.attempt(which)
        if by == "notice":
            self.notice_comes(row)
        elif by == "browser":
            attempts.came_back(self.session, row.payment_id)
        cards.ask(self.session, row.id)
        self.deliver()

    def notice_comes(self, row: CardAttempt) -> None:
        body = self.stripe.notice(
            "checkout.session.completed", {"id": row.session_id, "object": "checkout.session"}
        )
        notice = CardNotice(
            id=new_id(),
            seller_id=row.seller_id,
            account_id=row.account_id,
            event_id=new_id(),
            kind="checkout.session.completed",
            body=body,
            headers="{}",
            received_ms=self.time.at_ms,
        )
        self.session.add(notice)
        self.session.flush()
        notices.read_stored(self.session, CardNoticeStored(notice.id))

    @precondition(lambda self: self.attempts)
    @rule(which=some)
    def call_a_card_off(self, which: int) -> None:
        row = self.attempt(which)
        if attempts.give_up(self.session, row.payment_id) is not None:
            cards.ask(self.session, row.id)

    @rule()
    def give_back_to_cards(self) -> None:
        cards.give_back(self.session)
        self.deliver()

    @precondition(lambda self: self.attempts)
    @rule(which=some)
    def a_bank_sends_a_cards_refund_back(self, which: int) -> None:
        mine = {one.intent_id for one in map(self.attempt, range(len(self.attempts)))}
        gone = [one for one in self.stripe.refunds.values() if one["payment_intent"] in mine]
        if gone:
            gone[which % len(gone)].update(status="failed")

    @rule()
    def a_month_passes(self) -> None:
        if self.months < 2:
            self.months += 1
            self.time.advance(MONTH_MS)

    @rule(month=st.sampled_from(MONTHS))
    def close_a_month(self, month: Month) -> None:
        self.try_to(lambda: closing.close(self.session, self.till.seller_id, month, "p:acc"))

    def deliver(self) -> None:
        """What the outbox does with the ends of refunds: nothing is committed here, so it never runs."""
        self.session.flush()
        query = select(OutboxRow).where(
            OutboxRow.state == "waiting", OutboxRow.event == CardRefundEnded.__name__
        )
        for row in self.session.scalars(query.order_by(OutboxRow.id)).all():
            row.state = "done"
            refund_way.ended(self.session, CardRefundEnded(**json.loads(row.payload)))


def play(engine: Engine, histories: int, steps: int) -> None:
    """Play so many histories of at most so many steps; they are the same ones each time."""
    size = settings(max_examples=histories, stateful_step_count=steps)
    with cards.spoken_to() as stripe:
        asking.use(StripeCards(stripe.url, patience_s=20))
        machine = type("Machine", (WholeLedger,), {"engine": engine, "stripe": stripe})
        run_state_machine_as_test(machine, settings=settings(size, derandomize=True))
