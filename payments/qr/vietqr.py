"""VietQR: the text inside a Vietnamese bank-transfer QR.

Why: the QR pays the seller's own account, so one wrong character is money gone elsewhere.
Written strictly (what every bank app reads), read tolerantly and with a reason for each refusal.
Refuses: to draw pictures, to know banks or orders, and to guess what a broken code meant.
Source: NAPAS QR switching profile, on EMVCo Merchant-Presented QR 1.1 (`emv`).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.codes import is_order_code
from core.money import MAX_VND
from core.text import ascii_only
from payments.qr import emv
from payments.qr.emv import BadQR, Flaw, Pairs

GUID = "A000000727"
PURPOSE_LENGTH = 25

_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[A-Za-z0-9]{1,19}")
_CARD = re.compile(r"[0-9]{1,19}")
_AMOUNT = re.compile(r"([0-9]{1,13})(?:\.0*)?")
_PURPOSE = re.compile(r"[A-Za-z0-9 ]{0,25}")


class Target(StrEnum):
    """What the money goes to; the value is the NAPAS service code."""

    ACCOUNT = "QRIBFTTA"
    CARD = "QRIBFTTC"


@dataclass(frozen=True, slots=True)
class OtherEmv:
    """A sound payment code of another scheme or country; `fields` as they stand, by id."""

    fields: tuple[tuple[str, str], ...]
    dynamic: bool = False


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


def purpose(note: str) -> str:
    """Return a note as banks take it: `A-Z a-z 0-9 space`, marks stripped, cut to 25, may be empty."""
    words = re.sub(r"[^A-Za-z0-9]+", " ", ascii_only(re.sub(r"\s", " ", note)))
    return words.strip()[:PURPOSE_LENGTH].strip()


def purpose_line(order_code: str, note: str = "") -> str:
    """Return a transfer's purpose: the order code first, then as much of the note as fits.

    Raises ValueError if the code does not check: money sent under a wrong code finds no order.
    """
    if not is_order_code(order_code):
        raise ValueError(f"not an order code: {order_code!r}")
    return purpose(f"{order_code} {note}")


def write(qr: VietQR) -> str:
    """Return the payload of a VietQR code, upper-case CRC last.

    Raises BadQR if a field is not exactly what every bank app reads: a BIN of six digits, an
    account of 1–19 letters and digits (a card: digits), 1 to 499,999,999 đồng, a note from `purpose`.
    """
    _check_writable(qr)
    receiver = emv.field("00", qr.bin) + emv.field("01", qr.account)
    account = emv.field("00", GUID) + emv.field("01", receiver) + emv.field("02", qr.target.value)
    body = emv.field("00", "01") + emv.field("01", "12" if qr.dynamic else "11")
    body += emv.field("38", account) + emv.field("53", "704")
    body += emv.field("54", str(qr.amount_vnd)) if qr.amount_vnd is not None else ""
    body += emv.field("58", "VN")
    body += emv.field("62", emv.field("08", qr.purpose)) if qr.purpose else ""
    return emv.sealed(body)


def read(payload: str) -> VietQR | OtherEmv:
    """Return what a scanned text says: a VietQR, or that it is another scheme's code.

    Tolerant: lower-case CRC, fields in any order between 00 and 63, no service code (= account),
    amounts written `10000.00`, unknown fields kept. Raises BadQR with the flaw for a text that is no
    payment code (a link), and for one with wrong lengths, a wrong CRC or text after it; for one that
    names NAPAS also where it has no usable bank, account, sum or country.
    """
    pairs = emv.message(payload)
    fields = emv.once(pairs)
    if not _names_napas(fields.get("38", "")):
        return OtherEmv(tuple(pairs), fields.get("01") == "12")
    return _read_vietqr(fields)


def fields_of(payload: str) -> dict[str, str]:
    """Return every field of a code by its place (`54`, `38.01.00`), as written; raises as `read`."""
    return emv.unfolded(_pairs_with_crc(payload))


def _pairs_with_crc(payload: str) -> Pairs:
    return [*emv.message(payload), ("63", payload[-4:])]


def _names_napas(account: str) -> bool:
    """Whether field 38 is NAPAS's: its own name first, or, in a code written oddly, somewhere in it."""
    if account.startswith(emv.field("00", GUID)):
        return True
    try:
        return emv.nested(account).get("00") == GUID
    except BadQR:
        return False


def _check_writable(qr: VietQR) -> None:
    number = _CARD if qr.target is Target.CARD else _ACCOUNT
    for right, flaw in (
        (_BIN.fullmatch(qr.bin), Flaw.BANK),
        (number.fullmatch(qr.account), Flaw.ACCOUNT),
        (qr.amount_vnd is None or 0 < qr.amount_vnd <= MAX_VND, Flaw.AMOUNT),
        (_PURPOSE.fullmatch(qr.purpose) and qr.purpose == qr.purpose.strip(), Flaw.PURPOSE),
        (not qr.unknown, Flaw.UNKNOWN_FIELDS),
    ):
        if not right:
            raise BadQR(flaw)


def _read_vietqr(fields: dict[str, str]) -> VietQR:
    account = emv.nested(fields.pop("38"))
    receiver = emv.nested(account.pop("01", ""))
    extra = emv.nested(fields.pop("62", ""))
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
        raise BadQR(Flaw.KIND)
    return kind == "12"


def _check_country(currency: str, country: str) -> None:
    if currency != "704":
        raise BadQR(Flaw.CURRENCY)
    if country.upper() != "VN":
        raise BadQR(Flaw.COUNTRY)


def _matching(pattern: re.Pattern[str], value: str, flaw: Flaw) -> str:
    if not pattern.fullmatch(value):
        raise BadQR(flaw)
    return value


def _amount(written: str) -> int:
    found = _AMOUNT.fullmatch(written)
    if found is None or len(written) > 13 or not 0 < int(found[1]) <= MAX_VND:
        raise BadQR(Flaw.AMOUNT)
    return int(found[1])


def _target(service: str) -> Target:
    if service not in set(Target):
        raise BadQR(Flaw.SERVICE)
    return Target(service)


def _unknown(left: dict[str, dict[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((at + id_, value) for at, fields in left.items() for id_, value in fields.items())
