"""How long the server takes to check one receipt's token, beside the bare signature check inside it."""

import time
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from payments.receipts.codec import Verdict, verify
from tests.bench.figures import percentile
from tests.support.mutated_receipts import KEYS, a_token

_TOKENS, _TIMES = 300, 20
_SIGNED_BYTES = 200


def check() -> dict[str, float]:
    """The p50 and p99 over some receipts, in µs of CPU, each the mean of a few checks; the bare one's p50."""
    tokens = [a_token() for _ in range(_TOKENS)]
    assert all(verify(token, KEYS).verdict is Verdict.VALID for token in tokens)
    ours = [_taken_us(lambda token=token: verify(token, KEYS)) for token in tokens]
    key, signed = Ed25519PrivateKey.generate(), bytes(_SIGNED_BYTES)
    public, signature = key.public_key(), key.sign(signed)
    bare = [_taken_us(lambda: public.verify(signature, signed)) for _ in tokens]
    return {
        "receipt.p50_us": percentile(ours, 50),
        "receipt.p99_us": percentile(ours, 99),
        "receipt.bare.p50_us": percentile(bare, 50),
    }


def _taken_us(work: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(_TIMES):
        work()
    return (time.process_time() - began) / _TIMES * 1e6
