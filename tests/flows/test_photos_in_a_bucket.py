"""The whole way with an S3 server: a serving market keeps its photos there, and only there."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.support import photographs
from tests.support.databases import SqliteTemplate
from tests.support.demo_market import DemoMarket
from tests.support.s3_server import S3Server
from tests.support.server import Server


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[S3Server]:
    server = S3Server(tmp_path / "s3").start()
    yield server
    server.stop()


@pytest.fixture
def market(
    sqlite_template: SqliteTemplate, tmp_path: Path, bucket: S3Server
) -> Iterator[DemoMarket]:
    """A serving market that keeps its files in the bucket."""
    folder = tmp_path / "market"
    server = Server(folder, sqlite_template.copy_to(folder))
    server.environ |= {"STORAGE_URL": bucket.url, **bucket.environ}
    yield DemoMarket(server).start()
    server.stop()
    log = server.log_path.read_text()
    assert "Traceback" not in log, log[-3000:]


def ask(market: DemoMarket, method: str, path: str, **options: Any) -> requests.Response:
    """A request of the first demo seller's."""
    token = market.token(next(iter(market.names)))
    headers = {"Authorization": f"Bearer {token}", **options.pop("headers", {})}
    return requests.request(method, market.url + path, headers=headers, timeout=30, **options)


def made(market: DemoMarket, path: str) -> dict[str, Any]:
    """The only photo there, once its copies are made (by the server, or by the command beside it)."""
    for _round in range(20):
        [photo] = ask(market, "GET", path).json()["list"]
        if photo["state"] != "waiting":
            return dict(photo)
        market.server.flask("outbox", "run")
    raise AssertionError(f"still waiting: {photo}")


def test_a_photo_lies_in_the_bucket_and_nowhere_else(market: DemoMarket, bucket: S3Server) -> None:
    number = next(iter(market.names))
    seller = market.goods_of(number)[0]["seller"]
    path = f"/api/v1/sellers/{seller}/photos/draft/{secrets.token_hex(8)}"
    sent = ask(
        market,
        "POST",
        f"{path}?client_id=photo-for-the-bucket",
        data=photographs.phone_picture(2000, 1500),
        headers={"Content-Type": "image/jpeg"},
    )
    assert sent.json()["state"] == "waiting"
    photo = made(market, path)
    shown = requests.get(market.url + photo["url"].replace("jpg", "avif"), timeout=30)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/avif")
    lying = bucket.folder / "photos" / "market" / "photos" / photo["id"]
    assert len(list(lying.iterdir())) == 9
    assert not (market.server.data_dir / "files").exists()


def test_a_bucket_that_is_away_takes_nothing_and_the_market_goes_on(
    market: DemoMarket, bucket: S3Server
) -> None:
    bucket.stop()
    seller = market.goods_of(next(iter(market.names)))[0]["seller"]
    answer = ask(
        market,
        "POST",
        f"/api/v1/sellers/{seller}/photos/draft/{secrets.token_hex(8)}?client_id=photo-for-nobody",
        data=photographs.jpeg(),
        headers={"Content-Type": "image/jpeg"},
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "storage_away")
    assert requests.get(market.url + "/", timeout=30).status_code == 200
