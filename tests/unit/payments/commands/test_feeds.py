"""`flask bank connect` and `flask bank rotate`."""

import json
from typing import Any

import pytest
from flask import Flask

from core.db import db, write
from payments.bank import feeds
from tests.factories.payments import SECRET, Till, make_till


@pytest.fixture
def till(app: Flask) -> Till:
    with app.app_context():
        return write(make_till)


def run(
    app: Flask, *arguments: str, given: bytes = b"a new secret\n"
) -> tuple[int, dict[str, Any]]:
    result = app.test_cli_runner().invoke(args=["bank", *arguments], input=given)
    return result.exit_code, json.loads(result.stdout) if result.stdout else {}


def secrets(app: Flask, provider: str, feed: str) -> tuple[str, ...]:
    with app.app_context():
        return feeds.facts(db.session(), provider, feed).secrets


@pytest.mark.parametrize("written", ["{0}", "999999/{0}"])
def test_an_account_gets_a_provider_that_watches_it(app: Flask, till: Till, written: str) -> None:
    account = written.format(till.number)
    status, answer = run(app, "connect", "casso", "--account", account)
    assert (status, answer["path"]) == (0, f"/webhooks/casso/{answer['feed']}")
    assert secrets(app, "casso", answer["feed"]) == ("a new secret",)


def test_a_new_secret_is_taken_beside_the_old_one(app: Flask, till: Till) -> None:
    assert run(app, "rotate", till.feed_id)[1] == {
        "feed": till.feed_id,
        "path": f"/webhooks/sepay/{till.feed_id}",
    }
    assert secrets(app, "sepay", till.feed_id) == ("a new secret", SECRET)


@pytest.mark.parametrize(
    ("arguments", "given", "error"),
    [
        (["connect", "casso", "--account", "404"], b"x", "not_found"),
        (["rotate", "nosuchfeed"], b"x", "not_found"),
        (["connect", "casso", "--account", "{0}"], b"\n", "no_secret"),
        (["connect", "casso", "--account", "970403/{0}"], b"x", "not_found"),
    ],
)
def test_what_cannot_be_done_is_told(
    app: Flask, till: Till, arguments: list[str], given: bytes, error: str
) -> None:
    status, answer = run(app, *(part.format(till.number) for part in arguments), given=given)
    assert (status, answer["error"]) == (1, error)


@pytest.mark.parametrize("arguments", [["connect", "paypal", "--account", "1"], ["rotate"]])
def test_a_wrong_call_is_a_matter_of_usage(app: Flask, arguments: list[str]) -> None:
    assert run(app, *arguments)[0] == 2


def test_a_secret_that_is_no_text_is_a_matter_of_usage(app: Flask, till: Till) -> None:
    assert run(app, "rotate", till.feed_id, given=b"\xff")[0] == 2
