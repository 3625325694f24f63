"""Where else a session is shown: one address on Facebook, TikTok, YouTube or Zalo.

Refuses any other place: the address stands on a public page under the market's name.
"""

from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from livestream import log
from livestream.together.together_errors import ElsewhereUnknown
from livestream.together.together_models import Elsewhere

MOST_LETTERS = 300
_PLACES = {
    "facebook.com": "Facebook",
    "fb.com": "Facebook",
    "fb.watch": "Facebook",
    "tiktok.com": "TikTok",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "zalo.me": "Zalo",
}


def place_of(url: str) -> str:
    """What the place behind an address is called.

    Raises:
        ElsewhereUnknown: it is no https address of a place we know.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ElsewhereUnknown() from error
    own = ".".join(host.rsplit(".", 2)[-2:])
    plain = parts.scheme == "https" and port is None and "@" not in parts.netloc
    if not plain or own not in _PLACES or any(letter <= " " for letter in url):
        raise ElsewhereUnknown()
    return _PLACES[own]


def tell(session: Session, session_id: str, url: str) -> None:
    """Say where else the session is shown; "" takes it back.

    Raises:
        NotFound: no such session. ElsewhereUnknown: not an address of a place we know.
    """
    log.begin(session, session_id)
    row = session.get(Elsewhere, session_id, populate_existing=True)
    if not url:
        if row is not None:
            session.delete(row)
            session.flush()
        return
    place_of(url)
    if row is None:
        session.add(Elsewhere(session_id=session_id, url=url))
    else:
        row.url = url
    session.flush()


def of_session(session: Session, session_id: str) -> str:
    """The address, "" if there is none."""
    row = session.get(Elsewhere, session_id)
    return row.url if row else ""
