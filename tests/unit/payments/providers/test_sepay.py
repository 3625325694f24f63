"""What SePay sends, and how it proves it."""

import json
from pathlib import Path

import pytest

from core.errors import BadJson, BadRequest, DomainError
from payments.bank.sepay_signature import sign
from payments.errors import BadSignature
from payments.providers.base import Notice
from payments.providers.sepay import SePay

PAYLOADS = Path(__file__).parents[3] / "payloads"
BODY = (PAYLOADS / "sepay_incoming.json").read_bytes()
SECRET, NOW_MS = "a secret of forty characters, more or less", 1_795_600_000_000
sepay = SePay()


def changed(**fields: object) -> bytes:
    return json.dumps({**json.loads(BODY), **fields}).encode()


def signed(body: bytes = BODY, *, secret: str = SECRET, at_ms: int = NOW_MS) -> Notice:
    timestamp = str(at_ms // 1000)
    headers = {"X-SePay-Timestamp": timestamp, "X-SePay-Signature": sign(secret, timestamp, body)}
    return Notice(body, headers)


def test_a_signed_notice_is_taken() -> None:
    sepay.verify(signed(), SECRET, NOW_MS)


def test_a_notice_that_carries_the_key_is_taken() -> None:
    sepay.verify(Notice(BODY, {"Authorization": f"Apikey {SECRET}"}), SECRET, NOW_MS)


@pytest.mark.parametrize(
    "notice",
    [
        Notice(BODY, {}),
        Notice(BODY, {"Authorization": "Apikey wrong"}),
        Notice(BODY, {"Authorization": "Apikey "}),
        Notice(BODY, {"Authorization": f"Bearer {SECRET}"}),
        Notice(BODY, {"Authorization": SECRET}),
        Notice(BODY, {"Authorization": "Apikey \udcff"}),
        Notice(BODY + b" ", signed().headers),
        Notice(BODY, {**signed().headers, "X-SePay-Signature": ""}),
        Notice(BODY, {"X-SePay-Signature": "", "Authorization": f"Apikey {SECRET}"}),
        signed(secret="another"),
        signed(at_ms=NOW_MS - 301_000),
        signed(at_ms=NOW_MS + 301_000),
    ],
)
def test_anything_else_is_not_believed(notice: Notice) -> None:
    with pytest.raises(BadSignature):
        sepay.verify(notice, SECRET, NOW_MS)


@pytest.mark.parametrize("authorization", ["Apikey ", "Apikey"])
def test_a_feed_without_a_secret_is_open_to_nobody(authorization: str) -> None:
    with pytest.raises(BadSignature):
        sepay.verify(Notice(BODY, {"Authorization": authorization}), "", NOW_MS)


def test_a_notice_tells_one_movement() -> None:
    (movement,) = sepay.read(BODY)
    assert (movement.incoming, movement.amount_vnd) == (True, 2_277_000)
    assert movement.account_numbers == {"0123499999"}
    assert (movement.reference, movement.content) == ("MBVCB.3278907687", "chuyen tien mua iphone")
    assert movement.at_ms == 1_679_727_757_000  # 14:02:37 of 25/03/2023 in Vietnam


def test_a_movement_out_is_told_as_one() -> None:
    (movement,) = sepay.read((PAYLOADS / "sepay_outgoing.json").read_bytes())
    assert not movement.incoming


def test_a_repeat_is_known_by_sepays_id() -> None:
    assert sepay.replay_key(BODY) == "92704"


def test_fields_that_are_new_to_us_do_no_harm() -> None:
    assert sepay.read(changed(newField={"a": [1]})) == sepay.read(BODY)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("transferAmount", "2277000"),
        ("transferAmount", 2277000.0),
        ("transferAmount", True),
        ("transferAmount", 0),
        ("transferAmount", -5),
        ("transferAmount", 10**12),
        ("transferAmount", None),
        ("transferType", "IN"),
        ("transferType", None),
        ("accountNumber", None),
        ("accountNumber", 123),
        ("transactionDate", "25/03/2023 14:02"),
        ("transactionDate", None),
        ("transactionDate", "0001-01-01 00:00:00"),
        ("transactionDate", "9999-12-31 23:59:59"),
        ("content", ["x"]),
        ("id", None),
        ("id", True),
        ("id", ""),
        ("id", "x" * 61),
        ("id", 1.5),
    ],
)
def test_a_field_of_another_shape_is_named(field: str, value: object) -> None:
    with pytest.raises(BadRequest) as raised:
        sepay.read(changed(**{field: value}))
    assert raised.value.data["field"] == field


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"id": NaN}', b'{"id":1,"id":2}', b'{"id":%d}' % 10**30]
)
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(DomainError) as raised:
        sepay.replay_key(body)
    assert isinstance(raised.value, BadJson | BadRequest)
