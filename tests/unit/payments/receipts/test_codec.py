"""The receipt token: one writing, any change fails."""

import base64
import dataclasses
import time

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from core.codes import ALPHABET, check_character
from core.strict_json import MAX_INTEGER
from payments.receipts.codec import (
    FIRST_IN_SERIES,
    MAX_TOKEN,
    BadToken,
    ReceiptFields,
    ReceiptLine,
    Verdict,
    decode,
    encode,
    lines_digest,
    receipt_hash,
    verify,
)

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = {"k2026-01": PRIVATE.public_key().public_bytes_raw()}
LINES = [ReceiptLine("Chè búp", "gói 200 g", 2, 65_000, 130_000)]
RECEIPT = ReceiptFields(
    key_id="k2026-01",
    seller="htx1",
    number=7,
    order_code="CPX7K3M9Q2",
    total_vnd=130_000,
    paid_at_ms=1_700_000_000_000,
    lines_digest=lines_digest(LINES),
    previous_hash=FIRST_IN_SERIES,
)
TOKEN = encode(RECEIPT, PRIVATE.sign)

bodies = st.text(ALPHABET, min_size=7, max_size=7)
hashes = st.binary(min_size=32, max_size=32)
opaque = st.sampled_from("abcXYZ019_-")
receipts = st.builds(
    ReceiptFields,
    key_id=st.text(opaque, min_size=8, max_size=8),
    seller=st.text(opaque, min_size=1, max_size=32),
    number=st.integers(1, MAX_INTEGER),
    order_code=bodies.map(lambda body: f"CP{body}{check_character(body)}"),
    total_vnd=st.integers(0, MAX_INTEGER),
    paid_at_ms=st.integers(0, MAX_INTEGER),
    lines_digest=hashes,
    previous_hash=hashes,
)


def raw(token: str) -> bytes:
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def signed_array(items: list[object]) -> str:
    """A token over any items at all, signed with the right key."""
    return text(cbor2.dumps([*items, PRIVATE.sign(cbor2.dumps(items, canonical=True))]))


ITEMS: list[object] = [1, *dataclasses.astuple(RECEIPT)]


def test_a_token_of_ours_is_valid_and_says_what_was_paid() -> None:
    checked = verify(TOKEN, KEYS)
    assert (checked.verdict, checked.fields) == (Verdict.VALID, RECEIPT)


def test_the_array_is_what_any_cbor_reader_reads() -> None:
    items = cbor2.loads(raw(TOKEN))
    assert items[:-1] == ITEMS
    assert raw(TOKEN) == cbor2.dumps(items, canonical=True)


def test_the_signed_bytes_are_the_array_without_its_signature() -> None:
    _, signed, signature = decode(TOKEN)
    assert signed == cbor2.dumps(ITEMS, canonical=True)
    assert signed == b"\x89" + raw(TOKEN)[1:-66]
    PRIVATE.public_key().verify(signature, signed)


def test_the_same_receipt_always_has_the_same_token() -> None:
    assert encode(RECEIPT, PRIVATE.sign) == TOKEN


@settings(max_examples=50)
@given(receipts)
def test_every_receipt_fits_its_qr_and_reads_back(receipt: ReceiptFields) -> None:
    token = encode(receipt, PRIVATE.sign)
    assert len(token) <= MAX_TOKEN
    assert decode(token)[0] == receipt


