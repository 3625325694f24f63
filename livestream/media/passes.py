"""Who may see a recording: a short text in its address, signed by the web process, with an end. Pure.

Form: a token (`tokens`) of `{"stream", "until_ms"}`. It stands in the path, so that a playlist's names of
segments carry it on. Refuses to be a grant to send: what is signed differs.
"""

from dataclasses import asdict, dataclass

from livestream.media import tokens
from livestream.media.tokens import BadToken

_USE = "recording"


class BadPass(Exception):
    """Not to be believed, or over."""


@dataclass(frozen=True, slots=True)
class Pass:
    """The recording of `stream` may be seen until `until_ms` (UTC milliseconds)."""

    stream: str
    until_ms: int


def signed(given: Pass, secret: bytes) -> str:
    """The text that stands in addresses."""
    return tokens.signed(_USE, asdict(given), secret)


def read(text: str, secret: bytes, now_ms: int) -> Pass:
    """Return what `text` lets see now.

    Raises:
        BadPass: no pass, not signed by us, or over; the signature is looked at before anything inside.
    """
    try:
        said = tokens.read(_USE, text, secret)
    except BadToken:
        raise BadPass() from None
    given = Pass(str(said["stream"]), int(said["until_ms"]))
    if now_ms >= given.until_ms:
        raise BadPass()
    return given
