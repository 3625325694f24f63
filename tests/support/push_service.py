"""A push service for tests, as RFC 8030 describes one: takes sealed messages, checks who signed, opens them.

It stands in for a browser too: it has the private halves of what was subscribed. It reads the RFCs by
itself, on `cryptography` alone, so that it does not repeat a mistake of the market's.
"""

import base64
import json
import secrets
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.local_server import LocalSite


def letters(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """One subscription: its secrets, and what was opened for it."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    endpoint: str = ""
    status: int = 201
    retry_after: str = ""
    opened: list[dict[str, str]] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def p256dh(self) -> str:
        return letters(_point(self.key.public_key()))

    @property
    def fields(self) -> dict[str, str]:
        """What its script hands to the market."""
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": letters(self.auth)}

    def open(self, body: bytes) -> str:
        """RFC 8188, one record, under the keys of RFC 8291."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size <= 4096
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.key.exchange(ec.ECDH(), point)
        info = b"WebPush: info\0" + _point(self.key.public_key()) + sender
        secret = HKDF(hashes.SHA256(), 32, self.auth, info).derive(shared)
        key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
        padded = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
        assert padded.endswith(b"\x02")
        return padded[:-1].decode()


class PushService(LocalSite):
    """On 127.0.0.1; `browser()` makes a subscription there. What a browser's `status` says is answered."""

    def __init__(self) -> None:
        self.browsers: dict[str, Browser] = {}
        self.hangs_up = False

    def browser(self) -> Browser:
        path = f"/push/{secrets.token_urlsafe(12)}"
        made = Browser(endpoint=self.url + path)
        self.browsers[path] = made
        return made

    def serve(self, clerk: BaseHTTPRequestHandler) -> None:
        """One message: signed for this origin, or 403; opened, or 400."""
        body = clerk.rfile.read(int(clerk.headers["Content-Length"]))
        browser = self.browsers.get(clerk.path)
        if self.hangs_up:
            clerk.close_connection = True
            return
        status = browser.status if browser else 404
        if browser and status == 201:
            verify(clerk.headers["Authorization"], self.url)
            browser.headers.append(dict(clerk.headers))
            browser.plain.append(browser.open(body))
            browser.opened.append(json.loads(browser.plain[-1]))
        clerk.send_response(status)
        if browser and browser.retry_after:
            clerk.send_header("Retry-After", browser.retry_after)
        clerk.end_headers()


def verify(header: str, audience: str) -> dict[str, object]:
    """What a VAPID header claims (RFC 8292), if its signature is right and it is for `audience`."""
    scheme, _, rest = header.partition(" ")
    parts = dict(one.strip().split("=", 1) for one in rest.split(","))
    said, _, signature = parts["t"].rpartition(".")
    signed = raw(signature)
    assert (scheme.lower(), len(signed)) == ("vapid", 64)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(parts["k"]))
    halves = int.from_bytes(signed[:32]), int.from_bytes(signed[32:])
    point.verify(encode_dss_signature(*halves), said.encode(), ec.ECDSA(hashes.SHA256()))
    head, claims = (json.loads(raw(part)) for part in said.split("."))
    assert head["alg"] == "ES256"
    assert claims["aud"] == audience
    found: dict[str, object] = claims
    return found


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
