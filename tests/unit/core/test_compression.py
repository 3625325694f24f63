"""Text is squeezed for those who can unpack it, and stays what it was."""

import gzip

from flask.testing import FlaskClient


def test_a_page_is_squeezed_for_a_browser_and_reads_the_same(client: FlaskClient) -> None:
    plain = client.get("/api/v1/openapi.json")
    squeezed = client.get("/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.data) == plain.data


def test_a_static_file_is_squeezed_and_still_answers_not_modified(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "gzip"}
    first = client.get("/static/art/tea-1.svg", headers=headers)
    assert gzip.decompress(first.data).startswith(b"<svg")
    again = client.get(
        "/static/art/tea-1.svg", headers={**headers, "If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


def test_who_cannot_unpack_gets_it_plain(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/static/art/tea-1.svg").headers
