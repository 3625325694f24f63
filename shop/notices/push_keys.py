"""The key the market signs its push messages with: P-256, a file apart from the data, made at first start.

One for ever: browsers bind a subscription to the key it was asked with, so another key ends them all.
Refuses a file that is not a key.
"""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from core.keys import write_private
from shop.notices.push_sealing import base64url, point_of

_FILE = "push.key"
_BYTES = 32


class BadPushKey(Exception):
    """The kept file is no key (raised at start)."""


class _State:
    signer: ec.EllipticCurvePrivateKey | None = None


def use(keys_dir: Path) -> None:
    """Sign with the key in `keys_dir` (32 raw bytes, mode 0600) in this process from now on; make it.

    Raises:
        BadPushKey: what is kept there is not a key.
    """
    keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = keys_dir / _FILE
    if not path.exists():
        number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        write_private(path, number.to_bytes(_BYTES))
    kept = path.read_bytes()
    try:
        if len(kept) != _BYTES:
            raise ValueError
        _State.signer = ec.derive_private_key(int.from_bytes(kept), ec.SECP256R1())
    except ValueError as error:
        raise BadPushKey(f"{path.name} is no key of {_BYTES} bytes") from error


def signer() -> ec.EllipticCurvePrivateKey:
    """The private key. Precondition: `use` was called at start."""
    assert _State.signer is not None, "push_keys.use was not called"
    return _State.signer


def public() -> str:
    """The public key as a page tells its browser: base64url of the point."""
    return base64url(point_of(signer().public_key()))
