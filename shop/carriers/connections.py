"""A seller's account at a carrier: connected with a token that is stored sealed, and let go again.

Refuses to show a token to any page: it is unsealed for the errand that speaks to the carrier, nobody else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, vault
from core.db import insert_new
from core.text import clean_line
from shop.carriers import adapters
from shop.carriers.carrier_adapter import Account
from shop.carriers.carrier_errors import BadToken, NoSuchCarrier, NotConnected
from shop.carriers.models import CarrierConnection

_TOKEN = re.compile(r"[!-~]{8,200}")  # printable ASCII: it travels in a header
_PICK_UP_LENGTH = 40


@dataclass(frozen=True)
class ConnectionFacts:
    """An account as its seller's page tells it, without the token; `at_ms` is when it was connected."""

    carrier: str
    label: str
    pick_up: str
    at_ms: int


def connect(
    session: Session, seller_id: str, carrier: str, given: tuple[str, str], actor: str
) -> None:
    """Connect the seller's account at `carrier`; `given` is its token and where parcels are fetched ("").

    Effect: the token of an account connected before is forgotten.

    Raises:
        NoSuchCarrier: the market does not speak to it. BadToken: that is no token.
    """
    token, pick_up = given
    if adapters.named(carrier) is None:
        raise NoSuchCarrier()
    if not _TOKEN.fullmatch(token.strip()):
        raise BadToken()
    values: dict[str, object] = {
        "seller_id": seller_id,
        "carrier": carrier,
        "token": vault.seal(token.strip()),
        "pick_up": clean_line(pick_up, _PICK_UP_LENGTH),
        "actor": actor,
        "created_ms": clock.now_ms(),
        "ended_ms": None,
    }
    if not insert_new(session, CarrierConnection, values):
        row = _kept(session, seller_id, carrier)
        for name, value in values.items():
            setattr(row, name, value)
    session.flush()


def disconnect(session: Session, seller_id: str, carrier: str) -> None:
    """Let the account go: its token is forgotten, parcels under way stay as they are and not asked after."""
    if _row(session, seller_id, carrier) is not None:
        row = _kept(session, seller_id, carrier)
        row.token, row.ended_ms = "", clock.now_ms()
        session.flush()


def of_seller(session: Session, seller_id: str) -> Mapping[str, ConnectionFacts]:
    """The accounts of a seller by carrier."""
    query = select(CarrierConnection).where(
        CarrierConnection.seller_id == seller_id, CarrierConnection.ended_ms.is_(None)
    )
    return {
        row.carrier: ConnectionFacts(row.carrier, adapter.label, row.pick_up, row.created_ms)
        for row in session.scalars(query)
        if (adapter := adapters.named(row.carrier)) is not None
    }


def require(session: Session, seller_id: str, carrier: str) -> None:
    """See that the seller has an account there. Raises NotConnected."""
    if adapters.named(carrier) is None or _row(session, seller_id, carrier) is None:
        raise NotConnected()


def account(session: Session, seller_id: str, carrier: str) -> Account:
    """The account with its token in clear, for the moment of asking.

    Raises:
        NotConnected: there is none, or its token was sealed by another installation.
    """
    row = _row(session, seller_id, carrier)
    if row is None or not vault.can_unseal(row.token):
        raise NotConnected()
    return Account(vault.unseal(row.token), row.pick_up)


def _row(session: Session, seller_id: str, carrier: str) -> CarrierConnection | None:
    row = session.get(CarrierConnection, (seller_id, carrier))
    return row if row is not None and row.ended_ms is None else None


def _kept(session: Session, seller_id: str, carrier: str) -> CarrierConnection:
    key = (seller_id, carrier)
    return session.get_one(CarrierConnection, key, with_for_update=True, populate_existing=True)
