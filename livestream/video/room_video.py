"""What a room is told of its video: the same to the page, to programs and after each event."""

from typing import TypedDict

from sqlalchemy.orm import Session

from livestream.video import broadcasts
from livestream.video.engines import engine


class PlaybackAnswer(TypedDict):
    """One address: `kind` is mp4 or hls, `what` is picture or sound."""

    kind: str
    what: str
    url: str


class VideoAnswer(TypedDict):
    """How a session's video stands, and its addresses, best first; `photo` goes with sound alone."""

    state: str
    mode: str
    list: list[PlaybackAnswer]
    photo: str | None


def answer(session: Session, session_id: str) -> VideoAnswer:
    """The video of a session as everybody may see it. Precondition: the session is public.

    Raises:
        NotFound: there is no such session.
    """
    stream = broadcasts.shown(session, session_id)
    return {
        "state": stream.state,
        "mode": stream.mode,
        "list": _addresses(stream.ref) if stream.state in {"sending", "lost"} else [],
        "photo": stream.photo or None,
    }


def _addresses(ref: str) -> list[PlaybackAnswer]:
    return [
        {"kind": each.kind, "what": each.what, "url": each.url} for each in engine().playback(ref)
    ]
