"""VietQR: the text inside a Vietnamese bank-transfer QR.

Why: the QR pays the seller's own account, so one wrong character is money gone elsewhere.
Written strictly (what every bank app reads), read tolerantly and with a reason for each refusal.
Refuses: to draw pictures, to know banks or orders, and to guess what a broken code meant.
Source: EMVCo Merchant-Presented QR 1.1 §3; NAPAS QR switching profile.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.codes import is_order_code
from core.errors import N_, DomainError
from core.money import MAX_VND
from core.text import ascii_only

GUID = "A000000727"
PURPOSE_LENGTH = 25

_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[A-Za-z0-9]{1,19}")
_AMOUNT = re.compile(r"([0-9]{1,13})(?:\.0*)?")
_PURPOSE = re.compile(r"[A-Za-z0-9 ]{0,25}")

Pairs = list[tuple[str, str]]


class Target(StrEnum):
    """What the money goes to; the value is the NAPAS service code."""

    ACCOUNT = "QRIBFTTA"
    CARD = "QRIBFTTC"


class Flaw(StrEnum):
    """Why a code that means to be VietQR cannot be used."""

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


class BadVietQR(DomainError):
    """The code means to be VietQR but has a flaw; `flaw` says which."""

    code = "bad_vietqr"

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw=flaw.value)
        self.flaw = flaw
        self.message = _SENTENCES[flaw]


@dataclass(frozen=True, slots=True)
class NotVietQR:
    """The text is something else: a link, or another scheme's or country's payment code."""


@dataclass(frozen=True, slots=True)
class VietQR:
    """One transfer order: whom to pay, how much, saying what.

    `bin` six digits; `account` 1–19 letters and digits; `amount_vnd` None leaves the sum to the
    payer; `dynamic` marks a code for one use; `unknown` keeps what we read but do not understand,
    as (`62.05`, value).
    """

    bin: str
    account: str
    amount_vnd: int | None = None
    purpose: str = ""
    target: Target = Target.ACCOUNT
    dynamic: bool = True
    unknown: tuple[tuple[str, str], ...] = ()


def crc16(data: bytes) -> int:
    """Return CRC-16/CCITT-FALSE of the bytes (poly 1021, init FFFF): `123456789` → 0x29B1."""
    crc = 0xFFFF
    for octet in data:
        crc ^= octet << 8
        for _ in range(8):
            crc = ((crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def purpose_line(order_code: str, note: str = "") -> str:
    """Return a transfer's purpose: the order code first, then as much of the note as fits.

    At most 25 of `A-Z a-z 0-9 space`, marks stripped. Raises ValueError if the code does not check:
    money sent under a wrong code finds no order.
    """
    if not is_order_code(order_code):
        raise ValueError(f"not an order code: {order_code!r}")
    words = re.sub(r"[^A-Za-z0-9]+", " ", ascii_only(note))
    return f"{order_code} {words.strip()}"[:PURPOSE_LENGTH].strip()


def write(qr: VietQR) -> str:
    """Return the payload of a VietQR code, upper-case CRC last.

    Raises BadVietQR if a field is not exactly what every bank app reads: a BIN of six digits, an
    account of 1–19 letters and digits, 1 to 499,999,999 đồng, a purpose from `purpose_line`.
    """
    _check_writable(qr)
    receiver = _field("00", qr.bin) + _field("01", qr.account)
    account = _field("00", GUID) + _field("01", receiver) + _field("02", qr.target.value)
    body = _field("00", "01") + _field("01", "12" if qr.dynamic else "11") + _field("38", account)
    body += _field("53", "704")
    body += _field("54", str(qr.amount_vnd)) if qr.amount_vnd is not None else ""
    body += _field("58", "VN")
    body += _field("62", _field("08", qr.purpose)) if qr.purpose else ""
    body += "6304"
    return body + _crc_text(body)


def read(payload: str) -> VietQR | NotVietQR:
    """Return what a scanned text says, or that it is not VietQR at all.

    Tolerant: lower-case CRC, fields in any order between 00 and 63, no service code (= account),
    amounts written `10000.00`, unknown fields kept. Raises BadVietQR with the flaw for a code that
    names NAPAS but has wrong lengths, a wrong CRC, text after it, or no usable account or sum.
    """
    if not payload.startswith("000201") or GUID not in payload:
        return NotVietQR()
    pairs = _read_message(payload)
    if not any(id_ == "38" and value.startswith(_field("00", GUID)) for id_, value in pairs):
        return NotVietQR()
    return _read_vietqr(_once(pairs))


def _check_writable(qr: VietQR) -> None:
    for right, flaw in (
        (_BIN.fullmatch(qr.bin), Flaw.BANK),
        (_ACCOUNT.fullmatch(qr.account), Flaw.ACCOUNT),
        (qr.amount_vnd is None or 0 < qr.amount_vnd <= MAX_VND, Flaw.AMOUNT),
        (_PURPOSE.fullmatch(qr.purpose) and qr.purpose == qr.purpose.strip(), Flaw.PURPOSE),
        (not qr.unknown, Flaw.UNKNOWN_FIELDS),
    ):
        if not right:
            raise BadVietQR(flaw)


def _field(id_: str, value: str) -> str:
    return f"{id_}{len(value):02d}{value}"


def _crc_text(body: str) -> str:
    # A scanned text may hold lone surrogates; they only have to make the check fail.
    return f"{crc16(body.encode('utf-8', 'surrogatepass')):04X}"


def _read_message(payload: str) -> Pairs:
    """Return the top-level fields before 63, which must stand last and be right."""
    pairs, at = [], 0
    while payload[at : at + 2] != "63":
        if at >= len(payload):
            raise BadVietQR(Flaw.NO_CRC)
        field, at = _read_field(payload, at, Flaw.LENGTHS)
        pairs.append(field)
    crc, end = _read_field(payload, at, Flaw.NO_CRC)
    if end != len(payload):
        raise BadVietQR(Flaw.TEXT_AFTER_CRC)
    if crc[1].upper() != _crc_text(payload[: at + 4]):
        raise BadVietQR(Flaw.WRONG_CRC)
    return pairs


def _read_field(text: str, at: int, flaw: Flaw) -> tuple[tuple[str, str], int]:
    head = text[at : at + 4]
    if len(head) != 4 or not (head.isascii() and head.isdigit()) or head[2:] == "00":
        raise BadVietQR(flaw)
    start, end = at + 4, at + 4 + int(head[2:])
    if end > len(text):
        raise BadVietQR(flaw)
    return (head[:2], text[start:end]), end


def _nested(text: str) -> dict[str, str]:
    pairs, at = [], 0
    while at < len(text):
        field, at = _read_field(text, at, Flaw.NESTED_LENGTHS)
        pairs.append(field)
    return _once(pairs)


def _once(pairs: Pairs) -> dict[str, str]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadVietQR(Flaw.REPEATED)
    return fields


def _read_vietqr(fields: dict[str, str]) -> VietQR:
    account = _nested(fields.pop("38"))
    receiver = _nested(account.pop("01", ""))
    extra = _nested(fields.pop("62", ""))
    account.pop("00")
    fields.pop("00")
    dynamic = _dynamic(fields.pop("01", "11"))
    _check_country(fields.pop("53", ""), fields.pop("58", ""))
    return VietQR(
        bin=_matching(_BIN, receiver.pop("00", ""), Flaw.BANK),
        account=_matching(_ACCOUNT, receiver.pop("01", ""), Flaw.ACCOUNT),
        amount_vnd=_amount(fields.pop("54")) if "54" in fields else None,
        purpose=extra.pop("08", ""),
        target=_target(account.pop("02", Target.ACCOUNT.value)),
        dynamic=dynamic,
        unknown=_unknown({"": fields, "38.": account, "38.01.": receiver, "62.": extra}),
    )


def _dynamic(kind: str) -> bool:
    if kind not in ("11", "12"):
        raise BadVietQR(Flaw.KIND)
    return kind == "12"


def _check_country(currency: str, country: str) -> None:
    if currency != "704":
        raise BadVietQR(Flaw.CURRENCY)
    if country.upper() != "VN":
        raise BadVietQR(Flaw.COUNTRY)


def _matching(pattern: re.Pattern[str], value: str, flaw: Flaw) -> str:
    if not pattern.fullmatch(value):
        raise BadVietQR(flaw)
    return value


def _amount(written: str) -> int:
    found = _AMOUNT.fullmatch(written)
    if found is None or len(written) > 13 or not 0 < int(found[1]) <= MAX_VND:
        raise BadVietQR(Flaw.AMOUNT)
    return int(found[1])


def _target(service: str) -> Target:
    if service not in set(Target):
        raise BadVietQR(Flaw.SERVICE)
    return Target(service)


def _unknown(left: dict[str, dict[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((at + id_, value) for at, fields in left.items() for id_, value in fields.items())
