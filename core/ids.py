"""Opaque ids: short random strings that say nothing and can be shown in links."""

import secrets

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 16


def new_id() -> str:
    """A fresh opaque id: 16 of `[a-z0-9]` (79 random bits), safe in URLs, at most 32 as ids are."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
