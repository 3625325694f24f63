"""P3, P6: an order paid by card, over the pages; Stripe's notices in every order, its network in pieces."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import permutations

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from core import errands
from core.db import db, write
from payments.cards import asking, attempts
from payments.refunds import beginning
from payments.refunds.beginning import Asked
from tests.factories import cards
from tests.factories.identity import bearer
from tests.support.fake_stripe import KEY, WEBHOOK_SECRET, FakeStripe, signed
from tests.support.stall import PRICE_VND, Stall
from tests.support.visitors import Buyer, new_client_id

DUE_VND = 2 * PRICE_VND


@dataclass
class Card:
    """An order at a stall that takes cards, and the Stripe it is charged at."""

    stall: Stall
    buyer: Buyer
    code: str
    stripe: FakeStripe

    def press(self) -> TestResponse:
        return self._ask("POST")

    def come_back(self, how: str = "done") -> TestResponse:
        return self._ask("GET", how=how)

    def _ask(self, method: str, **query: str) -> TestResponse:
        client = self.stall.app.test_client()
        path = f"/orders/{self.code}/card"
        headers = bearer(self.buyer.token)
        return client.open(path, method=method, query_string=query, headers=headers)

    def page(self) -> str:
        return self.stall.page(f"/orders/{self.code}", self.buyer.token)

    @property
    def session_id(self) -> str:
        return next(reversed(self.stripe.sessions))

    def pay(self) -> str:
        return str(self.stripe.pay(self.session_id)["id"])

    def notice(self, kind: str, **changed: object) -> tuple[int, str]:
        """One notice about this order's page or charge, signed now."""
        thing = self.stripe.sessions[self.session_id]
        if not kind.startswith("checkout"):
            thing = self.stripe.intents[thing["payment_intent"]]
        return self.send(self.stripe.notice(kind, {**thing, "inside": None}, **changed))

    def send(self, body: bytes, **how: object) -> tuple[int, str]:
        path = f"/webhooks/stripe/{self.stall.seller}"
        headers = signed(body, **how)  # type: ignore[arg-type]
        answer = self.stall.app.test_client().post(path, data=body, headers=headers)
        self.stall.settle()
        return answer.status_code, (answer.get_json() or {}).get("code", "")

    def rounds(self, many: int = 3) -> None:
        """What the server does beside its pages: the clock's rounds, and errands."""
        for _ in range(many):
            self.stall.tick()
            with self.stall.app.app_context():
                errands.run_pending()
            self.stall.settle()

    def money(self) -> tuple[str, int]:
        order = self.buyer.order(self.code)
        return order["state"], order["paid_vnd"]

    def one(self, what: str, table: str, more: str = "") -> object:
        """One value of this seller's rows; the town has others."""
        query = text(f"SELECT {what} FROM {table} WHERE seller_id = :seller {more}")
        with self.stall.app.app_context():
            return db.session.execute(query, {"seller": self.stall.seller}).scalar_one()


@pytest.fixture
def stripe() -> Iterator[FakeStripe]:
    with cards.spoken_to() as fake:
        yield fake


@pytest.fixture
def card(stall: Stall, stripe: FakeStripe) -> Card:
    with stall.app.app_context():
        write(lambda session: cards.connect(session, stall.seller))
    buyer = stall.buyer()
    buyer.put_in_cart(stall.listing, 2)
    return Card(stall, buyer, str(buyer.order_cart(stall.seller)["code"]), stripe)


def test_p3_pressed_paid_and_told_the_order_is_kept(card: Card) -> None:
    assert "Trả bằng thẻ" in card.page()
    went = card.press()
    assert (went.status_code, "how=go" in went.headers["Location"]) == (303, True)
    assert card.stripe.sessions[card.session_id]["url"] in card.come_back("go").text
    card.pay()
    assert card.notice("checkout.session.completed") == (200, "")
    card.rounds(1)
    assert card.money() == ("secured", DUE_VND)
    assert (card.stall.suspense(), "Đã thanh toán" in card.page()) == ({}, True)


