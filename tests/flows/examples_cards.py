"""Right requests for cards, and what each role gets there; both sellers have an account at Stripe."""

import json
from functools import partial

from sqlalchemy.orm import Session

from payments.cards import card_accounts
from payments.cards.card_accounts import GivenKeys
from payments.cards.card_provider import AccountSeen
from tests.flows.example import Body, Example
from tests.flows.market import Market
from tests.support.fake_stripe import ACCOUNT, KEY, WEBHOOK_SECRET, FakeStripe, signed

Cells = tuple[int, int, int, int, int, int]
_EVERYBODY = (200,) * 6


def fill(market: Market) -> None:
    """Connect both sellers."""
    for name in ("seller", "foreign_seller"):
        market.change(partial(_connect, market.ids[name]))


def _connect(seller: str, session: Session) -> None:
    seen = AccountSeen(f"{ACCOUNT}{seller}", "SG", may_charge=True, is_test=True)
    card_accounts.connect(session, seller, seen, GivenKeys(KEY, WEBHOOK_SECRET), "p:somebody")


def _notice(_market: Market) -> Body:
    body = FakeStripe().notice("checkout.session.completed", {"id": "cs_test_of_nobody"})
    told: Body = json.loads(body)
    return told


EXAMPLES: dict[str, Example] = {
    "POST /webhooks/stripe/<string:seller>": Example(
        json=_notice,
        headers=lambda _, raw: signed(raw),
        provider_fields=frozenset({"id", "type", "data"}),
    ),
}

CELLS: dict[str, Cells] = {
    "POST /webhooks/stripe/<string:seller>": _EVERYBODY,
}
