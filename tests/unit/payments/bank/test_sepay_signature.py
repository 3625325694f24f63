"""SePay's signature over the raw body."""

import json
from pathlib import Path

import pytest

from payments.bank.sepay_signature import sign, verify
from payments.errors import BadSignature

PAYLOADS = Path(__file__).parents[3] / "payloads"
VECTORS = json.loads((PAYLOADS / "webhook_vectors.json").read_text(encoding="utf-8"))
VECTOR = next(vector for vector in VECTORS if vector["provider"] == "sepay")
SECRET, STAMP, SIGNATURE = VECTOR["key"], VECTOR["timestamp"], VECTOR["signature"]
RAW = VECTOR["raw_body"].encode()
NOW_MS = int(STAMP) * 1000


def refused(raw: bytes, *, stamp: str = STAMP, signature: str = SIGNATURE, now_ms: int) -> str:
    with pytest.raises(BadSignature) as raised:
        verify(SECRET, stamp, raw, signature=signature, now_ms=now_ms)
    return str(raised.value.data["why"])


def test_the_documented_vector_is_reproduced() -> None:
    assert sign(SECRET, STAMP, RAW) == SIGNATURE


@pytest.mark.parametrize("drift_ms", [-300_000, 0, 300_000])
def test_a_genuine_notice_within_five_minutes_passes(drift_ms: int) -> None:
    verify(SECRET, STAMP, RAW, signature=SIGNATURE, now_ms=NOW_MS + drift_ms)


@pytest.mark.parametrize("drift_ms", [-300_001, 300_001, 10**12])
def test_a_notice_too_old_or_too_new_is_refused(drift_ms: int) -> None:
    assert refused(RAW, now_ms=NOW_MS + drift_ms) == "timestamp"


def test_a_changed_byte_of_the_body_is_refused() -> None:
    for at in range(len(RAW)):
        changed = RAW[:at] + bytes([RAW[at] ^ 1]) + RAW[at + 1 :]
        assert refused(changed, now_ms=NOW_MS) == "signature"


def test_a_changed_time_is_refused() -> None:
    assert refused(RAW, stamp=str(int(STAMP) + 1), now_ms=NOW_MS) == "signature"


@pytest.mark.parametrize(
    "signature", ["", SIGNATURE[:-1], SIGNATURE[7:], SIGNATURE.upper(), "sha256=é", "\ud800"]
)
def test_any_other_signature_is_refused(signature: str) -> None:
    assert refused(RAW, signature=signature, now_ms=NOW_MS) == "signature"


@pytest.mark.parametrize(
    "stamp", ["", "-1", "1e9", "１７", "1700000000.0", "1" * 13, " 1700000000"]
)
def test_a_time_that_is_no_number_is_refused(stamp: str) -> None:
    signature = sign(SECRET, stamp, RAW)
    assert refused(RAW, stamp=stamp, signature=signature, now_ms=NOW_MS) == "timestamp"


def test_a_feed_without_a_secret_takes_nothing() -> None:
    with pytest.raises(BadSignature):
        verify("", STAMP, RAW, signature=sign("", STAMP, RAW), now_ms=NOW_MS)


def test_another_secret_is_refused() -> None:
    assert refused(RAW, signature=sign("other", STAMP, RAW), now_ms=NOW_MS) == "signature"