def test_coming_back_proves_nothing_and_has_stripe_asked(card: Card) -> None:
    card.press()
    card.come_back()
    assert "đừng trả thêm lần nữa" in card.page()
    card.rounds(1)
    assert card.money() == ("placed", 0)
    card.pay()
    card.stall.pass_minutes(1)
    card.rounds()
    assert card.money() == ("secured", DUE_VND)


def test_p3_notices_and_the_browser_in_any_order_and_twice_end_alike(card: Card) -> None:
    card.press()
    intent = card.pay()
    body = card.stripe.notice("payment_intent.succeeded", card.stripe.intents[intent])
    facts: list[Callable[[], object]] = [
        lambda: card.notice("checkout.session.completed"),
        lambda: card.send(body),
        card.come_back,
    ]
    for order in permutations(facts):
        for fact in (*order, *order):
            fact()
        card.rounds(1)
    assert card.money() == ("secured", DUE_VND)
    assert card.one("count(*)", "card_lines") == 1
    assert card.one("count(*)", "receipts") == 1


@pytest.mark.parametrize("silence", ["before", "during", "after"])
def test_p6_stripe_silent_when_the_button_is_pressed_charges_nothing_twice(
    card: Card, silence: str
) -> None:
    card.stripe.troubles.append(silence)
    refused = card.press()
    assert (refused.status_code, "chưa bị trừ tiền" in refused.text) == (503, True)
    assert card.press().status_code == 303
    assert len(card.stripe.sessions) == 1


def test_a_declined_card_is_said_in_plain_words(card: Card) -> None:
    card.stripe.troubles.append("402")
    refused = card.press()
    assert refused.status_code == 402
    assert "Bạn thử thẻ khác, hoặc trả bằng mã QR" in refused.text
    assert card.press().status_code == 303  # another try is another attempt


def test_p3_paid_by_card_and_by_qr_is_a_duplicate_and_goes_back(card: Card) -> None:
    card.press()
    card.pay()
    card.stall.bank_tells(card.code, DUE_VND)
    card.notice("checkout.session.completed")
    card.rounds()
    assert card.money() == ("secured", DUE_VND)
    assert card.stall.suspense() == {"duplicate": DUE_VND}


def test_another_sum_asked_since_calls_the_first_page_off(card: Card) -> None:
    card.press()
    first = card.session_id
    card.stall.bank_tells(card.code, 30_000)
    assert card.press().status_code == 303
    assert card.stripe.sessions[first]["status"] == "expired"
    assert card.stripe.sessions[card.session_id]["amount_total"] == DUE_VND - 30_000


@pytest.mark.parametrize(
    ("how", "refusal"),
    [({"secret": "whsec_of_somebody"}, "bad_signature"), ({"age_s": 301}, "bad_signature")],
)
def test_a_wrong_or_old_signature_is_refused(
    card: Card, how: dict[str, object], refusal: str
) -> None:
    card.press()
    card.pay()
    body = card.stripe.notice("checkout.session.completed", {"id": card.session_id})
    assert card.send(body, **how) == (401, refusal)
    assert card.one("count(*)", "card_notices") == 0


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"account": "acct_of_another"}, "unreadable"),
        ({"livemode": True}, "unreadable"),
        ({"type": "customer.created"}, "unused"),
        ({"data": {"object": {"id": "cs_of_nobody"}}}, "unused"),
    ],
)
def test_notices_of_others_and_of_no_use_are_kept_and_change_nothing(
    card: Card, changed: dict[str, object], state: str
) -> None:
    card.press()
    card.pay()
    assert card.notice("checkout.session.completed", **changed)[0] == 200
    assert card.one("state", "card_notices") == state
    assert card.money() == ("placed", 0)


