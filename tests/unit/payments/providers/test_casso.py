"""What Casso sends (webhook V2), and how it proves it."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.errors import BadJson, BadRequest, DomainError
from payments.errors import BadSignature
from payments.providers.base import Notice
from payments.providers.casso import SIGNATURE, Casso, sign

PAYLOADS = Path(__file__).parents[3] / "payloads"
VECTORS: list[dict[str, Any]] = json.loads((PAYLOADS / "casso_vectors.json").read_bytes())
TOLD = {"id": 218897, "reference": "FT24364030863634", "amount": 16_775_000}
TIMES = {"transactionDateTime": "2024-12-23 07:00:00", "accountNumber": "123456789"}
WORDS = {"description": "hoi lai 100 bao mun dua", "virtualAccountNumber": ""}
BODY = json.dumps({"error": 0, "data": {**TOLD, **TIMES, **WORDS}}).encode()
SECRET, NOW_MS = "the security key of an integration", 1_795_600_000_000
casso = Casso()


def changed(**fields: object) -> bytes:
    body = json.loads(BODY)
    return json.dumps({**body, "data": {**body["data"], **fields}}).encode()


def signed(body: bytes = BODY, *, secret: str = SECRET, at_ms: int = NOW_MS) -> Notice:
    return Notice(body, {SIGNATURE: f"t={at_ms},v1={sign(secret, str(at_ms), body)}"})


@pytest.mark.parametrize("vector", VECTORS)
def test_published_notices_are_taken(vector: dict[str, Any]) -> None:
    body = json.dumps(vector["body"], ensure_ascii=False, indent=2).encode()
    casso.verify(Notice(body, {SIGNATURE: vector["header"]}), vector["key"], None)
    signed_ms = int(vector["header"].split(",")[0].removeprefix("t="))
    casso.verify(Notice(body, {SIGNATURE: vector["header"]}), vector["key"], signed_ms + 300_000)


def test_a_published_notice_is_too_old_today() -> None:
    body = json.dumps(VECTORS[0]["body"]).encode()
    notice = Notice(body, {SIGNATURE: VECTORS[0]["header"]})
    with pytest.raises(BadSignature) as raised:
        casso.verify(notice, VECTORS[0]["key"], NOW_MS)
    assert raised.value.data == {"why": "timestamp"}


def test_the_order_of_keys_and_the_writing_of_letters_are_no_matter() -> None:
    body = json.loads(changed(description="Chè Đinh & “trà” </b>"))
    turned = {"data": dict(reversed(body["data"].items())), "error": 0}
    notice = Notice(
        json.dumps(turned, indent=1).encode(), signed(json.dumps(body).encode()).headers
    )
    casso.verify(notice, SECRET, NOW_MS)


@pytest.mark.parametrize(
    "notice",
    [
        Notice(BODY, {}),
        Notice(BODY, {SIGNATURE: ""}),
        Notice(BODY, {SIGNATURE: f"t={NOW_MS}"}),
        Notice(BODY, {SIGNATURE: f"t={NOW_MS},v1="}),
        Notice(BODY, {SIGNATURE: signed().headers[SIGNATURE].upper()}),
        Notice(BODY, {SIGNATURE: f"{signed().headers[SIGNATURE]},{signed().headers[SIGNATURE]}"}),
        Notice(BODY, {SIGNATURE: f"t=-{signed().headers[SIGNATURE][2:]}"}),
        Notice(changed(amount=16_775_001), signed().headers),
        Notice(changed(more=1), signed().headers),
        Notice(b"", signed().headers),
        Notice(b"{", signed().headers),
        Notice(b"\xff", signed().headers),
        signed(secret="another"),
        signed(at_ms=NOW_MS - 300_001),
        signed(at_ms=NOW_MS + 300_001),
    ],
)
def test_anything_else_is_not_believed(notice: Notice) -> None:
    with pytest.raises(BadSignature):
        casso.verify(notice, SECRET, NOW_MS)


def test_an_integration_without_a_key_is_open_to_nobody() -> None:
    with pytest.raises(BadSignature):
        casso.verify(signed(secret=""), "", NOW_MS)


def test_a_notice_is_one_movement() -> None:
    (movement,) = casso.read(BODY)
    assert movement.incoming
    assert (movement.key, movement.reference) == ("casso:218897", "FT24364030863634")
    assert (movement.amount_vnd, movement.content) == (16_775_000, "hoi lai 100 bao mun dua")
    assert movement.account_numbers == {"123456789"}
    assert movement.at_ms == 1_734_912_000_000  # 07:00 in Vietnam is midnight UTC


def test_a_sum_below_zero_left_the_account() -> None:
    (movement,) = casso.read(changed(amount=-50_000))
    assert (movement.incoming, movement.amount_vnd) == (False, 50_000)


def test_the_same_movement_has_the_same_replay_key() -> None:
    assert casso.replay_key(changed(runningBalance=1)) == "218897:FT24364030863634"
    assert len(casso.replay_key(changed(reference="F" * 79))) <= 80


def test_a_movement_without_a_reference_goes_by_cassos_id() -> None:
    assert casso.read(changed(reference=None))[0].reference == "casso:218897"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"error":0,"data":[]}',
        *(changed(amount=amount) for amount in (0, 1.5, "1000", None, True, 10**12)),
        *(changed(id=id_) for id_ in (None, "", True, "x" * 61, "é")),
        *(
            changed(transactionDateTime=time)
            for time in (None, "", "hôm nay", 20261125, "2026-11-25")
        ),
        changed(accountNumber="", virtualAccountNumber=None),
        changed(description=7),
    ],
)
def test_what_tells_no_movement_is_refused(body: bytes) -> None:
    with pytest.raises(DomainError) as raised:
        casso.read(body)
    assert isinstance(raised.value, BadJson | BadRequest)
