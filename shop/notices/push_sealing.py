"""What goes to a browser's push service: a message only the browser can open, and who sends it. Pure.

RFC 8291 (keys for a message), RFC 8188 (`aes128gcm`, one record), RFC 8292 (VAPID: a signed word of who
sends). Written on `cryptography` because the kept library brings two HTTP clients into the server and a
part that is only had as source (ADR 0029). It is told its randomness and the time.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SALT_BYTES = 16
POINT_BYTES = 65
AUTH_BYTES = 16
MOST_BYTES = 3_000
"""Of a message before it is sealed: services take records of 4,096 bytes, seal and header included."""
_RECORD = 4_096
_LAST = b"\x02"
_HALF = 32
_GOOD_S = 12 * 3_600


@dataclass(frozen=True)
class DeviceKeys:
    """What a browser told of itself: `point` its public key on P-256 (65 bytes), `auth` its secret (16)."""

    point: bytes
    auth: bytes


def sealed(
    plain: bytes, device: DeviceKeys, salt: bytes, sender: ec.EllipticCurvePrivateKey
) -> bytes:
    """The body for the push service: `plain` as only `device` can read it (RFC 8291, section 3.4).

    Preconditions: at most `MOST_BYTES`; `salt` (16 random bytes) and `sender` serve this message alone.

    Raises:
        ValueError: the device's key is no point of the curve.
    """
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), device.point)
    ours = point_of(sender.public_key())
    shared = sender.exchange(ec.ECDH(), theirs)
    secret = _derived(device.auth, shared, b"WebPush: info\0" + device.point + ours, _HALF)
    key = _derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, secret, b"Content-Encoding: nonce\0", 12)
    header = salt + _RECORD.to_bytes(4) + bytes([len(ours)]) + ours
    return header + AESGCM(key).encrypt(nonce, plain + _LAST, None)


def vapid(
    audience: str, contact: str, now_ms: int, signer: ec.EllipticCurvePrivateKey
) -> dict[str, str]:
    """The header that says who sends (RFC 8292), good for twelve hours from `now_ms` (UTC ms).

    `audience` is the push service's origin, `contact` a `mailto:` or `https:` address of the market's.
    """
    claims: dict[str, str | int] = {
        "aud": audience,
        "exp": now_ms // 1000 + _GOOD_S,
        "sub": contact,
    }
    said = f"{_json64({'typ': 'JWT', 'alg': 'ES256'})}.{_json64(claims)}"
    first, second = decode_dss_signature(signer.sign(said.encode(), ec.ECDSA(SHA256())))
    signature = base64url(first.to_bytes(_HALF) + second.to_bytes(_HALF))
    key = base64url(point_of(signer.public_key()))
    return {"Authorization": f"vapid t={said}.{signature}, k={key}"}


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """The public key as browsers write it: an uncompressed point, 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def base64url(raw: bytes) -> str:
    """`raw` in the letters of RFC 4648, section 5, without `=` at the end."""
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def from_base64url(text: str) -> bytes:
    """The bytes `text` stands for, with or without `=` at its end.

    Raises:
        ValueError: it is not in those letters.
    """
    bare = text.rstrip("=")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)


def _derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def _json64(said: Mapping[str, str | int]) -> str:
    return base64url(json.dumps(said, separators=(",", ":")).encode())
