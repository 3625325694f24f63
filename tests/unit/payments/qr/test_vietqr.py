"""VietQR, written strictly and read tolerantly."""

import csv
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.codes import ALPHABET, check_character
from core.money import MAX_VND
from payments.qr.emv import BadQR, Flaw, sealed
from payments.qr.vietqr import (
    OtherEmv,
    Target,
    VietQR,
    fields_of,
    purpose,
    purpose_line,
    read,
    write,
)

PAYLOADS = Path(__file__).parents[3] / "payloads"
with (PAYLOADS / "vietqr_vectors.csv").open(encoding="utf-8") as vectors:
    VECTORS = {row["id"]: row for row in csv.DictReader(vectors)}
ORDER = VietQR("970403", "0011012345678", 130_000, "CPX7K3M9Q2 che bup")

TO_BANK = "0010A000000727"
RECEIVER = "0006970403" + "0108" + "12345678"
GOOD_38 = f"38{14 + 4 + len(RECEIVER):02d}{TO_BANK}01{len(RECEIVER)}{RECEIVER}"
NO_ACCOUNT = f"38{14 + 4 + 10}{TO_BANK}01100006970403"

bodies = st.text(ALPHABET, min_size=7, max_size=7)
codes = bodies.map(lambda body: f"CP{body}{check_character(body)}")
letters = st.sampled_from("ABCXYZabcxyz0123456789")
orders = st.builds(
    VietQR,
    bin=st.text("0123456789", min_size=6, max_size=6),
    account=st.text(letters, min_size=1, max_size=19),
    amount_vnd=st.none() | st.integers(1, MAX_VND),
    purpose=st.just("") | st.builds(purpose_line, codes, st.text(max_size=30)),
    dynamic=st.booleans(),
) | st.builds(
    VietQR,
    bin=st.just("970403"),
    account=st.text("0123456789", min_size=1, max_size=19),
    target=st.just(Target.CARD),
)


def ids(verdict: str) -> list[str]:
    return [row["id"] for row in VECTORS.values() if row["verdict"] == verdict]


def payload(vector: str) -> str:
    return VECTORS[vector]["payload"]


def parsed(text: str) -> VietQR:
    qr = read(text)
    assert isinstance(qr, VietQR)
    return qr


@pytest.mark.parametrize(
    ("vector", "expected"),
    [
        ("N1b", VietQR("970403", "0011012345678", dynamic=False)),
        ("N2", VietQR("970403", "9704031101234567", target=Target.CARD, dynamic=False)),
        ("X2", VietQR("970416", "257678859", 10_000, "Chuyen tien")),
        # The notes of X6 and X8 say 123; their payloads, under a right CRC, say 40123.
        ("X6", VietQR("970422", "0023457923442", 40_123, "test text string")),
        ("X8", VietQR("970422", "0023457923442ASDFLJ", 40_123, "chuyen khoan alsdkf laksj")),
    ],
)
def test_published_codes_are_read_and_written_the_same(vector: str, expected: VietQR) -> None:
    assert read(payload(vector)) == expected
    assert write(expected) == payload(vector)


def test_a_bill_number_we_do_not_know_is_kept() -> None:
    qr = parsed(payload("N3"))
    assert (qr.amount_vnd, qr.purpose) == (180_000, "thanh toan don hang")
    assert qr.unknown == (("62.01", "NPS6869"),)


def test_a_wallet_code_without_purpose_is_read() -> None:
    qr = parsed(payload("M1"))
    assert (qr.bin, qr.account, qr.purpose) == ("971025", "PSP123456789000000", "")
    assert qr.unknown == (("62.05", "MOMOW2W12345678"),)


@pytest.mark.parametrize("vector", ids("accept"))
def test_every_vector_to_accept_is_accepted(vector: str) -> None:
    assert isinstance(read(payload(vector)), VietQR)


@pytest.mark.parametrize("vector", ids("not_vietqr"))
def test_other_schemes_are_not_vietqr(vector: str) -> None:
    found = read(payload(vector))
    assert isinstance(found, OtherEmv)
    assert ("59", "CELLPHONES") in found.fields


