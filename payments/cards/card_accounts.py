"""A seller's own account at Stripe: whether it takes cards, and the secrets to ask and to believe with.

Cards are off until a seller connects one: Stripe takes no businesses established in Vietnam, so it is never
the default. Refuses to show a secret again, and to forget a key while charges made with it may be refunded.
"""

import re
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core import clock, vault
from core.ids import new_id
from payments.cards.card_errors import (
    BadCardKey,
    BadWebhookSecret,
    CannotCharge,
    CardsOff,
    TestKeyRefused,
)
from payments.cards.card_provider import AccountSeen
from payments.cards.models import CardAccount

OLD_KEPT_MS = 2 * 24 * 60 * 60 * 1000
"""How long a replaced webhook secret is believed; Stripe signs with both for a day at most."""
FIRST_PAYOUTS_MS = 60 * 60_000
"""How long after it was connected an account is asked for its payouts the first time."""
_KEY = re.compile(r"[sr]k_(test|live)_[A-Za-z0-9_]{8,250}")
_WEBHOOK = re.compile(r"whsec_[A-Za-z0-9_+/=-]{8,250}")


@dataclass(frozen=True)
class GivenKeys:
    """What a seller typed in: the secret key of the API, and the secret of the webhook."""

    key: str = field(repr=False)
    webhook_secret: str = field(repr=False)


@dataclass(frozen=True)
class CardAccountFacts:
    """An account as its page tells it, without secrets; `off_ms` is when it was switched off (UTC ms)."""

    id: str
    provider_account: str
    is_test: bool
    created_ms: int
    off_ms: int | None


def check(given: GivenKeys, *, tests_allowed: bool) -> None:
    """See that these look like Stripe's secrets, before Stripe is asked.

    Raises:
        BadCardKey, BadWebhookSecret: they do not. TestKeyRefused: one for tests, where money is real.
    """
    found = _KEY.fullmatch(given.key)
    if found is None:
        raise BadCardKey()
    if found[1] == "test" and not tests_allowed:
        raise TestKeyRefused()
    if not _WEBHOOK.fullmatch(given.webhook_secret):
        raise BadWebhookSecret()


def connect(
    session: Session, seller_id: str, seen: AccountSeen, given: GivenKeys, actor: str
) -> None:
    """Have the seller take cards by the account Stripe says `given.key` opens.

    Effect: another account of theirs is switched off; the same one again gets the new secrets, and its
    webhook secret of before stays valid for `OLD_KEPT_MS`.

    Raises:
        CannotCharge: Stripe does not let the account charge.
    """
    if not seen.may_charge:
        raise CannotCharge()
    switch_off(session, seller_id)
    known = session.scalars(
        select(CardAccount).where(
            CardAccount.seller_id == seller_id, CardAccount.provider_account == seen.id
        )
    ).one_or_none()
    row = known or CardAccount(id=new_id(), seller_id=seller_id, provider_account=seen.id)
    if known and given.webhook_secret not in _unsealed(row.webhook_secret):
        row.old_webhook_secret = row.webhook_secret
        row.old_until_ms = clock.now_ms() + OLD_KEPT_MS
    row.secret_key = vault.seal(given.key)
    row.webhook_secret = vault.seal(given.webhook_secret)
    row.is_test, row.actor, row.created_ms, row.off_ms = seen.is_test, actor, clock.now_ms(), None
    row.payouts_ms = clock.now_ms() + FIRST_PAYOUTS_MS
    session.add(row)
    session.flush()


def switch_off(session: Session, seller_id: str) -> None:
    """Take no more cards; charges that were made are still asked after, and refunded. Idempotent."""
    for row in session.scalars(_of_seller(seller_id).with_for_update()):
        row.off_ms = row.off_ms or clock.now_ms()
    session.flush()


def of_seller(session: Session, seller_id: str) -> CardAccountFacts | None:
    """The account the seller takes cards by, else the one that was switched off last, else None."""
    rows = session.scalars(_of_seller(seller_id)).all()
    rows = sorted(rows, key=lambda row: (row.off_ms is not None, -row.created_ms))
    return _facts(rows[0]) if rows else None


def require(session: Session, seller_id: str) -> CardAccountFacts:
    """The account the seller takes cards by; raises CardsOff."""
    found = of_seller(session, seller_id)
    if found is None or found.off_ms is not None:
        raise CardsOff()
    return found


def key_of(session: Session, account_id: str) -> str | None:
    """The key of an account in clear, for the moment of asking; None if sealed by another installation."""
    row = session.get_one(CardAccount, account_id)
    return vault.unseal(row.secret_key) if vault.can_unseal(row.secret_key) else None


def webhook_secrets(session: Session, seller_id: str) -> list[tuple[str, str]]:
    """What notices to a seller may be signed with now: pairs of account id and secret in clear."""
    pairs = []
    for row in session.scalars(_of_seller(seller_id)):
        sealed = [row.webhook_secret]
        if row.old_webhook_secret and clock.now_ms() < (row.old_until_ms or 0):
            sealed.append(row.old_webhook_secret)
        pairs += [(row.id, clear) for one in sealed for clear in _unsealed(one)]
    return pairs


def _unsealed(sealed: str) -> tuple[str, ...]:
    """The secret in clear, or nothing where another installation sealed it."""
    return (vault.unseal(sealed),) if vault.can_unseal(sealed) else ()


def _of_seller(seller_id: str) -> Select[CardAccount]:
    return select(CardAccount).where(CardAccount.seller_id == seller_id).order_by(CardAccount.id)


def _facts(row: CardAccount) -> CardAccountFacts:
    return CardAccountFacts(row.id, row.provider_account, row.is_test, row.created_ms, row.off_ms)
