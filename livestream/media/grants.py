"""Who may send a stream: a short text signed by the web process, checked here without asking it. Pure.

Form: a token (`tokens`) of `{"stream", "publisher", "until_ms"}`.
A grant is worth nothing for another stream, after its time, or once another publisher took over.
"""

from dataclasses import asdict, dataclass

from livestream.media import tokens
from livestream.media.tokens import BadToken

_USE = "publish"


class BadGrant(Exception):
    """Not to be believed; `reason` is `form`, `signature`, `stream` or `expired`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Grant:
    """`publisher` may send `stream` until `until_ms` (UTC milliseconds)."""

    stream: str
    publisher: str
    until_ms: int


def signed(grant: Grant, secret: bytes) -> str:
    """The text the phone is given."""
    return tokens.signed(_USE, asdict(grant), secret)


def read(text: str, secret: bytes, stream: str, now_ms: int) -> Grant:
    """Return what `text` grants for `stream` now.

    Raises:
        BadGrant: with its reason; a wrong signature is found before anything inside is looked at.
    """
    try:
        said = tokens.read(_USE, text, secret)
    except BadToken as bad:
        raise BadGrant(bad.reason) from None
    grant = Grant(str(said["stream"]), str(said["publisher"]), int(said["until_ms"]))
    if grant.stream != stream:
        raise BadGrant("stream")
    if now_ms >= grant.until_ms:
        raise BadGrant("expired")
    return grant
