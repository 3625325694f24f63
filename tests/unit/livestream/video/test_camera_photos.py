"""Photos in place of a moving picture: the newest whose copies are made is what rooms show."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import photos
from catalog.models import Photo
from catalog.photos import SentPhoto, Subject
from core.ids import new_id
from livestream import log
from livestream.video import broadcasts, camera_photos
from tests.factories.livestream import Show, make_show
from tests.unit.livestream.video.test_broadcasts import opened, tell


def sent(session: Session, show: Show, state: str = "ready") -> str:
    """A photo of the show whose copies are made, or are not."""
    seller_id = log.begin(session, show.id).seller_id
    made = photos.add(
        session, seller_id, Subject("live", show.id), SentPhoto(new_id(), "jpeg"), "p:x"
    )
    photo = session.get_one(Photo, made.id)
    photo.state, photo.width, photo.height = state, 540, 960
    session.flush()
    camera_photos.follow(session, made.id)
    return made.id


def on_air(session: Session) -> Show:
    show = make_show(session)
    tell(session, opened(session, show), "started")
    return show


def shown(session: Session, show: Show) -> str:
    return broadcasts.shown(session, show.id).photo


def test_rooms_show_the_newest_photo_and_hear_of_it(either: Session) -> None:
    show = on_air(either)
    before = len(log.entries(either, show.id, 0, None))
    first = sent(either, show)
    assert shown(either, show) == f"/photos/{first}/640.jpg"
    second = sent(either, show)
    assert shown(either, show) == f"/photos/{second}/640.jpg"
    assert len(log.entries(either, show.id, 0, None)) == before + 2


def test_what_a_newer_photo_replaces_is_taken_away(either: Session) -> None:
    show = on_air(either)
    for _ in range(photos.MOST_OF_ONE + 2):
        newest = sent(either, show)
    kept = either.scalars(
        select(Photo.id).where(Photo.subject_id == show.id, Photo.removed_ms.is_(None))
    )
    assert list(kept) == [newest]


def test_a_photo_that_cannot_be_shown_changes_nothing(either: Session) -> None:
    show = on_air(either)
    first = sent(either, show)
    sent(either, show, "failed")
    camera_photos.follow(either, "nothing-of-that-name")
    assert shown(either, show) == f"/photos/{first}/640.jpg"


def test_after_the_end_no_photo_is_shown_any_more(either: Session) -> None:
    show = on_air(either)
    first = sent(either, show)
    broadcasts.close(either, show.id, "order")
    sent(either, show)
    assert shown(either, show) == f"/photos/{first}/640.jpg"
