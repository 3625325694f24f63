"""The browser's check of a token and Python's are one and the same (promise P10)."""

import base64
import json
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from payments.receipts.codec import FIRST_IN_SERIES, Checked, ReceiptFields, encode, verify

ROOT = Path(__file__).parents[4]
OURS, STRANGERS = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
KEY_ID = "key-no_1"
PUBLIC = OURS.public_key().public_bytes_raw()
RECEIPT = ReceiptFields(
    KEY_ID, "htxtancuong", 1234, "CPX7K3M9Q2", 130_000, 1_795_608_300_000, bytes(range(32)),
    FIRST_IN_SERIES,
)  # fmt: skip
TOKEN = encode(RECEIPT, OURS.sign)
PUBLISHED = {
    "keys": [{
        "kid": KEY_ID, "kty": "OKP", "crv": "Ed25519",
        "x": base64.urlsafe_b64encode(PUBLIC).rstrip(b"=").decode(),
    }]
}  # fmt: skip
JS_NAMES = {
    "key_id": "keyId",
    "order_code": "code",
    "total_vnd": "totalVnd",
    "paid_at_ms": "paidAtMs",
    "lines_digest": "digest",
    "previous_hash": "previous",
}


def in_the_browser(tokens: list[str]) -> list[object]:
    """What the page's own script says of each token, run by Node."""
    command = [sys.executable, "tools/node.py", "tests/js/receipt-tokens.mjs"]
    asked = json.dumps({"published": PUBLISHED, "tokens": tokens})
    done = subprocess.run(
        command, cwd=ROOT, input=asked, capture_output=True, text=True, check=True
    )
    answers: list[object] = json.loads(done.stdout)
    return answers


def in_python(token: str) -> object:
    """What Python says, in the script's words."""
    return _in_js_words(verify(token, {KEY_ID: PUBLIC}))


def _in_js_words(checked: Checked) -> object:
    if checked.fields is None:
        return {"verdict": checked.verdict.value, "fields": None}
    values = {
        JS_NAMES.get(field.name, field.name): getattr(checked.fields, field.name)
        for field in fields(checked.fields)
    }
    plain = {k: v.hex() if isinstance(v, bytes) else v for k, v in values.items()}
    return {"verdict": checked.verdict.value, "fields": plain}


def with_bit(token: str, bit: int) -> str:
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    raw[bit // 8] ^= 1 << bit % 8
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_a_good_token_says_the_same_in_the_browser() -> None:
    assert in_the_browser([TOKEN]) == [in_python(TOKEN)]
    assert "valid" in str(in_python(TOKEN))


def test_no_changed_bit_passes_and_both_say_why_alike() -> None:
    tokens = [with_bit(TOKEN, bit) for bit in range(len(TOKEN) * 6 // 8 * 8)]
    answers = in_the_browser(tokens)
    assert answers == [in_python(token) for token in tokens]
    assert "'valid'" not in str(answers)


def test_no_changed_character_passes() -> None:
    tokens = [
        TOKEN[:at] + ("A" if TOKEN[at] != "A" else "B") + TOKEN[at + 1 :]
        for at in range(len(TOKEN))
    ]
    answers = in_the_browser(tokens)
    assert answers == [in_python(token) for token in tokens]
    assert "'valid'" not in str(answers)


@pytest.mark.parametrize(
    ("token", "verdict"),
    [
        (encode(RECEIPT, STRANGERS.sign), "bad_signature"),
        (encode(replace(RECEIPT, key_id="another8"), OURS.sign), "unknown_key"),
        ("", "malformed"),
        ("xyz", "malformed"),
        (TOKEN[:-1], "malformed"),
        (TOKEN + "A", "malformed"),
        (TOKEN + "=", "malformed"),
        ("ử" * 20, "malformed"),
        ("A" * 331, "malformed"),
        (
            base64.urlsafe_b64encode(b"\x8a" + b"\x1b" + b"\xff" * 8).decode().rstrip("="),
            "malformed",
        ),
        (base64.urlsafe_b64encode(b"\x8a\x18\x01").decode().rstrip("="), "malformed"),
    ],
)
def test_both_give_the_same_reason(token: str, verdict: str) -> None:
    (answer,) = in_the_browser([token])
    assert answer == in_python(token)
    assert isinstance(answer, dict)
    assert answer["verdict"] == verdict


@pytest.mark.parametrize("wrapping", ["https://cho.example/receipts/check#{}", " {}\n", "#{}"])
def test_a_pasted_link_is_as_good_as_the_token(wrapping: str) -> None:
    assert in_the_browser([wrapping.format(TOKEN)]) == [in_python(TOKEN)]
