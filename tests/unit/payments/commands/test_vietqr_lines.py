"""`flask vietqr read` and `flask vietqr write`."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.client_ids import JsonObject

PAYLOADS = Path(__file__).parents[3] / "payloads"
with (PAYLOADS / "vietqr_vectors.csv").open(encoding="utf-8") as vectors:
    VECTORS = list(csv.DictReader(vectors))
GOOD = next(row["payload"] for row in VECTORS if row["id"] == "N3").encode()
KINDS = {"accept": "vietqr", "not_vietqr": "other_emv", "refuse": None}


def run(app: Flask, *arguments: str, given: bytes = b"") -> Result:
    return app.test_cli_runner().invoke(args=["vietqr", *arguments], input=given)


def read(app: Flask, given: bytes) -> list[JsonObject]:
    result = run(app, "read", given=given)
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]


def test_every_published_vector_is_answered_rightly(app: Flask) -> None:
    answers = read(app, "\r\n".join(row["payload"] for row in VECTORS).encode())
    assert [answer.get("kind") for answer in answers] == [KINDS[row["verdict"]] for row in VECTORS]
    refused = {row["id"]: answer for row, answer in zip(VECTORS, answers, strict=True)}
    assert (refused["N1"]["code"], refused["B1"]["code"]) == ("nested_lengths", "wrong_crc")


def test_a_code_is_told_whole(app: Flask) -> None:
    (answer,) = read(app, GOOD)
    fields = answer.pop("fields")
    assert isinstance(fields, dict)
    assert (fields["54"], fields["62.01"], fields["63"]) == ("180000", "NPS6869", "2E2E")
    assert answer == {
        "ok": True,
        "kind": "vietqr",
        "initiation": "dynamic",
        "method": "account",
        "bin": "970403",
        "account": "0011012345678",
        "amount_vnd": 180_000,
        "purpose": "thanh toan don hang",
    }


def test_another_countrys_code_has_no_account_here(app: Flask) -> None:
    other = next(row["payload"] for row in VECTORS if row["verdict"] == "not_vietqr")
    (answer,) = read(app, other.encode())
    assert answer["ok"] is True
    assert [answer[name] for name in ("bin", "account", "amount_vnd")] == [None] * 3


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", "empty"),
        (b"https://example.org", "not_emv"),
        (b"\xff\xfe", "characters"),
        (GOOD[:20] + b"\x00" + GOOD[20:], "characters"),
        (GOOD + b" ", "text_after_crc"),
        (GOOD[:-1], "no_crc"),
    ],
)
def test_a_bad_line_is_told_why_and_the_next_one_is_read(
    app: Flask, line: bytes, code: str
) -> None:
    bad, good = read(app, line + b"\n" + GOOD + b"\n")
    assert (bad["ok"], bad["code"], good["ok"]) == (False, code, True)
    assert str(bad["message"]).endswith(".")


def test_a_mark_at_the_beginning_and_windows_line_ends_are_no_matter(app: Flask) -> None:
    answers = read(app, b"\xef\xbb\xbf" + GOOD + b"\r\n" + GOOD + b"\r\n")
    assert [answer["ok"] for answer in answers] == [True, True]


def test_nothing_in_is_nothing_out(app: Flask) -> None:
    assert read(app, b"") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary() | st.binary().map(lambda tail: GOOD[:30] + tail))
def test_any_bytes_are_answered_line_by_line(app: Flask, given: bytes) -> None:
    lines = given.split(b"\n")
    assert len(read(app, given)) == len(lines) - (lines[-1] == b"")


@pytest.mark.parametrize(
    ("arguments", "vector"),
    [
        ("--bin 970403 --account 0011012345678", "N1b"),
        ("--bin 970403 --account 9704031101234567 --card", "N2"),
        ("--bin 970416 --account 257678859 --amount 10000 --note Chuyển@tiền", "X2"),
    ],
)
def test_published_codes_are_written(app: Flask, arguments: str, vector: str) -> None:
    result = run(app, "write", *(part.replace("@", " ") for part in arguments.split()))
    expected = next(row["payload"] for row in VECTORS if row["id"] == vector)
    assert (result.exit_code, result.stdout) == (0, expected + "\n")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (["--bin", "97040"], "--bin"),
        (["--bin", "９70403"], "--bin"),
        (["--account", ""], "--account"),
        (["--account", "1" * 20], "--account"),
        (["--account", "12 34"], "--account"),
        (["--account", "12AB", "--card"], "--account"),
        *((["--amount", sum_], "--amount") for sum_ in ("0", "-5", "1.5", "1e3", "", "5_0", "１")),
        (["--amount", "500000000"], "--amount"),
        (["--amount", "9" * 5000], "--amount"),
        (["--colour", "red"], "--colour"),
    ],
)
def test_what_cannot_be_written_is_refused_with_a_plain_reason(
    app: Flask, changed: list[str], said: str
) -> None:
    result = run(app, "write", "--bin", "970403", "--account", "12345678", *changed)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr.splitlines()[-1]
