"""A photo's way: sent, answered, made, shown; refused in words; taken away; and nothing left lying about."""

import io
import re
import time
from pathlib import Path

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from catalog.photos import cleaning, develop, intake
from catalog.photos.develop import DarkroomStuck
from catalog.photos.facts import FORMATS
from core import storage
from core.storage import FolderStorage, StorageAway
from tests.flows import photos_of
from tests.flows.market import Market
from tests.support import photographs

DAY_MS = 86_400_000
NOT_PHOTOS = {
    "photo_not_a_photo": b"<!DOCTYPE html><script>alert(1)</script>",
    "photo_heic": photographs.heic(),
    "photo_animated": photographs.animated("GIF"),
    "photo_cut_off": photographs.jpeg()[:2000],
    "photo_too_many_pixels": photographs.bomb_png(),
    "photo_tiny": photographs.png(60, 60),
    "photo_narrow": photographs.png(120, 600),
    "photo_unreadable": b"\xff\xd8\xff" + bytes(300),
}


@pytest.fixture(autouse=True)
def _empty_entrance(market: Market) -> None:
    """The storage is not put back between tests as the rows are: what still waits there goes."""
    with market.app.app_context():
        storage.storage().delete(storage.storage().keys("incoming", 4_000_000_000_000))


def album_of(market: Market, thing: str = "product") -> str:
    """The address of the photos of seller A's product."""
    return f"/api/v1/sellers/{market.ids['seller']}/photos/product/{market.ids[thing]}"


def send(
    market: Market, content: bytes, client_id: str = "photo-of-a-phone", role: str = "staff_a"
) -> TestResponse:
    return market.ask(
        role,
        "POST",
        album_of(market),
        query_string={"client_id": client_id},
        data=content,
        content_type="image/jpeg",
    )


def files(market: Market, folder: str = "") -> set[str]:
    """What lies in the storage, by key."""
    root: Path = market.app.config["SETTINGS"].data_dir / "files"
    return {one.relative_to(root).as_posix() for one in (root / folder).rglob("*") if one.is_file()}


def states(market: Market) -> list[str]:
    told = market.ask("staff_a", "GET", album_of(market)).get_json()
    return [one["state"] for one in told["list"]]


def test_a_photo_is_answered_at_once_and_shown_when_its_copies_are_made(market: Market) -> None:
    sent = send(market, photographs.phone_picture(2000, 1500)).get_json()
    assert (sent["state"], sent["url"]) == ("waiting", "")
    assert files(market, "incoming") == {f"incoming/{sent['id']}"}
    assert market.ask("guest", "GET", f"/photos/{sent['id']}/320.jpg").status_code == 404
    photos_of.develop(market)
    ready = market.ask("staff_a", "GET", album_of(market)).get_json()["list"][-1]
    assert (ready["id"], ready["state"]) == (sent["id"], "ready")
    assert (ready["width"], ready["height"]) == (1280, 1707)
    shown = market.ask("guest", "GET", ready["url"])
    assert Image.open(io.BytesIO(shown.data)).size == (640, 854)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_copy_is_kept_by_browsers_for_ever_and_is_what_it_says(
    market: Market, ending: str
) -> None:
    answer = market.ask("guest", "GET", f"/photos/{market.ids['photo']}/320.{ending}")
    assert answer.content_type == FORMATS[ending]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert photographs.SECRET.encode() not in answer.data


@pytest.mark.parametrize(
    "name", ["original", "320.png", "1280.jpg.exe", "321.jpg", "", "..%2f..%2fkeys%2fsecret"]
)
def test_nothing_else_is_served(market: Market, name: str) -> None:
    assert market.ask("guest", "GET", f"/photos/{market.ids['photo']}/{name}").status_code == 404


def test_what_was_sent_is_gone_once_its_copies_are_there(market: Market) -> None:
    sent = send(market, photographs.phone_picture(800, 600)).get_json()
    photos_of.develop(market)
    assert files(market, "incoming") == set()
    assert len(files(market, f"photos/{sent['id']}")) == 6


@pytest.mark.parametrize("code", NOT_PHOTOS)
def test_what_is_no_photo_is_refused_in_words_and_nothing_is_kept(
    market: Market, code: str
) -> None:
    before, lying = market.digest(), files(market)
    answer = send(market, NOT_PHOTOS[code])
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)
    assert re.search(r"(Bạn|bạn)", answer.get_json()["detail"])
    assert (market.digest(), files(market)) == (before, lying)


