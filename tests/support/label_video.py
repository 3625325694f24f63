"""A film of a label before a phone's camera, for Chromium's fake one (`--use-file-for-fake-video-capture`).

One second of a still picture in YUV4MPEG2, which Chromium plays for ever: the label lies a little aslant on
grey paper, smaller than the picture, as somebody holds it.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image

from core import qr_image

_WIDTH, _HEIGHT, _LABEL = 640, 480, 260
_PAPER, _FRAMES = 170, 10


def film(path: Path, text: str) -> None:
    """Write the film of a label that says `text`."""
    with Image.open(BytesIO(qr_image.png(text))) as code:
        label = code.convert("L").resize((_LABEL, _LABEL))
    turned = label.rotate(7, expand=True, fillcolor=_PAPER, resample=Image.Resampling.BILINEAR)
    picture = Image.new("L", (_WIDTH, _HEIGHT), _PAPER)
    picture.paste(turned, ((_WIDTH - turned.width) // 2, (_HEIGHT - turned.height) // 2))
    no_colour = bytes([128]) * (_WIDTH * _HEIGHT // 2)
    frame = b"FRAME\n" + picture.tobytes() + no_colour
    head = f"YUV4MPEG2 W{_WIDTH} H{_HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + frame * _FRAMES)
