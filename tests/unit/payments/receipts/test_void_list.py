"""The list of void receipts is signed, the browser believes no other, and no row of it is changed."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core import fsck
from core.client_ids import JsonObject
from core.db import write
from payments.receipts import void_list, voids
from payments.receipts.voids import Declaration
from tests.factories.payments import make_till, settled_receipt

ROOT = Path(__file__).parents[4]


def void_one(session: Session) -> str:
    """A receipt that was declared void; its seller."""
    till = make_till(session)
    settled_receipt(session, till)
    voids.declare(session, till.seller_id, 1, Declaration("p:keeper", "phát nhầm"))
    return till.seller_id


def published(app: Flask) -> JsonObject:
    answer: JsonObject = app.test_client().get("/.well-known/receipt-keys.json").get_json()
    return answer


def believed(lists: list[JsonObject]) -> list[bool]:
    """Whether the check page's own script, run by Node, believes each list."""
    done = subprocess.run(
        [sys.executable, "tools/node.py", "tests/js/void-lists.mjs"],
        cwd=ROOT,
        input=json.dumps(lists),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[bool] = json.loads(done.stdout)
    return answers


def test_p10_the_browser_believes_the_signed_list_and_no_changed_one(app: Flask) -> None:
    with app.app_context():
        write(void_one)
    good = published(app)
    text_ = json.dumps(good)
    changed = [
        text_.replace('"number": 1', '"number": 2'),
        text_.replace('"receipts": [{', '"receipts": [], "were": [{'),
        text_.replace('"as_of": "20', '"as_of": "21'),
        text_.replace('"signature"', '"unsigned"'),
    ]
    assert believed([good, *map(json.loads, changed)]) == [True, False, False, False, False]


def test_the_signature_is_of_the_published_key(app: Flask) -> None:
    with app.app_context():
        write(void_one)
    told = published(app)
    listed = told["voids"]
    key = next(one for one in told["keys"] if one["kid"] == listed["kid"])
    rows = [(one["seller"], one["number"], one["since"]) for one in listed["receipts"]]
    public = Ed25519PublicKey.from_public_bytes(_raw(key["x"]))
    public.verify(_raw(listed["signature"]), void_list.statement(listed["as_of"], rows))


@pytest.mark.parametrize(
    "change", ["UPDATE receipt_voids SET reason = ''", "DELETE FROM receipt_voids"]
)
def test_p10_no_void_is_changed_or_taken_away(session: Session, change: str) -> None:
    void_one(session)
    with pytest.raises(DatabaseError, match="never changed"), session.begin_nested():
        session.execute(text(change))
    assert len(voids.everywhere(session)) == 1


def test_without_the_trigger_it_is_changed_and_fsck_names_it(session: Session) -> None:
    """The control."""
    void_one(session)
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    name = "receipt_voids_no_update" if is_sqlite else "receipt_voids_no_change ON receipt_voids"
    session.execute(text(f"DROP TRIGGER {name}"))
    session.execute(text("UPDATE receipt_voids SET reason = ''"))
    problems = [found for verdict in fsck.run_all(session) for found in verdict.problems]
    assert any("number=1" in one for one in problems)


def _raw(text_: str) -> bytes:
    return base64.urlsafe_b64decode(text_ + "=" * (-len(text_) % 4))
