"""QR pictures, read back by another reader."""

import io
import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from core import qr_image
from payments.qr import vietqr
from payments.qr.vietqr import VietQR

PAYLOADS = [
    vietqr.write(VietQR("999999", "101000000001", 130_000, "CPX7K3M9Q2")),
    "https://cho.example/receipts/check#" + "aB3-_" * 66,
]


def drawn(svg: str) -> Image.Image:
    """The SVG's one path as a picture, ten pixels a module."""
    found = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    assert found is not None
    side = int(found[1])
    picture = Image.new("L", (side * 10, side * 10), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        left, top = int(x) * 10, int(y) * 10
        pen.rectangle((left, top, left + int(width) * 10 - 1, top + 9), 0)
    return picture


def read(picture: Image.Image) -> str:
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_both_pictures_say_the_payload(payload: str) -> None:
    assert read(Image.open(io.BytesIO(qr_image.png(payload)))) == payload
    assert read(drawn(qr_image.svg(payload))) == payload


def test_the_picture_is_black_on_white_with_a_quiet_margin() -> None:
    picture = Image.open(io.BytesIO(qr_image.png(PAYLOADS[0])))
    assert picture.mode == "1"
    assert picture.crop((0, 0, picture.width, 40)).getextrema() == (255, 255)


def test_the_drawing_is_small() -> None:
    assert len(qr_image.svg(PAYLOADS[0])) < 12_000
