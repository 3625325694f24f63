"""What phones keep for when there is no network."""

import re

from flask import Flask
from flask.testing import FlaskClient

from core.http import kept


def test_a_page_said_twice_is_kept_once(app: Flask) -> None:
    before = kept.kept()
    for _ in range(2):
        kept.keep("/console/[a-z0-9]+/stock/count", "core/app.css")
    assert kept.kept() == before


def test_the_worker_names_each_kept_page_and_no_other(client: FlaskClient) -> None:
    script = client.get("/console/worker.js").get_data(as_text=True)
    pages = [re.compile(f"^(?:{page})$") for page in kept.kept().pages]
    assert all(page.pattern[4:-2].replace("\\", "\\\\") in script for page in pages)
    for path in ("/console/abc/stock/count", "/console/abc/stall/xyz"):
        assert any(page.match(path) for page in pages)
    assert not any(page.match("/console/abc/stock") for page in pages)
