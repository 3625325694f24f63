"""Where a stream is shown elsewhere: an address of RTMP or RTMPS, without its key. Pure.

Source: Adobe's RTMP Specification 1.0, section 7.2.1.1 (`app`, `tcUrl`). Refuses every other scheme, names
and passwords before the host, and addresses that hold more than an application.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

MOST_LETTERS = 200
_PORTS = {"rtmp": 1935, "rtmps": 443}
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}")
_PRINTED = re.compile(r"[!-~]+")


class BadPlace(ValueError):
    """It is no address a stream can be sent to."""


@dataclass(frozen=True, slots=True)
class Place:
    """`url` is the address as the other side wants to hear it, `application` what stands after the host."""

    host: str
    port: int
    is_secret: bool
    application: str
    url: str


def read(url: str) -> Place:
    """The place that `url` names.

    Raises:
        BadPlace: another scheme, no host, no application, or letters that do not belong there.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadPlace() from None
    application = parts.path.strip("/") + (f"?{parts.query}" if parts.query else "")
    is_plain = "@" not in parts.netloc and not parts.fragment and len(url) <= MOST_LETTERS
    if not (is_plain and parts.scheme in _PORTS and _HOST.fullmatch(host) and application):
        raise BadPlace()
    if not _PRINTED.fullmatch(url) or port == 0:
        raise BadPlace()
    told = f"{parts.scheme}://{parts.netloc}/{application}"
    return Place(host, port or _PORTS[parts.scheme], parts.scheme == "rtmps", application, told)
