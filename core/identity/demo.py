"""Demo sellers and those who run them: invented organisations in real communes of Thái Nguyên.

Nothing here is anybody's: addresses say so, tax ids begin with DEMO, numbers are 0900 000 00x, and the
password is public, which is why production refuses to start with a demo (`core.config`).
"""

import json
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.identity import passwords, people
from core.identity.models import Membership, Seller
from core.phone import format_phone

PASSWORD = "cho-phien-demo"
_ROLES = ("owner", "host")
_FILE = Path(__file__).parent / "data" / "demo_sellers.json"


def load(session: Session) -> None:
    """Add the demo sellers, each with one person who owns and hosts, unless there are any sellers.

    Effect: those persons are verified and sign in with the seller's number and `PASSWORD`.
    """
    if session.scalar(select(Seller.id).limit(1)) is not None:
        return
    password_hash = passwords.hashed(PASSWORD)
    for fields in _read():
        seller = Seller(**fields, demo=True, created_ms=clock.now_ms())
        session.add(seller)
        session.flush()
        person_id = people.find_or_create(session, seller.phone, seller.owner_name)
        people.mark_verified(session, person_id, "demo")
        people.set_password(session, person_id, password_hash)
        for role in _ROLES:
            session.add(Membership(person_id=person_id, seller_id=seller.id, role=role))


def logins() -> list[str]:
    """One line per demo seller with the number to sign in with, for `flask prepare`."""
    lines = [f"{format_phone(fields['phone'])}  {fields['name']}" for fields in _read()]
    return ["", f"Demo logins (password: {PASSWORD})", *lines]


def _read() -> list[dict[str, str]]:
    sellers: list[dict[str, str]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return sellers
