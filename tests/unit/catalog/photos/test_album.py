"""Whose photos, in which order, how many; taken away, brought back, and gone for good."""

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from catalog import photos
from catalog.models import Photo
from catalog.photos import MOST_OF_ONE, SentPhoto, Subject, cleaning, develop
from catalog.photos.develop import Outcome
from catalog.photos.errors import PhotoGone, TooManyPhotos
from catalog.photos.events import PhotoSent
from core.clock import FixedClock
from core.errors import NotFound
from core.ids import new_id
from core.outbox import OutboxRow
from tests.factories.catalog import make_product
from tests.factories.identity import make_seller

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
MONTH_MS = 30 * DAY_MS


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


@pytest.fixture
def tea(session: Session, seller: str) -> Subject:
    return Subject("product", make_product(session, seller))


def add(session: Session, seller: str, subject: Subject) -> str:
    """A row for a picture somebody sent."""
    return photos.add(session, seller, subject, SentPhoto(new_id(), "jpeg"), "p:lan").id


def ready(session: Session, seller: str, subject: Subject) -> str:
    """A photo whose copies are made."""
    photo = session.get_one(Photo, add(session, seller, subject))
    photo.state, photo.width, photo.height = "ready", 1280, 960
    return photo.id


def order(session: Session, seller: str, subject: Subject) -> list[str]:
    return [one.id for one in photos.of_subject(session, seller, subject)]


def test_photos_come_in_the_order_they_were_added(
    session: Session, seller: str, tea: Subject
) -> None:
    added = [add(session, seller, tea) for _ in range(3)]
    assert order(session, seller, tea) == added


def test_those_named_come_first_and_the_others_follow(
    session: Session, seller: str, tea: Subject
) -> None:
    one, two, three = (add(session, seller, tea) for _ in range(3))
    photos.reorder(session, seller, tea, [three])
    assert order(session, seller, tea) == [three, one, two]


def test_pages_are_shown_only_what_is_ready(session: Session, seller: str, tea: Subject) -> None:
    add(session, seller, tea)
    shown, removed = ready(session, seller, tea), ready(session, seller, tea)
    photos.remove(session, seller, removed)
    [[photo]] = photos.of_products(session, [tea.id, "nobody"]).values()
    assert (photo.id, photo.url(320, "avif")) == (shown, f"/photos/{shown}/320.avif")
    assert photo.srcset("webp").split(", ")[-1] == f"/photos/{shown}/1280.webp 1280w"


def test_photos_of_many_products_are_one_query(session: Session, seller: str, tea: Subject) -> None:
    ready(session, seller, tea)
    session.flush()
    asked: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *sent: asked.append(sent[2]))
    photos.of_products(session, [tea.id, *(str(n) for n in range(50))])
    assert len(asked) == 1


def test_a_thing_has_so_many_photos_and_no_more(
    session: Session, seller: str, tea: Subject
) -> None:
    for _ in range(MOST_OF_ONE):
        add(session, seller, tea)
    with pytest.raises(TooManyPhotos):
        add(session, seller, tea)


def test_a_removed_photo_makes_room_and_comes_back_only_where_there_is_some(
    session: Session, seller: str, tea: Subject
) -> None:
    first, *_ = [add(session, seller, tea) for _ in range(MOST_OF_ONE)]
    photos.remove(session, seller, first)
    add(session, seller, tea)
    with pytest.raises(TooManyPhotos):
        photos.restore(session, seller, first)


def test_a_photo_taken_away_comes_back_to_its_place_within_a_day(
    session: Session, seller: str, tea: Subject, time_at: FixedClock
) -> None:
    added = [add(session, seller, tea) for _ in range(3)]
    photos.remove(session, seller, added[1])
    assert order(session, seller, tea) == [added[0], added[2]]
    time_at.advance(DAY_MS - 1)
    photos.restore(session, seller, added[1])
    assert order(session, seller, tea) == added


def test_after_a_day_it_is_gone(
    session: Session, seller: str, tea: Subject, time_at: FixedClock
) -> None:
    gone = add(session, seller, tea)
    photos.remove(session, seller, gone)
    time_at.advance(DAY_MS)
    with pytest.raises(PhotoGone):
        photos.restore(session, seller, gone)
    cleaning.drop_removed(session)
    assert session.get(Photo, gone) is None