@pytest.mark.parametrize(("vector", "flaw"), [("N1", Flaw.NESTED_LENGTHS), ("B1", Flaw.WRONG_CRC)])
def test_every_vector_to_refuse_is_refused_with_its_reason(vector: str, flaw: Flaw) -> None:
    assert sorted(ids("refuse")) == ["B1", "N1"]
    with pytest.raises(BadQR) as raised:
        read(payload(vector))
    assert raised.value.flaw is flaw


THAI = "00020101021129370016A000000677010111011300668998765435802TH5303764"
BROKEN_38 = "0002013815A000000727 shop53037045802VN"


@pytest.mark.parametrize(
    ("text", "dynamic"),
    [
        (sealed(THAI), False),
        (sealed(THAI.replace("010211", "010212")), True),
        (sealed("0002015915SHOP A0000007275802SG5303702"), False),
        (sealed(f"000201{'26' + GOOD_38[2:]}53037045802VN"), False),
        (sealed(BROKEN_38), False),
    ],
)
def test_other_schemes_and_countries_are_read_as_what_they_are(text: str, dynamic: bool) -> None:
    found = read(text)
    assert isinstance(found, OtherEmv)
    assert found.dynamic is dynamic


def test_napas_may_be_named_after_the_receiver() -> None:
    odd = f"01{len(RECEIVER)}{RECEIVER}{TO_BANK}"
    assert parsed(sealed(f"00020138{len(odd)}{odd}53037045802VN")).account == "12345678"


def test_every_field_is_told_by_its_place() -> None:
    fields = fields_of(payload("N3"))
    assert fields["38.01.01"] == "0011012345678"
    assert (fields["54"], fields["62.01"], fields["63"]) == ("180000", "NPS6869", "2E2E")
    assert fields_of(sealed(BROKEN_38))["38"] == "A000000727 shop"


def test_a_lower_case_crc_is_fine() -> None:
    text = payload("N1b")
    assert read(text[:-4] + text[-4:].lower()) == read(text)


def test_a_code_may_leave_out_service_and_kind() -> None:
    assert read(sealed(f"000201{GOOD_38}53037045802VN")) == VietQR(
        "970403", "12345678", dynamic=False
    )


def test_an_amount_with_empty_decimals_is_read() -> None:
    assert parsed(sealed(f"000201{GOOD_38}5303704540865000.005802VN")).amount_vnd == 65_000


def test_merchant_fields_are_kept_as_unknown() -> None:
    text = sealed(f"000201{GOOD_38}53037045802VN5904CHOP")
    assert parsed(text).unknown == (("59", "CHOP"),)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        (sealed(f"000201{GOOD_38}53037045802VN") + "x", Flaw.TEXT_AFTER_CRC),
        (sealed(f"000201{GOOD_38}53037045802VN") + "5902AB", Flaw.TEXT_AFTER_CRC),
        (sealed(f"000201{GOOD_38}53037045802VN")[:-1], Flaw.NO_CRC),
        (f"000201{GOOD_38}53037045802VN", Flaw.NO_CRC),
        (sealed(f"000201{GOOD_38}53037045802VN5999CHOP"), Flaw.LENGTHS),
        (sealed(f"000201{GOOD_38}53037045802VN5900"), Flaw.LENGTHS),
        (sealed(f"000201{GOOD_38}53037045802VN62050899A"), Flaw.NESTED_LENGTHS),
        (sealed(f"000201{GOOD_38}{GOOD_38}53037045802VN"), Flaw.REPEATED),
        (sealed(f"000201{NO_ACCOUNT}53037045802VN"), Flaw.ACCOUNT),
        (sealed(f"0002013814{TO_BANK}53037045802VN"), Flaw.BANK),
        (sealed(f"000201{GOOD_38}53038405802VN"), Flaw.CURRENCY),
        (sealed(f"000201{GOOD_38}5802VN"), Flaw.CURRENCY),
        (sealed(f"000201{GOOD_38}53037045802US"), Flaw.COUNTRY),
        (sealed(f"000201010299{GOOD_38}53037045802VN"), Flaw.KIND),
        (sealed(f"000201{GOOD_38}530370454015802VN"), Flaw.LENGTHS),
        (sealed(f"000201{GOOD_38}5303704540105802VN"), Flaw.AMOUNT),
        (sealed(f"000201{GOOD_38}5303704540410.55802VN"), Flaw.AMOUNT),
        (sealed(f"000201{GOOD_38}530370454095000000005802VN"), Flaw.AMOUNT),
        (sealed(f"000201{GOOD_38}53037045402-55802VN"), Flaw.AMOUNT),
        (sealed(payload("N2")[:-8].replace("QRIBFTTC", "QRPUSH00")), Flaw.SERVICE),
    ],
)
def test_a_flawed_code_is_refused_with_its_reason(text: str, flaw: Flaw) -> None:
    with pytest.raises(BadQR) as raised:
        read(text)
    assert raised.value.flaw is flaw


