"""Files keep what was put, in a folder and on a real S3 server alike."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core import storage
from core.errors import NotFound
from core.storage import BucketStorage, FolderStorage, Storage, StorageAway
from tests.support.databases import settings_for
from tests.support.s3_server import S3Server

LONG_AGO, TOMORROW_MS = 0, 4_000_000_000_000
MANY_PARTS = os.urandom(11 * 1024 * 1024)


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    server = S3Server(tmp_path_factory.mktemp("s3")).start()
    yield server
    server.stop()


@pytest.fixture
def bucket(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> BucketStorage:
    for name, value in s3.environ.items():
        monkeypatch.setenv(name, value)
    return BucketStorage(s3.url)


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return FolderStorage(tmp_path / "files")
    found: BucketStorage = request.getfixturevalue("bucket")
    return found


def test_what_was_put_is_got_back_and_replaced(store: Storage) -> None:
    store.put("incoming/a", b"first", "image/jpeg")
    store.put("incoming/a", b"second", "image/jpeg")
    assert store.get("incoming/a") == b"second"


def test_a_file_of_many_parts_comes_back_whole(store: Storage) -> None:
    store.put("incoming/large", MANY_PARTS, "image/png")
    assert store.get("incoming/large") == MANY_PARTS


def test_what_is_not_there_is_not_found_and_not_missed(store: Storage) -> None:
    with pytest.raises(NotFound):
        store.get("photos/nobody/640.webp")
    store.delete(["photos/nobody/640.webp"])


def test_what_was_deleted_is_gone_and_its_neighbours_stay(store: Storage) -> None:
    for name in ("320.webp", "640.webp"):
        store.put(f"photos/p/{name}", b"copy", "image/webp")
    store.delete(["photos/p/320.webp"])
    assert store.get("photos/p/640.webp") == b"copy"
    with pytest.raises(NotFound):
        store.get("photos/p/320.webp")


def test_keys_are_listed_below_one_folder_and_by_age(store: Storage) -> None:
    store.delete(store.keys("incoming", TOMORROW_MS))
    for key in ("incoming/x", "incoming/y", "photos/x/320.jpg"):
        store.put(key, b"1", "image/jpeg")
    assert sorted(store.keys("incoming", TOMORROW_MS)) == ["incoming/x", "incoming/y"]
    assert store.keys("incoming", LONG_AGO) == []


def test_objects_lie_below_the_prefix_of_the_url(bucket: BucketStorage, s3: S3Server) -> None:
    bucket.put("incoming/prefixed", b"1", "image/jpeg")
    assert (s3.folder / "photos" / "market" / "incoming" / "prefixed").read_bytes() == b"1"


def test_a_wrong_secret_is_refused_by_the_server(
    s3: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3.key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of-somebody-else")
    with pytest.raises(StorageAway):
        BucketStorage(s3.url).get("incoming/a")


def test_a_server_that_is_gone_is_said_to_be_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = S3Server(tmp_path)
    for name, value in server.environ.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StorageAway):
        BucketStorage(server.url).put("incoming/a", b"1", "image/jpeg")


def test_a_disk_that_takes_nothing_is_said_to_be_away(tmp_path: Path) -> None:
    store = FolderStorage(tmp_path / "files")
    (tmp_path / "files" / "incoming").write_text("a file where a folder should be")
    with pytest.raises(StorageAway):
        store.put("incoming/a", b"1", "image/jpeg")


def test_a_folder_is_the_default_and_a_bucket_a_setting(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    assert isinstance(storage.opened(settings), FolderStorage)
    s3 = replace(settings, storage_url="s3://photos/market?endpoint=http://127.0.0.1:9")
    assert isinstance(storage.opened(s3), BucketStorage)
