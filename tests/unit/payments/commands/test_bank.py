"""`flask bank verify` and `flask bank match`."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
import stripe
from click.testing import Result
from flask import Flask

from core import clock
from core.db import write
from payments.bank import sepay_signature
from tests.factories.payments import Till, make_till, open_payment

PAYLOADS = Path(__file__).parents[3] / "payloads"
PAYOS, SEPAY = json.loads((PAYLOADS / "webhook_vectors.json").read_bytes())
(CASSO,) = json.loads((PAYLOADS / "casso_vectors.json").read_bytes())
SEPAY_HEADERS = (
    f"x-sepay-signature: {SEPAY['signature']}",
    f"X-SePay-Timestamp:{SEPAY['timestamp']}",
)
PAYOS_BODY = json.dumps(
    {"code": "00", "success": True, "data": PAYOS["data"], "signature": PAYOS["signature"]}
)


def run(app: Flask, *arguments: str, body: bytes = b"") -> tuple[int, dict[str, Any]]:
    result: Result = app.test_cli_runner().invoke(args=["bank", *arguments], input=body)
    return result.exit_code, json.loads(result.stdout) if result.exit_code != 2 else {}


def verify(app: Flask, provider: str, *rest: str, body: str | bytes) -> tuple[int, dict[str, Any]]:
    raw = body if isinstance(body, bytes) else body.encode()
    return run(app, "verify", provider, *rest, body=raw)


def with_headers(*headers: str) -> list[str]:
    return [part for header in headers for part in ("--header", header)]


def test_the_published_samples_are_genuine(app: Flask) -> None:
    sepay = ["--secret", SEPAY["key"], *with_headers(*SEPAY_HEADERS), "--any-age"]
    assert verify(app, "sepay", *sepay, body=SEPAY["raw_body"]) == (0, {"ok": True})
    assert verify(app, "payos", "--secret", PAYOS["key"], body=PAYOS_BODY) == (0, {"ok": True})
    casso = ["--secret", CASSO["key"], "--header", f"X-Casso-Signature: {CASSO['header']}"]
    assert verify(app, "casso", *casso, "--any-age", body=json.dumps(CASSO["body"]))[0] == 0


def test_without_any_age_an_old_sample_is_too_old(app: Flask) -> None:
    sepay = ["--secret", SEPAY["key"], *with_headers(*SEPAY_HEADERS)]
    status, answer = verify(app, "sepay", *sepay, body=SEPAY["raw_body"])
    assert (status, answer["code"], answer["why"]) == (1, "bad_signature", "timestamp")


@pytest.mark.parametrize(
    "changed", [SEPAY["raw_body"] + "\n", SEPAY["raw_body"].replace(":", ": ")]
)
def test_any_age_lets_no_changed_body_through(app: Flask, changed: str) -> None:
    sepay = ["--secret", SEPAY["key"], *with_headers(*SEPAY_HEADERS), "--any-age"]
    status, answer = verify(app, "sepay", *sepay, body=changed)
    assert (status, answer["why"]) == (1, "signature")


def test_a_fresh_notice_needs_no_flag(app: Flask) -> None:
    stamp = str(clock.machine_ms() // 1000)
    signature = sepay_signature.sign("s", stamp, b"{}")
    headers = with_headers(f"X-SePay-Signature: {signature}", f"X-SePay-Timestamp: {stamp}")
    assert verify(app, "sepay", "--secret", "s", *headers, body=b"{}")[0] == 0


def test_sepays_key_may_stand_in_the_header(app: Flask) -> None:
    header = with_headers("Authorization: Apikey the key")
    assert verify(app, "sepay", "--secret", "the key", *header, body="x")[0] == 0
    assert verify(app, "sepay", "--secret", "another", *header, body="x")[0] == 1


def test_stripes_sdk_judges_stripes_notices(app: Flask) -> None:
    header = stripe.WebhookSignature.generate_signature_header("{}", "whsec_1", int(time.time()))
    stripe_header = with_headers(f"stripe-signature: {header}")
    assert verify(app, "stripe", "--secret", "whsec_1", *stripe_header, body="{}")[0] == 0
    assert verify(app, "stripe", "--secret", "whsec_1", *stripe_header, body="[]")[0] == 1


@pytest.mark.parametrize("provider", ["sepay", "casso", "payos", "stripe"])
@pytest.mark.parametrize("body", [b"", b"\xff\x00", b"{}", b"x" * 2_000_000])
def test_nothing_signed_is_a_no_and_never_a_fault(app: Flask, provider: str, body: bytes) -> None:
    status, answer = verify(app, provider, "--secret", "s", "--any-age", body=body)
    assert (status, answer["ok"]) == (1, False)
    assert answer["code"] == ("too_large" if len(body) > 65_536 else "bad_signature")


@pytest.mark.parametrize(
    "arguments",
    [
        ["paypal", "--secret", "s"],
        ["sepay"],
        ["sepay", "--secret", "s", "--header", "no colon"],
        ["sepay", "--secret", "\udcff"],
        ["stripe", "--secret", "s", "--header", "Stripe-Signature: \udcff"],
    ],
)
def test_a_wrong_call_is_a_matter_of_usage(app: Flask, arguments: list[str]) -> None:
    assert run(app, "verify", *arguments)[0] == 2


CODE, OTHER, SLIPPED = "CPX7K3M9Q2", "CPA2B3C4DS", "CPX7K3M9O2"


@pytest.mark.parametrize(
    ("memo", "code", "why"),
    [
        (CODE, CODE, None),
        ("MBVCB.327.cp x7k3-m9q2.CT tu 012", CODE, None),
        (f"{CODE} {CODE}", CODE, None),
        (f"{CODE} {OTHER}", None, "several_codes"),
        (SLIPPED, None, "slip"),
        ("CPX7K3M9Q3", None, "no_code"),
        ("tien che", None, "no_code"),
        ("", None, "no_code"),
    ],
)
def test_a_memo_is_read_by_itself(app: Flask, memo: str, code: str | None, why: str | None) -> None:
    status, answer = run(app, "match", "--memo", memo)
    assert (answer["code"], answer["why"]) == (code, why)
    assert status == (0 if code else 1)


@pytest.fixture
def till(app: Flask) -> Till:
    with app.app_context():
        return write(make_till)


def test_on_an_account_only_what_is_known_there_counts(app: Flask, till: Till) -> None:
    with app.app_context():
        code = write(lambda session: open_payment(session, till))
    assert run(app, "match", "--memo", f"{code} che", "--account", till.number)[0] == 0
    status, answer = run(app, "match", "--memo", OTHER, "--account", till.number)
    assert (status, answer["why"]) == (1, "unknown_code")
    assert run(app, "match", "--memo", code, "--account", "0")[1]["why"] == "unknown_account"
