"""Ten thousand codes of ours as a stranger's program reads them, and a sample of them as pictures."""

import io
import random
from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image
from vietnam_qr_pay import QRPay

from core import qr_image
from core.money import MAX_VND
from payments.qr.vietqr import PURPOSE_LENGTH, Target, VietQR, purpose, read, write
from tests.support import emv

SEED = 20_261_122
CODES, PICTURES = 10_000, 60
DIGITS = "0123456789"
LETTERS = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def some_codes(count: int) -> Iterator[VietQR]:
    """Accounts and cards of every length, with and without a sum and a note; always the same ones."""
    dice = random.Random(SEED)
    for at in range(count):
        target = Target.CARD if at % 4 == 3 else Target.ACCOUNT
        letters = DIGITS if target is Target.CARD else LETTERS
        amount_vnd = dice.choice([None, dice.randint(1, 999), dice.randint(1, MAX_VND), MAX_VND])
        note = "".join(dice.choices(LETTERS + " ", k=dice.randint(0, PURPOSE_LENGTH)))
        yield VietQR(
            bin="".join(dice.choices(DIGITS, k=6)),
            account="".join(dice.choices(letters, k=dice.randint(1, 19))),
            amount_vnd=amount_vnd,
            purpose=purpose(note),
            target=target,
            dynamic=amount_vnd is not None,
        )


def strangers_reading(text: str) -> VietQR:
    """What `vietnam-qr-pay`, another people's library, finds in a code."""
    found = QRPay(text)
    assert found.is_valid
    return VietQR(
        bin=found.consumer.bank_bin,
        account=found.consumer.bank_number,
        amount_vnd=int(found.amount) if found.amount else None,
        purpose=found.additional_data.purpose or "",
        target=Target(found.provider.service),
        dynamic=found.init_method == "12",
    )


def test_a_strangers_program_reads_ten_thousand_codes_as_they_were_meant() -> None:
    for meant in some_codes(CODES):
        text = write(meant)
        assert read(text) == meant == strangers_reading(text)


def test_a_strangers_program_writes_the_same_ten_thousand_codes() -> None:
    for meant in some_codes(CODES):
        theirs = QRPay.init_viet_qr(
            bank_bin=meant.bin,
            bank_number=meant.account,
            amount=None if meant.amount_vnd is None else str(meant.amount_vnd),
            purpose=meant.purpose or None,
        )
        theirs.provider.service = meant.target.value
        assert theirs.build() == write(meant)


def test_the_check_sum_is_right_bit_by_bit() -> None:
    for meant in some_codes(200):
        text = write(meant)
        assert int(text[-4:], 16) == emv.crc16(text[:-4].encode())


@pytest.mark.parametrize("meant", list(some_codes(PICTURES)), ids=range(PICTURES))
def test_a_picture_says_what_was_asked(meant: VietQR) -> None:
    text = write(meant)
    picture = Image.open(io.BytesIO(qr_image.png(text)))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == text