def test_p6_killed_between_two_commits_the_clock_brings_it_to_its_end(card: Card) -> None:
    """The row is committed, Stripe was asked or was not, and nobody is left to take the answer in."""
    with card.stall.app.app_context():
        page_at = "http://localhost/orders/x/card?k=x"
        payment = str(card.one("id", "payments"))
        wanted = attempts.Wanted(payment, "checkout", DUE_VND, page_at)
        attempt = write(lambda session: attempts.begin(session, wanted))
        question = write(lambda session: attempts.question(session, attempt))
        asking.answered(question)  # Stripe has it; the process died here
    assert card.one("state", "card_attempts") == "asked"
    card.pay()  # somebody got the page all the same
    for _ in range(2):
        card.stall.pass_minutes(2)
        card.rounds()
    assert (card.one("state", "card_attempts"), card.money()) == (
        "paid",
        ("secured", DUE_VND),
    )


def test_a_refund_of_what_a_card_paid_goes_to_the_card(card: Card) -> None:
    card.press()
    card.pay()
    card.notice("checkout.session.completed")
    card.rounds(1)
    asked = Asked(card.stall.seller, f"order:{card.code}", 30_000, "thiếu hàng", "p:owner")
    with card.stall.app.app_context():
        write(lambda session: beginning.begin(session, asked))
    card.rounds()
    assert [one["amount"] for one in card.stripe.refunds.values()] == [30_000]
    assert card.one("state", "refunds") == "proved"
    assert card.one(*_CLEARING) == DUE_VND - 30_000
    with card.stall.app.app_context():
        assert card.stall.app.test_cli_runner().invoke(args=["fsck"]).exit_code == 0


def test_the_desk_asks_nobody_to_transfer_what_goes_to_a_card(card: Card) -> None:
    card.press()
    card.pay()
    card.notice("checkout.session.completed")
    card.rounds(1)
    asked = Asked(card.stall.seller, f"order:{card.code}", 30_000, "thiếu hàng", "p:owner")
    with card.stall.app.app_context():
        refund = write(lambda session: beginning.begin(session, asked))
    at, token = f"/console/{card.stall.seller}/refunds/{refund}", card.stall.host.token
    page = card.stall.page(at, token)
    words = ("Đang trả về thẻ", "Đã chuyển rồi?", "qr.png", "Bắt đầu nhầm?")
    assert [one in page for one in words] == [True, False, False, False]
    client = partial(card.stall.app.test_client().open, headers=bearer(token))
    assert client(f"{at}/qr.png").status_code == 404
    refused = client(f"{at}/drop", method="POST", data={"client_id": new_client_id()})
    assert (refused.status_code, "kẻo trả hai lần" in refused.text) == (409, True)


_CLEARING = "sum(amount_vnd)", "ledger_lines", "AND account = 'clearing:card'"


def test_a_seller_connects_its_account_once_stripe_knows_the_key(card: Card) -> None:
    here = f"/console/{card.stall.seller}/money/cards"
    post = partial(card.stall.app.test_client().post, headers=bearer(card.stall.host.token))
    keys = {"card_key": KEY, "webhook_secret": WEBHOOK_SECRET}
    for wrong, words in (
        ({"card_key": "pk_test_of_a_page"}, "Stripe không nhận khóa này"),
        ({"card_key": "sk_test_of_nobody1"}, "Stripe không nhận khóa này"),
        ({"webhook_secret": "sk_test_12345678"}, "Khóa webhook bắt đầu bằng whsec_"),
    ):
        refused = post(f"{here}/connect", data={"client_id": new_client_id(), **keys, **wrong})
        assert (refused.status_code // 100, words in refused.text) == (4, True)
    assert post(f"{here}/connect", data={"client_id": new_client_id(), **keys}).status_code == 303
    page = card.stall.page(here, card.stall.host.token)
    assert ("đang nhận thẻ" in page, KEY in page) == (True, False)
    assert post(f"{here}/off", data={"client_id": new_client_id()}).status_code == 303
    assert "Trả bằng thẻ" not in card.page()
