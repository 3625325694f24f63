"""Secrets that others gave us, encrypted at rest with a key made from this installation's own.

Why: whoever reads a copy of the database must not be able to sign bank notices, to send parcels, or to go
live under a seller's name.
Refuses: to keep anything in clear, and to open what another installation sealed.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# It names what it was first made for: another name would open nothing that was sealed before.
_PURPOSE = b"cho-phien/feed-secrets/1"


class _State:
    cipher: Fernet | None = None


def use(secret_key: str) -> None:
    """Seal and open with a key derived from `secret_key` (settings) in this process from now on.

    HKDF-SHA256 (RFC 5869), so that the same secret signs cookies and seals feeds without either
    telling anything of the other.
    """
    derived = HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret_key.encode())
    _State.cipher = Fernet(base64.urlsafe_b64encode(derived))


def seal(secret: str) -> str:
    """Return `secret` as it may be stored."""
    return _cipher().encrypt(secret.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Return what `seal` was given.

    Raises `InvalidToken` (cryptography) if the installation's key was changed since.
    """
    return _cipher().decrypt(sealed.encode("ascii")).decode()


def can_unseal(sealed: str) -> bool:
    """Whether `sealed` was sealed by this installation."""
    try:
        unseal(sealed)
    except InvalidToken:
        return False
    return True


def _cipher() -> Fernet:
    assert _State.cipher is not None, "core.factory hands over the key at start"
    return _State.cipher
