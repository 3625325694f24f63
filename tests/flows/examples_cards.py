"""Right requests for cards, and what each role gets there; both sellers have an account at Stripe."""

import json
from functools import partial
from typing import cast

from sqlalchemy.orm import Session

from payments.cards import asking, card_accounts
from payments.cards.card_accounts import GivenKeys
from payments.cards.card_provider import AccountSeen, CardProvider, Ids, NewAttempt, Seen
from payments.cards.card_states import OPEN
from tests.factories.cards import begin
from tests.factories.payments import make_till, open_payment
from tests.flows.example import Body, Example
from tests.flows.market import Market
from tests.support.fake_stripe import ACCOUNT, KEY, WEBHOOK_SECRET, FakeStripe, signed

Cells = tuple[int, int, int, int, int, int]
_EVERYBODY = (200,) * 6


def fill(market: Market) -> None:
    """Connect both sellers; each has a payment that a card is asked for."""
    for name, attempt in (("seller", "card_attempt"), ("foreign_seller", "foreign_card_attempt")):
        market.change(partial(_connect, market.ids[name]))
        market.ids[attempt] = market.change(partial(_begun, market.ids[name]))


def _connect(seller: str, session: Session) -> None:
    seen = AccountSeen(f"{ACCOUNT}{seller}", "SG", may_charge=True, is_test=True)
    card_accounts.connect(session, seller, seen, GivenKeys(KEY, WEBHOOK_SECRET), "p:somebody")


def _begun(seller: str, session: Session) -> str:
    code = open_payment(session, make_till(session, seller))
    return begin(session, code)


def _notice(_market: Market) -> Body:
    body = FakeStripe().notice("checkout.session.completed", {"id": "cs_test_of_nobody"})
    told: Body = json.loads(body)
    return told


class _Stub:
    """A Stripe without a network, for requests that ask it in passing."""

    def account(self, key: str) -> AccountSeen:
        return AccountSeen("acct_1Another", "SG", may_charge=True, is_test=True)

    def create(self, key: str, wanted: NewAttempt) -> Seen:
        return self.look(key, Ids(f"cs_{wanted.id}"), wanted.id)

    def look(self, key: str, ids: Ids, own: str = "") -> Seen:
        own = own or ids.session_id.removeprefix("cs_")
        return Seen(ids, OPEN, own, url="https://checkout.example/pay", secret="pi_1_secret")


def _keys(_market: Market) -> Body:
    asking.use(cast(CardProvider, _Stub()))
    return {"client_id": "cards-connected", "card_key": KEY, "webhook_secret": WEBHOOK_SECRET}


def _press(_market: Market) -> Body:
    asking.use(cast(CardProvider, _Stub()))
    return {}


def _begin_intent(_market: Market) -> Body:
    asking.use(cast(CardProvider, _Stub()))
    return {"client_id": "an-intent-asked-for"}


def _look(_market: Market) -> Body:
    asking.use(cast(CardProvider, _Stub()))
    return {}


_HERE = "/console/<seller>/money/cards"
_ORDERS = "/orders/<code>/card"
_PAGE: Cells = (401, 404, 404, 404, 404, 200)
_STEP: Cells = (401, 404, 404, 404, 404, 303)
_INTENT = "/api/v1/orders/<code>/card-intent"
_BUYER: Cells = (404, 404, 303, 404, 404, 404)
_ASKED: Cells = (404, 404, 200, 404, 404, 404)

EXAMPLES: dict[str, Example] = {
    f"GET {_HERE}": Example(200, "staff_a"),
    f"POST {_HERE}/connect": Example(303, "staff_a", form=_keys),
    f"POST {_HERE}/off": Example(303, "staff_a", form=lambda _: {"client_id": "no-more-cards"}),
    f"POST {_HERE}/ask": Example(
        303,
        "staff_a",
        form=lambda market: {"client_id": "asked-again", "attempt": market.ids["card_attempt"]},
        foreign={"attempt": "foreign_card_attempt"},
    ),
    f"GET {_ORDERS}": Example(303, "buyer"),
    f"POST {_ORDERS}": Example(303, "buyer", form=_press),
    f"POST {_INTENT}": Example(200, "buyer", json=_begin_intent),
    f"POST {_INTENT}/look": Example(200, "buyer", json=_look),
    "POST /webhooks/stripe/<string:seller>": Example(
        json=_notice,
        headers=lambda _, raw: signed(raw),
        provider_fields=frozenset({"id", "type", "data"}),
    ),
}

CELLS: dict[str, Cells] = {
    f"GET {_HERE}": _PAGE,
    f"POST {_HERE}/connect": _STEP,
    f"POST {_HERE}/off": _STEP,
    f"POST {_HERE}/ask": _STEP,
    f"GET {_ORDERS}": _BUYER,
    f"POST {_ORDERS}": _BUYER,
    f"POST {_INTENT}": _ASKED,
    f"POST {_INTENT}/look": _ASKED,
    "POST /webhooks/stripe/<string:seller>": _EVERYBODY,
}
