"""The token in a receipt's QR: what was paid, signed, in one short text.

Why: anybody must be able to check a receipt without asking us, also without network.
A token is base64url (no padding) of one deterministic CBOR array of ten items,
`[version, key id, seller, number, order code, total, paid at, digest, previous, signature]`.
The Ed25519 signature is over the same array without its last item: `0x89`, then the token's bytes
from the second to the 67th last. There is exactly one writing of each receipt, so that any changed
bit or character fails.
Refuses: names and phones (the token is public), private keys (a `sign` callable is passed in), and
what happened later (voids and refunds are dated lists beside it).
Source: RFC 8949 §4.2.1 (deterministic CBOR), RFC 8032 (Ed25519), RFC 4648 §5 and §3.5 (base64url).
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from core.codes import is_order_code
from core.errors import N_, DomainError
from core.strict_json import MAX_INTEGER, JsonValue, canonical

VERSION = 1
MAX_TOKEN = 330
HASH_LENGTH = 32
SIGNATURE_LENGTH = 64
FIRST_IN_SERIES = bytes(HASH_LENGTH)
"""`previous_hash` of the receipt number 1 of a series."""

_KEY_ID = re.compile(r"[A-Za-z0-9_-]{8}")
_SELLER = re.compile(r"[A-Za-z0-9_-]{1,32}")
_TAIL = 2 + SIGNATURE_LENGTH
_SIGNED_HEAD = b"\x89"
_LINES_DOMAIN = b"cho-phien/receipt-lines/1\n"

Item = int | str | bytes


class BadToken(DomainError):
    """The text is not a receipt token of ours: cut, changed or something else."""

    code = "bad_token"
    message = N_("Mã biên nhận không đọc được hoặc đã bị sửa. Bạn quét lại mã giúp nhé.")


class Verdict(StrEnum):
    """What the token alone says; voids and refunds are asked elsewhere."""

    VALID = "valid"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_KEY = "unknown_key"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One frozen line; delivery is a line, a discount is a line with a negative amount."""

    name: str
    unit: str
    packs: int
    price_vnd: int
    amount_vnd: int


