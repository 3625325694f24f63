"""`flask receipts verify`, `chain` and `new-key`."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from core.config import Settings
from core.db import db, write
from payments.models import Receipt
from payments.receipts import codec, keys, voids
from payments.receipts.voids import Declaration
from tests.factories import refunds
from tests.factories.payments import Till, make_till, settled_receipt


@pytest.fixture
def till(app: Flask) -> Till:
    """A seller with three receipts."""
    with app.app_context():
        till = write(make_till)
        for _ in range(3):
            write(lambda session: settled_receipt(session, till))
        return till


@pytest.fixture
def own_keys(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys of this test's own: the others' are shared."""
    shared: Settings = app.config["SETTINGS"]
    own = replace(shared, data_dir=tmp_path)
    monkeypatch.setitem(app.config, "SETTINGS", own)
    keys.use(own.keys_dir)
    yield
    keys.use(shared.keys_dir)


def tokens(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Receipt.token).order_by(Receipt.number)))


def verdicts(app: Flask, given: bytes) -> list[dict[str, Any]]:
    result = app.test_cli_runner().invoke(args=["receipts", "verify"], input=given)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def chain(app: Flask, seller: str) -> tuple[int, dict[str, Any]]:
    result = app.test_cli_runner().invoke(args=["receipts", "chain", seller])
    return result.exit_code, json.loads(result.stdout)


def damage(app: Flask, statement: str) -> None:
    with app.app_context():
        write(lambda session: session.execute(text(statement)))


def test_each_token_gets_its_verdict(app: Flask, till: Till) -> None:
    token = tokens(app)[1]
    link = f"https://cho.example/receipts/check#{token}"
    changed = token[:-9] + ("B" if token[-9] == "A" else "A") + token[-8:]
    given = "\n".join([token, link, changed, "x", ""]) + "\n"
    found = verdicts(app, given.encode() + b"\xff\n")
    words = ["valid", "valid", "bad_signature", "malformed", "malformed", "malformed"]
    assert [line["verdict"] for line in found] == words
    assert (found[0]["number"], found[0]["total_vnd"]) == (2, 130_000)
    assert (found[0]["seller"], found[0]["payment"]) == (till.seller_id, "settled")
    assert found[0]["refunded_vnd"] == 0


def test_a_refunded_payment_is_told(app: Flask, till: Till) -> None:
    damage(app, "UPDATE payments SET state = 'refunded'")
    assert verdicts(app, tokens(app)[0].encode())[0]["verdict"] == "refunded"


def test_what_went_back_is_told_to_the_dong(app: Flask, till: Till) -> None:
    with app.app_context():
        reference = write(lambda session: refunds.paid(session, till, back_vnd=18_000))
        write(lambda session: refunds.give_account(session, reference))
        begun = write(lambda session: refunds.begin(session, till, reference, 18_000))
        write(lambda session: refunds.bank_sends(session, till, begun.code, 18_000))
    told = verdicts(app, tokens(app)[-1].encode())[0]
    assert (told["verdict"], told["payment"]) == ("refunded", "part_refunded")
    assert told["refunded_vnd"] == 18_000


def test_a_void_receipt_is_told_before_its_refund(app: Flask, till: Till) -> None:
    by = Declaration("p:keeper", "phát nhầm")
    with app.app_context():
        write(lambda session: voids.declare(session, till.seller_id, 1, by))
    damage(app, "UPDATE payments SET state = 'refunded'")
    (told,) = verdicts(app, tokens(app)[0].encode())
    assert (told["verdict"], told["payment"]) == ("void", "refunded")
    assert told["void_since"]


@pytest.mark.usefixtures("own_keys")
def test_with_a_new_key_old_receipts_stay_valid_and_new_ones_are_signed_by_it(app: Flask) -> None:
    with app.app_context():
        till = write(make_till)
        write(lambda session: settled_receipt(session, till))
    made = json.loads(app.test_cli_runner().invoke(args=["receipts", "new-key"]).stdout)
    with app.app_context():
        write(lambda session: settled_receipt(session, till))
    signed = [codec.decode(token)[0].key_id for token in tokens(app)]
    assert (len(made["published"]), signed[-1], len(set(signed))) == (2, made["key"], 2)
    given = "\n".join(tokens(app)).encode()
    assert [told["verdict"] for told in verdicts(app, given)] == ["valid"] * 2
    assert chain(app, till.seller_id)[0] == 0


def test_a_receipt_that_is_in_no_book_of_ours_is_told_so(app: Flask, till: Till) -> None:
    (first, *_) = tokens(app)
    damage(app, "DELETE FROM receipts WHERE number = 1")
    assert verdicts(app, first.encode())[0]["payment"] is None


def test_a_whole_chain_is_told_by_id_and_by_name(app: Flask, till: Till) -> None:
    with app.app_context():
        name = db.session.execute(text("SELECT name FROM sellers")).scalar_one()
    for seller in (till.seller_id, name):
        status, answer = chain(app, seller)
        assert (status, answer["ok"], answer["receipts"]) == (0, True, 3)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DELETE FROM receipts WHERE number = 2", "2 is missing"),
        ("DELETE FROM receipts WHERE number = 3", "does not end with 2"),
        ("DELETE FROM receipts", "does not end with 0"),
        ("DELETE FROM receipt_series", "end is not written down"),
        ("UPDATE receipts SET frozen = replace(frozen, '130000', '130001')", "something else"),
    ],
)
def test_a_missing_or_altered_receipt_is_named(
    app: Flask, till: Till, statement: str, named: str
) -> None:
    damage(app, statement)
    status, answer = chain(app, till.seller_id)
    assert status == 1
    assert any(named in problem for problem in answer["problems"])


def test_a_seller_who_was_never_paid_has_a_whole_chain(app: Flask) -> None:
    with app.app_context():
        seller_id = write(make_till).seller_id
    assert chain(app, seller_id)[1] == {
        "seller": seller_id,
        "ok": True,
        "receipts": 0,
        "problems": [],
    }


def test_nobody_has_no_chain(app: Flask) -> None:
    assert chain(app, "nobody")[0] == 1
