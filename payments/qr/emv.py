"""The outer form of a payment QR's text: fields one after another, a check sum last.

Why: every country's merchant-presented code is written so, and a code that was cut, glued or misread
must be refused with its reason before anybody asks whom it pays.
Refuses: to know what a field means (`vietqr` does) and to guess what a broken text meant.
Source: EMVCo Merchant-Presented QR 1.1 §3 and §4.
"""

import binascii
import unicodedata
from collections.abc import Iterator
from enum import StrEnum

from core.errors import N_, DomainError

MOST_CHARACTERS = 4296
"""What the largest QR code holds in letters and digits (ISO/IEC 18004, version 40-L)."""

_TEMPLATES = frozenset({*map(str, range(26, 52)), "62", "64", "38.01"})
_HIDDEN = frozenset({"Cc", "Cs"})

Pairs = list[tuple[str, str]]


class Flaw(StrEnum):
    """Why a text cannot be used as a payment code."""

    EMPTY = "empty"
    NOT_EMV = "not_emv"
    CHARACTERS = "characters"
    LENGTHS = "lengths"
    NESTED_LENGTHS = "nested_lengths"
    REPEATED = "repeated"
    NO_CRC = "no_crc"
    TEXT_AFTER_CRC = "text_after_crc"
    WRONG_CRC = "wrong_crc"
    KIND = "kind"
    BANK = "bank"
    ACCOUNT = "account"
    SERVICE = "service"
    CURRENCY = "currency"
    COUNTRY = "country"
    AMOUNT = "amount"
    PURPOSE = "purpose"
    UNKNOWN_FIELDS = "unknown_fields"


_SENTENCES = {
    Flaw.EMPTY: N_("Chưa có mã QR nào để đọc. Bạn quét lại nhé."),
    Flaw.NOT_EMV: N_("Đây không phải mã QR chuyển tiền. Bạn xin mã chuyển khoản nhé."),
    Flaw.CHARACTERS: N_("Mã QR có ký tự không đọc được. Bạn quét lại hoặc xin mã mới nhé."),
    Flaw.LENGTHS: N_("Mã QR bị thiếu hoặc thừa ký tự. Bạn quét lại hoặc xin mã mới nhé."),
    Flaw.NESTED_LENGTHS: N_("Phần tài khoản trong mã QR bị sai độ dài. Bạn xin mã mới nhé."),
    Flaw.REPEATED: N_("Mã QR có phần bị lặp nên không rõ trả cho ai. Bạn xin mã mới nhé."),
    Flaw.NO_CRC: N_("Mã QR bị cắt mất phần cuối. Bạn quét lại cả mã nhé."),
    Flaw.TEXT_AFTER_CRC: N_("Mã QR có thêm chữ lạ ở cuối. Bạn quét lại hoặc xin mã mới nhé."),
    Flaw.WRONG_CRC: N_("Mã QR đã bị sửa hoặc đọc nhầm. Bạn quét lại hoặc xin mã mới nhé."),
    Flaw.KIND: N_("Mã QR ghi kiểu mã không hợp lệ. Bạn xin mã mới nhé."),
    Flaw.BANK: N_("Mã QR không có mã ngân hàng đúng. Bạn xin mã mới nhé."),
    Flaw.ACCOUNT: N_("Mã QR không có số tài khoản đúng. Bạn xin mã mới nhé."),
    Flaw.SERVICE: N_("Mã QR này không phải mã chuyển khoản. Bạn xin mã chuyển khoản nhé."),
    Flaw.CURRENCY: N_("Mã QR không dùng tiền Việt Nam. Bạn xin mã mới nhé."),
    Flaw.COUNTRY: N_("Mã QR không ghi nước Việt Nam. Bạn xin mã mới nhé."),
    Flaw.AMOUNT: N_("Số tiền trong mã QR không đúng hoặc quá lớn. Bạn xin mã mới nhé."),
    Flaw.PURPOSE: N_("Nội dung chuyển khoản trong mã QR không đúng. Bạn xin mã mới nhé."),
    Flaw.UNKNOWN_FIELDS: N_("Mã QR có phần chúng tôi không ghi lại được. Bạn tạo mã mới nhé."),
}


