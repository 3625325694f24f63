"""What a page shows, as a picture an independent reader can look at."""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, expect


def picture_of(place: Locator) -> Image.Image:
    """The loaded picture as the browser paints it, scrolled to where nothing covers it."""
    expect(place).to_have_js_property("complete", True)
    place.evaluate("picture => picture.decode()")
    place.evaluate("picture => picture.scrollIntoView({block: 'center'})")
    return Image.open(io.BytesIO(place.screenshot(animations="disabled"))).convert("L")


def read_qr(picture: Image.Image) -> str:
    """What the only code in the picture says, read by zxing."""
    found = zxingcpp.read_barcodes(picture)
    assert len(found) == 1, f"{len(found)} codes in the picture"
    return str(found[0].text)
