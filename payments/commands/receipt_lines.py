"""`flask receipts …`: is this a receipt of ours, are all still there, a new key."""

import click
from flask import current_app
from flask.cli import AppGroup

from core.client_ids import JsonObject
from core.clock import iso
from core.config import Settings
from core.db import db
from core.errors import NotFound
from core.identity import sellers
from core.strict_json import JsonValue
from payments.commands import lines
from payments.receipts import chain, keys, receipts, standing, voids
from payments.receipts.codec import ReceiptFields, Verdict, receipt_hash, verify

receipts_group = AppGroup("receipts", help="Check receipts, and change the key that signs them.")

_REFUNDED = frozenset({"part_refunded", "refunded"})


@receipts_group.command("verify")
def _verify() -> None:
    """Read receipt tokens (or the links in their QR), one a line; answer each with one verdict.

    `valid`, `void`, `refunded`, `bad_signature`, `unknown_key` or `malformed`.
    """
    for line in lines.given():
        lines.answer(_verdict(line or ""))


@receipts_group.command("chain")
@click.argument("seller", type=lines.WORDS)
def _chain(seller: str) -> None:
    """Check the series of SELLER (id or name): exit 0 if whole, 1 and what is wrong if not."""
    seller_id = _seller_id(seller)
    if seller_id is None:
        lines.answer({"seller": seller, "ok": False, "problems": ["there is no such seller"]})
        raise SystemExit(1)
    found = chain.chain_of(db.session(), seller_id)
    answer: JsonObject = {"seller": seller_id, "ok": not found.problems}
    lines.answer(answer | {"receipts": found.receipts, "problems": list(found.problems)})
    if found.problems:
        raise SystemExit(1)


@receipts_group.command("new-key")
def _new_key() -> None:
    """Make a new signing key. Every server signs with it once it is started anew; old receipts stay valid."""
    settings: Settings = current_app.config["SETTINGS"]
    fresh = keys.rotate(settings.keys_dir)
    published: list[JsonValue] = [key.key_id for key in keys.published()]
    lines.answer({"key": fresh.key_id, "since": iso(fresh.made_ms), "published": published})


def _verdict(line: str) -> JsonObject:
    token = line.strip().rpartition("#")[2]
    checked = verify(token, keys.public_keys())
    if checked.fields is None or checked.verdict is not Verdict.VALID:
        return {"verdict": checked.verdict.value}
    seller_id, number = checked.fields.seller, checked.fields.number
    state = receipts.state_of(db.session(), seller_id, number)
    verdict = "refunded" if state in _REFUNDED else checked.verdict.value
    void = voids.of_seller(db.session(), seller_id).get(number)
    told: JsonObject = {"verdict": verdict, "payment": state, **_told(checked.fields)}
    told |= {"refunded_vnd": _refunded_vnd(token, checked.fields)}
    return told | {"verdict": "void", "void_since": iso(void.at_ms)} if void else told


def _refunded_vnd(token: str, said: ReceiptFields) -> int:
    """What went back of it, as the check page tells; nothing of a receipt that is not in the books."""
    mark = receipt_hash(token).hex()
    try:
        return standing.of_token(db.session(), said.seller, said.number, mark).refunded_vnd
    except NotFound:
        return 0


def _told(fields: ReceiptFields) -> JsonObject:
    return {
        "seller": fields.seller,
        "number": fields.number,
        "order_code": fields.order_code,
        "total_vnd": fields.total_vnd,
        "paid_at": iso(fields.paid_at_ms),
    }


def _seller_id(wanted: str) -> str | None:
    """The seller of that id, or the only one of that name."""
    try:
        return sellers.facts(db.session(), wanted).id
    except NotFound:
        named = [seller.id for seller in sellers.all_sellers(db.session()) if seller.name == wanted]
        return named[0] if len(named) == 1 else None
