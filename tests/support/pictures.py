"""What a page shows, as a picture an independent reader can look at."""

import io

from PIL import Image
from playwright.sync_api import Locator, expect


def picture_of(place: Locator) -> Image.Image:
    """The loaded picture as the browser paints it, scrolled to where nothing covers it."""
    expect(place).to_have_js_property("complete", True)
    place.evaluate("picture => picture.decode()")
    place.evaluate("picture => picture.scrollIntoView({block: 'center'})")
    return Image.open(io.BytesIO(place.screenshot(animations="disabled"))).convert("L")
