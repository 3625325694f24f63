"""The dated list of BINs."""

import datetime

from payments.qr.banks import BANKS, DEMO_BIN


def test_every_bin_is_six_digits_and_dated() -> None:
    for bin_, bank in BANKS.items():
        assert len(bin_) == 6
        assert bin_.isdigit()
        assert bank.short_name
        assert datetime.date.fromisoformat(bank.as_of)


def test_banks_farmers_use_are_listed() -> None:
    assert BANKS["970405"].short_name == "Agribank"
    assert BANKS["970446"].can_send


def test_receive_only_banks_are_told_apart() -> None:
    assert not BANKS["970408"].can_send


def test_no_bank_has_the_demo_bin() -> None:
    assert DEMO_BIN not in BANKS
