"""Opaque ids: short random strings that say nothing and can be shown in links."""

import os

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_LENGTH = 16
_SEED_BYTES = 16  # 49 bits more than are used, so that every id is as likely as any other


def new_id() -> str:
    """A fresh opaque id: 16 of `[a-z0-9]` (79 random bits), safe in URLs, at most 32 as ids are."""
    seed = int.from_bytes(os.urandom(_SEED_BYTES))
    pairs = []
    for _ in range(_LENGTH // 2):
        seed, pair = divmod(seed, len(_PAIRS))
        pairs.append(_PAIRS[pair])
    return "".join(pairs)
