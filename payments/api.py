"""What a checker of receipts needs: public keys and voids for all, and what became of the one it holds."""

import base64

from marshmallow import Schema, fields

from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.http.api import ApiBlueprint
from core.strict_json import JsonValue
from payments.receipts import keys, standing, void_list, voids
from payments.receipts.keys import ReceiptKey

blueprint = ApiBlueprint("receipt_keys", __name__, description="Keys that sign receipts")

_KEPT_S = 300


class Key(Schema):
    """An Ed25519 public key as a JWK (RFC 8037); `since` is when we began to sign with it."""

    kid = fields.String(required=True)
    kty = fields.String(required=True)
    crv = fields.String(required=True)
    use = fields.String(required=True)
    x = fields.String(required=True)
    since = fields.String(required=True)


class Void(Schema):
    """One receipt that no longer counts, and since when."""

    seller = fields.String(required=True)
    number = fields.Integer(required=True)
    since = fields.String(required=True)


class Voids(Schema):
    """Receipts that were declared void, as known at `as_of`.

    `signature` (base64url) by the key `kid` is of the lines `void_list.statement` makes of all that.
    """

    as_of = fields.String(required=True)
    receipts = fields.List(fields.Nested(Void), required=True)
    kid = fields.String(required=True)
    signature = fields.String(required=True)


class StandingAnswer(Schema):
    """What became of a receipt, as known at `as_of`; `void_since` is null unless it was declared void."""

    as_of = fields.String(required=True)
    void_since = fields.String(required=True, allow_none=True)
    refunded_vnd = fields.Integer(required=True)


class ReceiptKeys(Schema):
    """Everything a checker needs besides the token."""

    keys = fields.List(fields.Nested(Key), required=True)
    voids = fields.Nested(Voids, required=True)


@blueprint.get("/.well-known/receipt-keys.json")
@blueprint.response(200, ReceiptKeys)
def receipt_keys() -> tuple[JsonObject, dict[str, str]]:
    """Every key that ever signed a receipt here, oldest first, and the receipts declared void."""
    answer: JsonObject = {
        "keys": [_jwk(key) for key in keys.published()],
        "voids": _voids(voids.everywhere(db.session())),
    }
    headers = {"Cache-Control": f"public, max-age={_KEPT_S}", "Access-Control-Allow-Origin": "*"}
    return answer, headers


@blueprint.get("/api/v1/receipts/<string:seller>/<int(max=9007199254740991):number>/<string:mark>")
@blueprint.response(200, StandingAnswer)
def receipt_standing(seller: str, number: int, mark: str) -> JsonObject:
    """What became of a receipt since it was signed; `mark` is the SHA-256 of its token in lower-case hex."""
    found = standing.of_token(db.session(), seller, number, mark)
    return {
        "as_of": clock.iso(clock.now_ms()),
        "void_since": clock.iso(found.void_ms) if found.void_ms is not None else None,
        "refunded_vnd": found.refunded_vnd,
    }


def _voids(declared: tuple[voids.Void, ...]) -> JsonObject:
    """The dated list with its signature, by the key that signs receipts now."""
    as_of = clock.iso(clock.now_ms())
    rows = [(one.seller_id, one.number, clock.iso(one.at_ms)) for one in declared]
    key_id, private = keys.signing()
    signature = private.sign(void_list.statement(as_of, rows))
    told: list[JsonValue] = [
        {"seller": seller, "number": number, "since": since} for seller, number, since in rows
    ]
    return {"as_of": as_of, "receipts": told, "kid": key_id, "signature": _base64url(signature)}


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _jwk(key: ReceiptKey) -> JsonObject:
    return {
        "kid": key.key_id,
        "kty": "OKP",
        "crv": "Ed25519",
        "use": "sig",
        "x": _base64url(key.public),
        "since": clock.iso(key.made_ms),
    }