def test_every_changed_bit_fails() -> None:
    octets = raw(TOKEN)
    for bit in range(len(octets) * 8):
        changed = bytearray(octets)
        changed[bit // 8] ^= 1 << bit % 8
        assert verify(text(bytes(changed)), KEYS).verdict is not Verdict.VALID


def test_every_changed_character_fails() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= \n"
    for at in range(len(TOKEN)):
        for letter in {*letters[at % 5 :: 5], *letters[-6:]} - {TOKEN[at]}:
            changed = TOKEN[:at] + letter + TOKEN[at + 1 :]
            assert verify(changed, KEYS).verdict is not Verdict.VALID


def test_the_last_character_has_one_writing_only() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for seller in ("htx1", "htx12", "htx123"):
        token = encode(dataclasses.replace(RECEIPT, seller=seller), PRIVATE.sign)
        verdicts = {letter: verify(token[:-1] + letter, KEYS).verdict for letter in letters}
        assert [letter for letter in letters if verdicts[letter] == "valid"] == [token[-1]]


@pytest.mark.parametrize(
    "token",
    [
        "",
        TOKEN[:-1],
        TOKEN[1:],
        TOKEN + "A",
        TOKEN + "=",
        TOKEN + "\n",
        " " + TOKEN,
        "é",
        "\ud800",
        "A" * 331,
        "https://example.org/receipts/check#" + TOKEN,
        text(b"\x8a" + b"\x00" * 200),
    ],
)
def test_a_cut_or_lengthened_token_is_malformed(token: str) -> None:
    assert verify(token, KEYS).verdict is Verdict.MALFORMED


@pytest.mark.parametrize("drop", range(9))
def test_a_missing_item_is_malformed_even_when_signed(drop: int) -> None:
    assert verify(signed_array(ITEMS[:drop] + ITEMS[drop + 1 :]), KEYS).fields is None


@pytest.mark.parametrize(
    ("at", "item"),
    [
        (0, 2),
        (0, True),
        (1, "short"),
        (2, ""),
        (2, "a b"),
        (3, 0),
        (3, -1),
        (3, 7.0),
        (4, "CPX7K3M9Q3"),
        (5, "130000"),
        (5, 2**53),
        (6, None),
        (7, b"x" * 31),
        (8, "x" * 32),
        (8, [1]),
    ],
)
def test_an_item_out_of_shape_is_malformed_even_when_signed(at: int, item: object) -> None:
    items = [*ITEMS[:at], item, *ITEMS[at + 1 :]]
    assert verify(signed_array(items), KEYS).verdict is Verdict.MALFORMED


def test_a_longer_writing_of_a_number_is_malformed() -> None:
    octets = raw(TOKEN)
    assert octets[1] == 1
    with pytest.raises(BadToken):
        decode(text(octets[:1] + b"\x18\x01" + octets[2:]))


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(octets: bytes) -> None:
    assert verify(text(octets), KEYS).verdict is Verdict.MALFORMED
    assert verify(text(b"\x8a\x01" + octets), KEYS).verdict is Verdict.MALFORMED


@given(st.text())
def test_any_text_is_answered(token: str) -> None:
    assert verify(token, KEYS).verdict is Verdict.MALFORMED


def test_a_token_is_verified_in_less_than_a_millisecond() -> None:
    means_s = []
    for _batch in range(3):
        began = time.process_time()
        for _ in range(100):
            verify(TOKEN, KEYS)
        means_s.append((time.process_time() - began) / 100)
    assert min(means_s) < 0.001


def test_a_key_we_never_had_is_named_as_such() -> None:
    assert verify(TOKEN, {}).verdict is Verdict.UNKNOWN_KEY


def test_a_stranger_cannot_sign_under_our_key_id() -> None:
    forged = encode(RECEIPT, Ed25519PrivateKey.generate().sign)
    assert verify(forged, KEYS).verdict is Verdict.BAD_SIGNATURE


def test_an_old_key_stays_good() -> None:
    newer = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert verify(TOKEN, {"k2027-01": newer, **KEYS}).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key_id", "k"),
        ("seller", "HTX Tân Cương"),
        ("number", 0),
        ("order_code", "CP"),
        ("total_vnd", -1),
        ("paid_at_ms", 2**53),
        ("lines_digest", b""),
        ("previous_hash", b""),
    ],
)
def test_a_receipt_out_of_shape_is_not_signed(field: str, value: int | str | bytes) -> None:
    with pytest.raises(ValueError, match="out of its shape"):
        encode(ReceiptFields(**{**dataclasses.asdict(RECEIPT), field: value}), PRIVATE.sign)


def test_a_signature_of_another_length_is_not_written() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        encode(RECEIPT, lambda signed: signed[:10])


@pytest.mark.parametrize(
    "line",
    [
        ReceiptLine("Chè búP", "gói 200 g", 2, 65_000, 130_000),
        ReceiptLine("Chè búp", "gói 100 g", 2, 65_000, 130_000),
        ReceiptLine("Chè búp", "gói 200 g", 3, 65_000, 130_000),
        ReceiptLine("Chè búp", "gói 200 g", 2, 65_001, 130_000),
        ReceiptLine("Chè búp", "gói 200 g", 2, 65_000, -130_000),
    ],
)
def test_any_changed_line_changes_the_digest(line: ReceiptLine) -> None:
    assert lines_digest([line]) != lines_digest(LINES)
    assert lines_digest([*LINES, line]) != lines_digest([line, *LINES])


def test_the_chain_hash_is_over_the_whole_token() -> None:
    changed = dataclasses.replace(RECEIPT, total_vnd=130_001)
    assert len(receipt_hash(TOKEN)) == 32
    assert receipt_hash(encode(changed, PRIVATE.sign)) != receipt_hash(TOKEN)
