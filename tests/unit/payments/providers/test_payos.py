"""What payOS sends, and how it proves it."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.errors import BadJson, BadRequest, DomainError
from payments.errors import BadSignature
from payments.providers.base import Notice
from payments.providers.payos import PayOS, sign, signed_text

PAYLOADS = Path(__file__).parents[3] / "payloads"
VECTORS: list[dict[str, Any]] = json.loads((PAYLOADS / "webhook_vectors.json").read_bytes())
VECTOR = next(vector for vector in VECTORS if vector["provider"] == "payos")
DATA, KEY, SIGNATURE = VECTOR["data"], VECTOR["key"], VECTOR["signature"]
payos = PayOS()


def body_of(data: dict[str, Any], signature: object = None, **more: object) -> bytes:
    fields = {"code": "00", "desc": "success", "success": True, "data": data}
    signature = sign(KEY, data) if signature is None else signature
    return json.dumps({**fields, "signature": signature, **more}, ensure_ascii=False).encode()


def changed(**fields: object) -> bytes:
    return body_of({**DATA, **fields})


def test_the_published_notice_is_taken() -> None:
    assert sign(KEY, DATA) == SIGNATURE
    payos.verify(Notice(body_of(DATA, SIGNATURE), {}), KEY, None)


def test_a_notice_is_judged_by_its_data_alone_whatever_its_age() -> None:
    notice = Notice(body_of(dict(reversed(DATA.items())), SIGNATURE, desc="again"), {})
    payos.verify(notice, KEY, 1_795_600_000_000)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("null", ""),
        ("undefined", ""),
        ("", ""),
        (0, "0"),
        (True, "true"),
        (False, "false"),
        ("Thành công", "Thành công"),
        ([], "[]"),
        ([{"b": 1, "a": "è"}, 2], '[{"a":"è","b":1},2]'),
        ([{"b": {"z": 1, "y": 2}}], '[{"b":{"z":1,"y":2}}]'),
        (3000.0, "3000"),
        (1e-7, "1e-7"),
    ],
)
def test_values_are_signed_as_javascript_writes_them(value: Any, written: str) -> None:
    assert signed_text({"b": value, "a": 1}) == f"a=1&b={written}"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        body_of({**DATA, "amount": 3001}, SIGNATURE),
        body_of({**DATA, "more": "x"}, SIGNATURE),
        body_of({key: DATA[key] for key in list(DATA)[1:]}, SIGNATURE),
        body_of(DATA, SIGNATURE.upper()),
        body_of(DATA, SIGNATURE[:-1]),
        body_of(DATA, 7),
        body_of(DATA, ""),
        body_of(DATA, sign("another key", DATA)),
        json.dumps({"data": [], "signature": SIGNATURE}).encode(),
    ],
)
def test_anything_else_is_not_believed(body: bytes) -> None:
    with pytest.raises(BadSignature):
        payos.verify(Notice(body, {}), KEY, None)


def test_a_channel_without_a_key_is_open_to_nobody() -> None:
    with pytest.raises(BadSignature):
        payos.verify(Notice(body_of(DATA, sign("", DATA)), {}), "", None)


def test_a_notice_is_one_transfer_that_came() -> None:
    (movement,) = payos.read(body_of(DATA))
    assert movement.incoming
    assert (movement.reference, movement.amount_vnd) == ("TF230204212323", 3_000)
    assert movement.content == "VQRIO123"
    assert movement.account_numbers == {"12345678"}
    assert movement.at_ms == 1_675_509_900_000  # 18:25 of 4/2/2023 in Vietnam


def test_the_same_transfer_has_the_same_replay_key() -> None:
    assert payos.replay_key(changed(desc="x")) == f"{DATA['paymentLinkId']}:TF230204212323"
    assert len(payos.replay_key(changed(reference="F" * 80))) <= 80


@pytest.mark.parametrize(
    "body",
    [changed(code="01"), body_of(DATA, code="01"), body_of(DATA, success=False)],
)
def test_a_transfer_that_was_not_carried_out_is_no_money(body: bytes) -> None:
    assert payos.read(body) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"data":7}',
        *(changed(amount=amount) for amount in (0, -1, 1.5, "1000", None, True)),
        changed(currency="USD"),
        changed(accountNumber=""),
        changed(paymentLinkId=None),
        changed(transactionDateTime="yesterday"),
    ],
)
def test_what_tells_no_transfer_is_refused(body: bytes) -> None:
    with pytest.raises(DomainError) as raised:
        payos.read(body)
    assert isinstance(raised.value, BadJson | BadRequest)
