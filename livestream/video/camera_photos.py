"""Photos in place of a moving picture: the host's phone sends one now and then, rooms show the newest.

They go through the door of all photos, so nobody is shown what was not looked at and made small. Refuses to
keep a collection: what a newer one replaces is taken away.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import photos
from catalog.photos import PhotoFacts, Subject
from livestream import log
from livestream.video.video_models import LiveStream

KIND = "live"
_WIDTH = 640


def of_session(session_id: str) -> Subject:
    """What these photos are photos of."""
    return Subject(KIND, session_id)


def follow(session: Session, photo_id: str) -> None:
    """Show the photo whose copies are made now, if it is one of a live session; twice changes nothing.

    Photos of other things, failed ones, and those of a stream that is over are passed over.
    """
    photo = photos.find(session, photo_id)
    if photo is None or photo.subject.kind != KIND or not photo.is_ready:
        return
    turn = log.begin(session, photo.subject.id)
    stream = session.scalar(select(LiveStream).where(LiveStream.session_id == photo.subject.id))
    if stream is None or stream.state == "closed":
        return
    stream.photo = photo.url(_WIDTH)
    _take_away_before(session, photo)
    if turn.state == "live":
        log.append(session, turn, "session_live", {})  # rooms ask for the picture again


def _take_away_before(session: Session, newest: PhotoFacts) -> None:
    for photo in photos.of_subject(session, newest.seller_id, newest.subject):
        if photo.position < newest.position:
            photos.remove(session, newest.seller_id, photo.id)