class BadQR(DomainError):
    """The text is no payment code, or one with a flaw; `flaw` says which."""

    code = "bad_qr"

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw=flaw.value)
        self.flaw = flaw
        self.message = _SENTENCES[flaw]


def crc16(data: bytes) -> int:
    """Return CRC-16/CCITT-FALSE of the bytes (poly 1021, init FFFF): `123456789` → 0x29B1."""
    return binascii.crc_hqx(data, 0xFFFF)


def field(id_: str, value: str) -> str:
    """Return one field as it is written: two-digit id, two-digit length, value of 1 to 99."""
    return f"{id_}{len(value):02d}{value}"


def sealed(body: str) -> str:
    """Return `body` with the check sum that ends a code: `6304` and four upper-case hex digits."""
    return f"{body}6304{_crc_text(f'{body}6304')}"


def message(payload: str) -> Pairs:
    """Return the fields of a scanned text, in their order, without the check sum at its end.

    Each id stands once. Lower-case check sums are fine. Raises BadQR: EMPTY, CHARACTERS (control
    characters, broken text), NOT_EMV (does not begin as such codes do), LENGTHS, NO_CRC,
    TEXT_AFTER_CRC, WRONG_CRC or REPEATED.
    """
    if not payload:
        raise BadQR(Flaw.EMPTY)
    if len(payload) > MOST_CHARACTERS or not payload.startswith("000201"):
        raise BadQR(Flaw.NOT_EMV)
    if any(unicodedata.category(letter) in _HIDDEN for letter in payload):
        raise BadQR(Flaw.CHARACTERS)
    pairs = _read_message(payload)
    once(pairs)
    return pairs


def nested(text: str) -> dict[str, str]:
    """Return the fields inside a field; raises BadQR(NESTED_LENGTHS or REPEATED)."""
    pairs, at = [], 0
    while at < len(text):
        found, at = _read_field(text, at, Flaw.NESTED_LENGTHS)
        pairs.append(found)
    return once(pairs)


def once(pairs: Pairs) -> dict[str, str]:
    """Return the fields by id; raises BadQR(REPEATED) if an id stands twice."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadQR(Flaw.REPEATED)
    return fields


def unfolded(pairs: Pairs) -> dict[str, str]:
    """Return every field by its place: `38` as it stands, then what is in it (`38.00`, `38.01.00`).

    Fields that should hold others but do not are left as they stand.
    """
    return {place: value for id_, value in pairs for place, value in _unfold(id_, value)}


def _unfold(place: str, value: str) -> Iterator[tuple[str, str]]:
    yield place, value
    if place not in _TEMPLATES:
        return
    try:
        inside = nested(value)
    except BadQR:
        return
    for id_, text in inside.items():
        yield from _unfold(f"{place}.{id_}", text)


def _crc_text(body: str) -> str:
    return f"{crc16(body.encode()):04X}"


def _read_message(payload: str) -> Pairs:
    """The top-level fields before 63, which must stand last and be right."""
    pairs, at = [], 0
    while payload[at : at + 2] != "63":
        if at >= len(payload):
            raise BadQR(Flaw.NO_CRC)
        found, at = _read_field(payload, at, Flaw.LENGTHS)
        pairs.append(found)
    crc, end = _read_field(payload, at, Flaw.NO_CRC)
    if end != len(payload):
        raise BadQR(Flaw.TEXT_AFTER_CRC)
    if crc[1].upper() != _crc_text(payload[: at + 4]):
        raise BadQR(Flaw.WRONG_CRC)
    return pairs


def _read_field(text: str, at: int, flaw: Flaw) -> tuple[tuple[str, str], int]:
    head = text[at : at + 4]
    if len(head) != 4 or not (head.isascii() and head.isdigit()) or head[2:] == "00":
        raise BadQR(flaw)
    start, end = at + 4, at + 4 + int(head[2:])
    if end > len(text):
        raise BadQR(flaw)
    return (head[:2], text[start:end]), end