@pytest.mark.parametrize("flaw", list(Flaw))
def test_each_flaw_is_told_in_its_own_sentence(flaw: Flaw) -> None:
    assert BadQR(flaw).text().endswith(".")
    assert BadQR(flaw).data == {"flaw": flaw.value}


@given(orders)
def test_what_is_written_reads_back(qr: VietQR) -> None:
    text = write(qr)
    assert text.isascii()
    assert read(text) == qr


@given(orders, st.data())
def test_any_changed_character_is_noticed(qr: VietQR, data: st.DataObject) -> None:
    text = write(qr)
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(min_codepoint=32, max_codepoint=126))
    changed = text[:at] + letter + text[at + 1 :]
    if changed.upper() != text.upper():
        with suppress(BadQR):
            assert isinstance(read(changed), OtherEmv)


@given(st.text() | st.text("0123456789A", max_size=80).map(lambda t: f"000201{TO_BANK}{t}"))
def test_any_text_is_answered(text: str) -> None:
    for candidate in (text, "000201" + text, GOOD_38 + text):
        with suppress(BadQR):
            assert isinstance(read(candidate), VietQR | OtherEmv)


@given(st.text("0123456789AVN ", max_size=60))
def test_any_sealed_body_is_answered(body: str) -> None:
    with suppress(BadQR):
        assert isinstance(read(sealed(f"000201{GOOD_38}{body}")), VietQR)


@pytest.mark.parametrize(
    ("qr", "flaw"),
    [
        (VietQR("97040", "1"), Flaw.BANK),
        (VietQR("９70403", "1"), Flaw.BANK),
        (VietQR("970403", ""), Flaw.ACCOUNT),
        (VietQR("970403", "1" * 20), Flaw.ACCOUNT),
        (VietQR("970403", "12 34"), Flaw.ACCOUNT),
        (VietQR("970403", "12AB", target=Target.CARD), Flaw.ACCOUNT),
        (VietQR("970403", "1", 0), Flaw.AMOUNT),
        (VietQR("970403", "1", MAX_VND + 1), Flaw.AMOUNT),
        (VietQR("970403", "1", 1, "chè"), Flaw.PURPOSE),
        (VietQR("970403", "1", 1, "a" * 26), Flaw.PURPOSE),
        (VietQR("970403", "1", 1, " a"), Flaw.PURPOSE),
        (VietQR("970403", "1", 1, "a\n"), Flaw.PURPOSE),
        (VietQR("970403", "1", unknown=(("59", "A"),)), Flaw.UNKNOWN_FIELDS),
    ],
)
def test_what_a_bank_app_may_misread_is_not_written(qr: VietQR, flaw: Flaw) -> None:
    with pytest.raises(BadQR) as raised:
        write(qr)
    assert raised.value.flaw is flaw


def test_a_purpose_begins_with_the_order_code_in_plain_letters() -> None:
    assert purpose_line("CPX7K3M9Q2", "Chè Đinh, Tân Cương 500g") == "CPX7K3M9Q2 Che Dinh Tan C"
    assert purpose_line("CPX7K3M9Q2") == "CPX7K3M9Q2"


@given(st.text())
def test_any_note_can_be_written(note: str) -> None:
    assert parsed(write(VietQR("970403", "1", 1, purpose(note)))).purpose == purpose(note)


@given(codes, st.text())
def test_every_purpose_can_be_written(code: str, note: str) -> None:
    line = purpose_line(code, note)
    assert line.startswith(code)
    assert parsed(write(VietQR("970403", "1", 1, line))).purpose == line


def test_a_purpose_under_a_wrong_code_is_an_error() -> None:
    with pytest.raises(ValueError, match="CPX7K3M9Q3"):
        purpose_line("CPX7K3M9Q3")
