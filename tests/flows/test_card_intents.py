"""P3, P6: a card typed into somebody else's form: one intent, whatever falls silent, paid in any order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import pytest
from werkzeug.test import TestResponse

from core import errands
from core.db import write
from tests.factories import cards
from tests.factories.identity import bearer
from tests.support.fake_stripe import FakeStripe, signed
from tests.support.stall import PRICE_VND, Stall
from tests.support.visitors import Buyer


@dataclass
class Form:
    """A native app with an order at a stall that takes cards."""

    stall: Stall
    buyer: Buyer
    code: str
    stripe: FakeStripe

    def begin(self, client_id: str = "the-only-press") -> TestResponse:
        return self.ask("", {"client_id": client_id})

    def look(self) -> TestResponse:
        return self.ask("/look", {})

    def ask(self, more: str, body: dict[str, str]) -> TestResponse:
        path = f"/api/v1/orders/{self.code}/card-intent{more}"
        headers = bearer(self.buyer.token)
        return self.stall.app.test_client().post(path, json=body, headers=headers)

    def confirm(self, card: str = "pm_card_visa") -> None:
        """What Stripe's own script does with the secret."""
        self.stripe.confirm(next(iter(self.stripe.intents.values())), {"payment_method": card})

    def notice(self) -> None:
        intent = next(iter(self.stripe.intents.values()))
        body = self.stripe.notice("payment_intent.succeeded", intent)
        path = f"/webhooks/stripe/{self.stall.seller}"
        answer = self.stall.app.test_client().post(path, data=body, headers=signed(body))
        assert answer.status_code == 200
        self.rounds()

    def rounds(self) -> None:
        for _ in range(2):
            self.stall.settle()
            self.stall.tick()
            with self.stall.app.app_context():
                errands.run_pending()
        self.stall.settle()

    def money(self) -> tuple[str, int]:
        order = self.buyer.order(self.code)
        return order["state"], order["paid_vnd"]


@pytest.fixture
def form(stall: Stall) -> Iterator[Form]:
    with cards.spoken_to() as stripe:
        with stall.app.app_context():
            write(lambda session: cards.connect(session, stall.seller))
        buyer = stall.buyer()
        buyer.put_in_cart(stall.listing, 1)
        yield Form(stall, buyer, str(buyer.order_cart(stall.seller)["code"]), stripe)


def test_the_app_gets_a_secret_for_the_whole_sum_and_the_same_one_again(form: Form) -> None:
    first = form.begin()
    intent = next(iter(form.stripe.intents.values()))
    assert (first.status_code, first.get_json()["client_secret"]) == (200, intent["client_secret"])
    assert (intent["amount"], first.get_json()["amount_vnd"]) == (PRICE_VND, PRICE_VND)
    assert form.begin().get_json() == form.begin("pressed-anew").get_json() == first.get_json()
    assert len(form.stripe.intents) == 1


@pytest.mark.parametrize("order", [*permutations(("notice", "look", "clock"))])
def test_p3_paid_and_told_in_any_order_it_is_paid_once(form: Form, order: tuple[str, ...]) -> None:
    form.begin()
    form.confirm()
    told = {"notice": form.notice, "look": form.look, "clock": form.rounds}
    for name in (*order, "notice", "look"):
        told[name]()
    assert (form.money(), form.look().get_json()["state"]) == (("secured", PRICE_VND), "paid")
    assert form.begin("once-more").status_code == 409
    assert form.begin().get_json()["state"] == "paid"  # the same press has the same attempt


@pytest.mark.parametrize("trouble", ["before", "during", "after", "409", "429", "500"])
def test_p6_a_silence_is_asked_again_and_makes_no_second_intent(form: Form, trouble: str) -> None:
    form.stripe.troubles.append(trouble)
    silent = form.begin()
    assert (silent.status_code, silent.get_json()["code"]) == (503, "card_silent")
    assert form.begin().get_json()["state"] == "open"
    assert len(form.stripe.intents) == 1


def test_a_refusal_is_a_402_and_the_next_press_another_attempt(form: Form) -> None:
    form.stripe.troubles.append("402")
    refused = form.begin()
    assert (refused.status_code, refused.get_json()["code"]) == (402, "card_declined")
    assert form.begin("another-card").status_code == 200


def test_a_live_page_of_stripes_is_called_off_for_the_intent(form: Form) -> None:
    path, headers = f"/orders/{form.code}/card", bearer(form.buyer.token)
    assert form.stall.app.test_client().post(path, headers=headers).status_code == 303
    assert form.begin().get_json()["state"] == "open"
    assert [one["status"] for one in form.stripe.sessions.values()] == ["expired"]


def test_a_form_that_is_done_before_anything_was_begun_is_told_so(form: Form) -> None:
    assert (form.look().status_code, form.look().get_json()["state"]) == (200, "none")
