"""Files beside the database: one interface, a folder by default, S3 when that is outgrown.

What lies here is found by keys that rows know (`incoming/<id>`, `photos/<id>/640.webp`); nothing here
knows what a file is. A key written is on disk, or with the S3 server, before `put` returns. Refuses to
be called inside a write (it may be talk with another machine), and to serve anything by itself.
"""

import os
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import ParamSpec, Protocol, TypeVar, cast
from urllib.parse import parse_qsl, urlsplit

import obstore
import structlog
from flask import Flask, current_app, has_app_context
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from core.config import Settings
from core.db import db
from core.errors import N_, DomainError, NotFound
from core.off_loop import Lane

log = structlog.get_logger()

P = ParamSpec("P")
T = TypeVar("T")

_FOLDER = "files"
_PATIENCE = "20s"
_TRIES = 2
_ALL_TRIES = timedelta(seconds=30)
_Failure = (BaseError, OSError)
_LANE = Lane(threads=4)


class StorageAway(DomainError):
    """The disk is full, or the S3 server does not answer or refuses us; nothing was kept."""

    code = "storage_away"
    status = 503
    message = N_("Kho ảnh của chợ đang bận, ảnh chưa được nhận. Bạn thử lại sau ít phút nhé.")


class Storage(Protocol):
    """Where files lie. Keys are ASCII words with `/` between them.

    Every call may raise StorageAway.
    """

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep `content` under `key`, in place of what was there; when this returns it is durable."""
        ...

    def get(self, key: str) -> bytes:
        """What lies under `key`.

        Raises:
            NotFound: nothing does.
        """
        ...

    def delete(self, keys: Iterable[str]) -> None:
        """Forget what lies under each of `keys`, if anything does."""
        ...

    def keys(self, prefix: str, before_ms: int) -> list[str]:
        """The keys below the folder `prefix` last written before `before_ms` (by the store's clock)."""
        ...


class _Objects:
    """What a folder and a bucket have in common."""

    def __init__(self, store: LocalStore | S3Store) -> None:
        self._store = store

    def get(self, key: str) -> bytes:
        return _off_the_loop(self._get, key)

    def _get(self, key: str) -> bytes:
        return bytes(obstore.get(self._store, key).bytes())

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            _off_the_loop(self._delete, key)

    def _delete(self, key: str) -> None:
        try:
            obstore.delete(self._store, key)
        except FileNotFoundError:
            return

    def keys(self, prefix: str, before_ms: int) -> list[str]:
        return _off_the_loop(self._keys, prefix, before_ms)

    def _keys(self, prefix: str, before_ms: int) -> list[str]:
        return [
            found["path"]
            for part in obstore.list(self._store, prefix)
            for found in part
            if found["last_modified"].timestamp() * 1000 < before_ms
        ]


class FolderStorage(_Objects):
    """Files in a folder of this machine, which needs a backup like the database beside it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(LocalStore(folder, automatic_cleanup=True, mkdir=True))
        self._folder = folder

    def put(self, key: str, content: bytes, content_type: str) -> None:
        _off_the_loop(self._put, key, content)

    def _put(self, key: str, content: bytes) -> None:
        """Written beside, renamed, then made to reach the disk: the file and the folders that name it."""
        obstore.put(self._store, key, content)
        path = self._folder / key
        for place in (path, *path.relative_to(self._folder).parents):
            handle = os.open(self._folder / place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


class BucketStorage(_Objects):
    """Objects in one bucket of an S3 server, below an optional prefix."""

    def __init__(self, url: str) -> None:
        """As `STORAGE_URL` says it; the key and its secret are the environment's (`AWS_…`)."""
        parts = urlsplit(url)
        said = dict(parse_qsl(parts.query))
        region = said.get("region", "us-east-1")
        super().__init__(
            S3Store(
                parts.netloc,
                prefix=parts.path.strip("/") or None,
                region=region,
                endpoint=said.get("endpoint", f"https://s3.{region}.amazonaws.com"),
                client_options={"allow_http": True, "timeout": _PATIENCE},
                retry_config={"max_retries": _TRIES, "retry_timeout": _ALL_TRIES},
            )
        )

    def put(self, key: str, content: bytes, content_type: str) -> None:
        _off_the_loop(self._put, key, content, content_type)

    def _put(self, key: str, content: bytes, content_type: str) -> None:
        obstore.put(self._store, key, content, attributes={"Content-Type": content_type})


def opened(settings: Settings) -> Storage:
    """The storage that `settings` name: a bucket by `STORAGE_URL`, else a folder in `DATA_DIR`."""
    if settings.storage_url:
        return BucketStorage(settings.storage_url)
    return FolderStorage(settings.data_dir / _FOLDER)


def init_app(app: Flask, settings: Settings) -> None:
    """Give `app` its storage."""
    app.extensions["storage"] = opened(settings)


def storage() -> Storage:
    """The storage of the current application."""
    return cast(Storage, current_app.extensions["storage"])


def _off_the_loop(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do `work` in a thread of its own in a gevent server, else right here; its errors become ours.

    The caller's read ends before: a slow store must not keep the connections of those who buy.
    """
    if has_app_context():
        db.session.rollback()
    try:
        return _LANE.run(work, *args, **kwargs)
    except FileNotFoundError as error:
        raise NotFound() from error
    except _Failure as error:
        log.warning("storage_away", error=type(error).__name__)
        raise StorageAway() from error