@pytest.mark.parametrize("kind", ["product", "lot", "certificate", "draft", "order", ""])
def test_what_is_not_there_has_no_photos(session: Session, seller: str, kind: str) -> None:
    with pytest.raises(NotFound):
        add(session, seller, Subject(kind, "x"))


def test_another_sellers_things_and_photos_are_not_found(
    session: Session, seller: str, tea: Subject
) -> None:
    photo, stranger = add(session, seller, tea), make_seller(session)
    tries = (
        lambda: add(session, stranger, tea),
        lambda: photos.of_subject(session, stranger, tea),
        lambda: photos.reorder(session, stranger, tea, [photo]),
        lambda: photos.remove(session, stranger, photo),
        lambda: photos.restore(session, stranger, photo),
        lambda: photos.adopt(session, stranger, "a-new-draft", tea),
    )
    for attempt in tries:
        with pytest.raises(NotFound):
            attempt()


def test_a_foreign_photo_cannot_be_put_among_ones_own(
    session: Session, seller: str, tea: Subject
) -> None:
    stranger = make_seller(session)
    foreign = add(session, stranger, Subject("product", make_product(session, stranger)))
    with pytest.raises(NotFound):
        photos.reorder(session, seller, tea, [foreign])


def test_a_draft_gives_its_photos_to_what_becomes_of_it(
    session: Session, seller: str, tea: Subject
) -> None:
    there, draft_id = add(session, seller, tea), new_id()
    coming = [add(session, seller, photos.draft(draft_id)) for _ in range(2)]
    assert photos.adopt(session, seller, draft_id, tea) == 2
    assert order(session, seller, tea) == [there, *coming]
    assert photos.adopt(session, seller, draft_id, tea) == 0


def test_a_draft_belongs_to_who_sent_its_first_photo(session: Session, seller: str) -> None:
    draft, stranger = photos.draft(new_id()), make_seller(session)
    add(session, seller, draft)
    with pytest.raises(NotFound):
        add(session, stranger, draft)
    with pytest.raises(NotFound):
        photos.of_subject(session, stranger, draft)


def test_photos_of_forms_never_sent_are_dropped_after_a_month(
    session: Session, seller: str, tea: Subject, time_at: FixedClock
) -> None:
    forgotten, kept = add(session, seller, photos.draft(new_id())), add(session, seller, tea)
    time_at.advance(MONTH_MS)
    cleaning.drop_removed(session)
    assert session.get(Photo, forgotten) is None
    assert session.get(Photo, kept) is not None


def test_the_first_copy_as_wide_as_asked_for_is_the_one_shown() -> None:
    small = photos.PhotoFacts("p", "s", Subject("product", "t"), 0, "ready", "", 500, 400)
    assert [small.url(width) for width in (100, 320, 640, 1280)] == [
        f"/photos/p/{name}.jpg" for name in (320, 320, 640, 640)
    ]


def sendings(session: Session, photo_id: str) -> int:
    """How often its copies were asked for."""
    query = select(func.count()).where(
        OutboxRow.event == "PhotoSent", OutboxRow.payload.contains(photo_id)
    )
    return session.scalar(query) or 0


def test_a_photo_we_gave_up_on_says_so_and_is_tried_again_when_asked(
    session: Session, seller: str, tea: Subject
) -> None:
    stuck = add(session, seller, tea)
    develop.give_up(session, PhotoSent(stuck))
    [photo] = photos.of_subject(session, seller, tea)
    assert (photo.state, photo.why) == ("failed", "photo_stuck")
    assert photos.retry(session, seller, stuck).state == "waiting"
    assert photos.retry(session, seller, stuck).state == "waiting"
    assert sendings(session, stuck) == 2


def test_only_what_we_gave_up_on_is_tried_again_and_only_by_its_seller(
    session: Session, seller: str, tea: Subject
) -> None:
    broken, shown = add(session, seller, tea), ready(session, seller, tea)
    develop.record(session, PhotoSent(broken), Outcome("failed", "photo_unreadable"))
    develop.give_up(session, PhotoSent(shown))
    states = [photos.retry(session, seller, one).state for one in (broken, shown)]
    assert states == ["failed", "ready"]
    with pytest.raises(NotFound):
        photos.retry(session, make_seller(session), broken)