def test_a_page_says_it_too(market: Market) -> None:
    there = f"/console/{market.ids['seller']}/photos/product/{market.ids['product']}"
    form = {"client_id": "photo-by-form", "photo": (io.BytesIO(b"<html>"), "anh.jpg")}
    answer = market.ask("staff_a", "POST", there, data=form)
    assert answer.status_code == 422
    assert "Tệp này không phải ảnh chụp" in answer.text


def test_a_file_that_is_too_large_is_refused_before_it_is_looked_at(market: Market) -> None:
    answer = send(market, b"\xff\xd8\xff" + bytes(intake.MOST_BYTES + 8192))
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")


def test_a_large_file_comes_in_and_a_large_form_of_words_does_not(market: Market) -> None:
    large = photographs.jpeg()[:-2] + bytes(2_000_000) + b"\xff\xd9"
    assert send(market, large).status_code == 200
    words = market.ask("staff_a", "POST", album_of(market), data={"client_id": "x" * 100_000})
    assert words.status_code == 413


@pytest.mark.parametrize(
    ("role", "status"),
    [("guest", 401), ("stranger", 404), ("buyer", 404), ("other", 404), ("staff_b", 404)],
)
def test_a_large_file_of_somebody_else_is_refused(market: Market, role: str, status: int) -> None:
    before = files(market)
    large = photographs.jpeg() + bytes(200_000)
    assert send(market, large, role=role).status_code == status
    assert files(market) == before


def test_a_photo_sent_twice_is_one_photo(market: Market) -> None:
    first, second = (send(market, photographs.jpeg()) for _ in range(2))
    assert first.get_json() == second.get_json()
    assert len(states(market)) == 3
    assert files(market, "incoming") == {f"incoming/{first.get_json()['id']}"}


def test_the_same_id_for_another_picture_is_a_conflict_and_leaves_nothing(market: Market) -> None:
    first = send(market, photographs.jpeg()).get_json()
    assert send(market, photographs.png()).status_code == 409
    assert files(market, "incoming") == {f"incoming/{first['id']}"}


