"""The outer form of payment codes."""

import pytest

from payments.qr.emv import MOST_CHARACTERS, BadQR, Flaw, crc16, message, sealed


def flaw_of(text: str) -> Flaw:
    with pytest.raises(BadQR) as raised:
        message(text)
    return raised.value.flaw


def test_the_crc_is_the_published_one() -> None:
    assert crc16(b"123456789") == 0x29B1


def test_fields_come_in_their_order_without_the_check_sum() -> None:
    assert message(sealed("0002015802VN5904CHÈ ")) == [
        ("00", "01"),
        ("58", "VN"),
        ("59", "CHÈ "),
    ]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", Flaw.EMPTY),
        (" ", Flaw.NOT_EMV),
        ("https://example.org", Flaw.NOT_EMV),
        ("00020", Flaw.NOT_EMV),
        (sealed("000202"), Flaw.NOT_EMV),
        (" " + sealed("000201"), Flaw.NOT_EMV),
        ("000201" + "5999" + "A" * MOST_CHARACTERS, Flaw.NOT_EMV),
        ("000201", Flaw.NO_CRC),
        (sealed("0002015902A\x00"), Flaw.CHARACTERS),
        ("0002015902A\ud800", Flaw.CHARACTERS),
        (sealed("000201") + " ", Flaw.TEXT_AFTER_CRC),
        (sealed("0002015902AB5902AB"), Flaw.REPEATED),
        (sealed("00020159٠٢AB"), Flaw.LENGTHS),
    ],
)
def test_what_is_no_sound_code_is_refused_with_its_reason(text: str, flaw: Flaw) -> None:
    assert flaw_of(text) is flaw
