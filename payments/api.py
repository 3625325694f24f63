"""The public keys of receipts, so that anybody can check one without asking us."""

import base64

from marshmallow import Schema, fields

from core import clock
from core.client_ids import JsonObject
from core.http.api import ApiBlueprint
from payments.receipts import keys
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
    """Receipts that were declared void, as known at `as_of`."""

    as_of = fields.String(required=True)
    receipts = fields.List(fields.Nested(Void), required=True)


class ReceiptKeys(Schema):
    """Everything a checker needs besides the token."""

    keys = fields.List(fields.Nested(Key), required=True)
    voids = fields.Nested(Voids, required=True)


@blueprint.get("/.well-known/receipt-keys.json")
@blueprint.response(200, ReceiptKeys)
def receipt_keys() -> tuple[JsonObject, dict[str, str]]:
    """Every key that ever signed a receipt here, oldest first, and the receipts declared void.

    None is void yet: nothing in the market can void one.
    """
    answer: JsonObject = {
        "keys": [_jwk(key) for key in keys.published()],
        "voids": {"as_of": clock.iso(clock.now_ms()), "receipts": []},
    }
    headers = {"Cache-Control": f"public, max-age={_KEPT_S}", "Access-Control-Allow-Origin": "*"}
    return answer, headers


def _jwk(key: ReceiptKey) -> JsonObject:
    return {
        "kid": key.key_id,
        "kty": "OKP",
        "crv": "Ed25519",
        "use": "sig",
        "x": base64.urlsafe_b64encode(key.public).rstrip(b"=").decode("ascii"),
        "since": clock.iso(key.made_ms),
    }