def test_a_ninth_photo_is_refused_and_leaves_nothing(market: Market) -> None:
    answers = [send(market, photographs.jpeg(), f"photo-number-{n}") for n in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [409]
    assert answers[-1].get_json()["code"] == "photo_too_many"
    assert len(files(market, "incoming")) == 6


def test_whoever_sends_without_end_is_slowed_down(market: Market) -> None:
    """Refused ones count too: looking costs something."""
    answers = [send(market, b"no picture", f"photo-number-{n}").status_code for n in range(61)]
    assert answers == [422] * 60 + [429]


def test_a_broken_picture_that_looked_whole_is_marked_as_failed(market: Market) -> None:
    send(market, photographs.header_of(400, 400))
    photos_of.develop(market)
    failed = market.ask("staff_a", "GET", album_of(market)).get_json()["list"][-1]
    assert (failed["state"], failed["why"]) == ("failed", "photo_unreadable")
    assert "chụp lại" in failed["message"]
    assert files(market, "incoming") == set()
    there = f"/console/{market.ids['seller']}/photos/product/{market.ids['product']}"
    assert "Ảnh này chợ không đọc được" in market.ask("staff_a", "GET", there).text


def test_a_machine_that_is_too_busy_tries_again_later(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(_original: bytes) -> None:
        raise DarkroomStuck()

    send(market, photographs.jpeg())
    with monkeypatch.context() as busy:
        busy.setattr(develop, "develop", stuck)
        photos_of.develop(market)
    assert states(market)[-1] == "waiting"
    market.time.advance(10_000)
    photos_of.develop(market)
    assert states(market)[-1] == "ready"


def test_a_storage_that_is_away_takes_nothing_and_says_so(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_given: object) -> None:
        raise StorageAway()

    monkeypatch.setattr(FolderStorage, "put", away)
    before = market.digest()
    answer = send(market, photographs.jpeg())
    assert (answer.status_code, answer.get_json()["code"]) == (503, "storage_away")
    assert market.digest() == before


def test_a_photo_taken_away_is_seen_no_more_and_can_be_brought_back(market: Market) -> None:
    photo, seller = market.ids["photo"], market.ids["seller"]
    step = f"/api/v1/sellers/{seller}/photo/{photo}"
    market.ask("staff_a", "POST", f"{step}/remove", json={"client_id": "away-with-it"})
    assert market.ask("guest", "GET", f"/photos/{photo}/320.jpg").status_code == 404
    assert len(states(market)) == 1
    market.ask("staff_a", "POST", f"{step}/restore", json={"client_id": "back-with-it"})
    assert market.ask("guest", "GET", f"/photos/{photo}/320.jpg").status_code == 200


def test_a_day_after_a_photo_was_taken_away_its_files_are_gone(market: Market) -> None:
    sent = send(market, photographs.jpeg()).get_json()
    photos_of.develop(market)
    step = f"/api/v1/sellers/{market.ids['seller']}/photo/{sent['id']}/remove"
    market.ask("staff_a", "POST", step, json={"client_id": "away-with-it"})
    market.time.advance(DAY_MS)
    market.change(cleaning.drop_removed)
    photos_of.develop(market)
    assert files(market, f"photos/{sent['id']}") == set()


def test_an_original_without_a_row_is_swept_away_and_one_with_a_row_is_not(
    market: Market,
) -> None:
    sent = send(market, photographs.jpeg()).get_json()
    with market.app.app_context():
        intake.receive(photographs.jpeg())
        cleaning.sweep(cleaning.SweepDue(before_ms=4_000_000_000_000))
    assert files(market, "incoming") == {f"incoming/{sent['id']}"}


def test_an_original_that_has_just_come_is_not_swept_away(market: Market) -> None:
    """Its row may be a moment behind it. (Files have the time of the machine, not of the test.)"""
    with market.app.app_context():
        sent = intake.receive(photographs.jpeg())
        cleaning.sweep(cleaning.SweepDue(before_ms=int(time.time() * 1000) - DAY_MS))
        assert storage.storage().get(f"incoming/{sent.id}")


def test_the_first_photo_is_the_one_somebody_made_first(market: Market) -> None:
    ids = market.ids
    step = f"/console/{ids['seller']}/photo/{ids['second_photo']}/first"
    market.ask("staff_a", "POST", step, data={"client_id": "make-it-first"})
    told = market.ask("staff_a", "GET", album_of(market)).get_json()["list"]
    assert [one["id"] for one in told] == [ids["second_photo"], ids["photo"]]


def test_a_foreign_photo_cannot_be_named(market: Market) -> None:
    before = market.digest()
    body = {"client_id": "photos-in-order", "photos": [market.ids["foreign_photo"]]}
    assert market.ask("staff_a", "POST", f"{album_of(market)}/order", json=body).status_code == 404
    for step in ("remove", "restore"):
        path = f"/api/v1/sellers/{market.ids['seller']}/photo/{market.ids['foreign_photo']}/{step}"
        answer = market.ask("staff_a", "POST", path, json={"client_id": "not-my-photo"})
        assert answer.status_code == 404
    assert market.digest() == before


def test_a_page_without_a_script_takes_shows_and_gives_back(market: Market) -> None:
    ids = market.ids
    there = f"/console/{ids['seller']}/photos/product/{ids['product']}"
    form = {"client_id": "photo-by-form", "photo": (io.BytesIO(photographs.jpeg()), "anh.jpg")}
    assert market.ask("staff_a", "POST", there, data=form).status_code == 303
    assert '<meta http-equiv="refresh"' in market.ask("staff_a", "GET", there).text
    photos_of.develop(market)
    assert '<meta http-equiv="refresh"' not in market.ask("staff_a", "GET", there).text
    removal = f"/console/{ids['seller']}/photo/{ids['photo']}/remove"
    gone = market.ask("staff_a", "POST", removal, data={"client_id": "away-by-form"})
    page = market.ask("staff_a", "GET", gone.headers["Location"]).text
    assert f"/photo/{ids['photo']}/restore" in page


def test_photos_are_made_on_postgresql_too(postgres_market: Market) -> None:
    sent = send(postgres_market, photographs.jpeg()).get_json()
    assert photos_of.develop(postgres_market) >= 2
    address = f"/photos/{sent['id']}/320.webp"
    assert postgres_market.ask("guest", "GET", address).status_code == 200
