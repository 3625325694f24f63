"""Papers made of paragraphs: words made safe to print, the ruled list, the file of a story.

Refuses to know what is written; what is drawn to the point has a pen of its own (`shop.packing.drawing`).
"""

import io
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable, SimpleDocTemplate, TableStyle

from core.letters import printable

MARGIN = 42.0
"""What stays white around a sheet of A4, in points."""
ROOM = A4[0] - 2 * MARGIN
"""How wide the words on it may be, in points."""
RULED = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(0xD8D5C8)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ]
)
"""A list as wide as the sheet, a thin line under each row."""


def words(text: str) -> str:
    """`text` as a `Paragraph` takes it: nothing in it is markup, and its lines stay apart."""
    return "<br/>".join(escape(printable(line)) for line in text.split("\n"))


def built(
    story: list[Flowable],
    title: str,
    page: tuple[float, float] = A4,
    margin: float = MARGIN,
) -> bytes:
    """Build the PDF of a story, over as many pages as it needs; slow, so run it in a lane (core.off_loop).

    `title` is what a reader's window says. `page` (width, height) and `margin` are points. The letters must
    be known already (`core.letters.letters`); a story can be built once.
    """
    file = io.BytesIO()
    paper = SimpleDocTemplate(
        file,
        pagesize=page,
        title=title,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=margin,
    )
    paper.build(story)
    return file.getvalue()