@dataclass(frozen=True, slots=True)
class ReceiptFields:
    """What a token says. The order of the fields is their order in the array."""

    key_id: str
    seller: str
    number: int
    order_code: str
    total_vnd: int
    paid_at_ms: int
    lines_digest: bytes
    previous_hash: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict and, unless the token is malformed, what it claims to say."""

    verdict: Verdict
    fields: ReceiptFields | None


def lines_digest(lines: Sequence[ReceiptLine]) -> bytes:
    """Return the SHA-256 (32 bytes) of the frozen lines, in their order.

    Over `cho-phien/receipt-lines/1\\n` and the JSON `[[name, unit, packs, price, amount], …]`
    without spaces, which JavaScript's `JSON.stringify` writes alike.
    """
    rows: list[JsonValue] = [
        [line.name, line.unit, line.packs, line.price_vnd, line.amount_vnd] for line in lines
    ]
    return hashlib.sha256(_LINES_DOMAIN + canonical(rows)).digest()


def receipt_hash(token: str) -> bytes:
    """Return the SHA-256 (32 bytes) of the token's text: the next receipt's `previous_hash`."""
    return hashlib.sha256(token.encode("ascii")).digest()


def encode(receipt: ReceiptFields, sign: Callable[[bytes], bytes]) -> str:
    """Return the signed token of a receipt, at most 330 characters.

    `sign` returns the 64 bytes of an Ed25519 signature by the key that `receipt.key_id` names.
    Raises ValueError if a field is out of its shape (a bug, not bad input).
    """
    if not _is_well_formed(receipt):
        raise ValueError("a receipt field is out of its shape")
    signed = cbor2.dumps(_items(receipt), canonical=True)
    signature = sign(signed)
    if len(signature) != SIGNATURE_LENGTH:
        raise ValueError("an Ed25519 signature has 64 bytes")
    return _to_text(cbor2.dumps([*_items(receipt), signature], canonical=True))


def decode(token: str) -> tuple[ReceiptFields, bytes, bytes]:
    """Return what a token claims, the bytes that were signed, and the signature. Checks no key.

    Raises BadToken unless the text is the one writing of these fields.
    """
    raw = _from_text(token)
    receipt, signature = _from_items(list(_read_items(raw)))
    if cbor2.dumps([*_items(receipt), signature], canonical=True) != raw:
        raise BadToken()
    return receipt, _SIGNED_HEAD + raw[1:-_TAIL], signature


def verify(token: str, public_keys: Mapping[str, bytes]) -> Checked:
    """Return whether a token was signed by one of our keys, and what it says.

    `public_keys` maps key ids to raw 32-byte Ed25519 keys, old ones included. Never raises for a
    bad token: people scan anything.
    """
    try:
        receipt, signed, signature = decode(token)
    except BadToken:
        return Checked(Verdict.MALFORMED, None)
    if receipt.key_id not in public_keys:
        return Checked(Verdict.UNKNOWN_KEY, receipt)
    try:
        Ed25519PublicKey.from_public_bytes(public_keys[receipt.key_id]).verify(signature, signed)
    except InvalidSignature:
        return Checked(Verdict.BAD_SIGNATURE, receipt)
    return Checked(Verdict.VALID, receipt)


def _items(receipt: ReceiptFields) -> list[Item]:
    return [VERSION, *(getattr(receipt, field.name) for field in fields(receipt))]


def _is_well_formed(receipt: ReceiptFields) -> bool:
    numbers = (receipt.number, receipt.total_vnd, receipt.paid_at_ms)
    return (
        _KEY_ID.fullmatch(receipt.key_id) is not None
        and _SELLER.fullmatch(receipt.seller) is not None
        and is_order_code(receipt.order_code)
        and all(0 <= number <= MAX_INTEGER for number in numbers)
        and receipt.number > 0
        and len(receipt.lines_digest) == len(receipt.previous_hash) == HASH_LENGTH
    )


def _from_items(items: list[Item]) -> tuple[ReceiptFields, bytes]:
    match items:
        case [
            1,
            str() as key_id,
            str() as seller,
            int() as number,
            str() as order_code,
            int() as total_vnd,
            int() as paid_at_ms,
            bytes() as digest,
            bytes() as previous,
            bytes() as signature,
        ] if len(signature) == SIGNATURE_LENGTH:
            receipt = ReceiptFields(
                key_id, seller, number, order_code, total_vnd, paid_at_ms, digest, previous
            )
            if _is_well_formed(receipt):
                return receipt, signature
    raise BadToken()


def _read_items(raw: bytes) -> Iterator[Item]:
    """Yield the items of one flat CBOR array of numbers, texts and byte strings, nothing else.

    A general decoder would follow tags (dates, big numbers, patterns) that a stranger chose.
    """
    if raw[:1] != b"\x8a":
        raise BadToken()
    at = 1
    while at < len(raw):
        major, size, at = _read_head(raw, at)
        if major == 0:
            yield size
            continue
        if major not in (2, 3) or at + size > len(raw):
            raise BadToken()
        chunk, at = raw[at : at + size], at + size
        yield chunk if major == 2 else _utf8(chunk)


def _read_head(raw: bytes, at: int) -> tuple[int, int, int]:
    """Return (major type, argument, where the content begins) of the item at `at`."""
    major, short = raw[at] >> 5, raw[at] & 31
    if short < 24:
        return major, short, at + 1
    end = at + 1 + 2 ** (short - 24)
    if short > 27 or end > len(raw):
        raise BadToken()
    return major, int.from_bytes(raw[at + 1 : end], "big"), end


def _utf8(chunk: bytes) -> str:
    try:
        return chunk.decode()
    except UnicodeDecodeError as error:
        raise BadToken() from error


def _to_text(raw: bytes) -> str:
    token = base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
    if len(token) > MAX_TOKEN:
        raise ValueError("the token is too long for its QR")
    return token


def _from_text(token: str) -> bytes:
    if len(token) > MAX_TOKEN or not token.isascii():
        raise BadToken()
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise BadToken() from error
    # Spare bits at the end, `+` for `-`, stray padding: all read, none is how we write.
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii") != token:
        raise BadToken()
    return raw
