"""What there is to know of a photo: whose it is, of what, how far, and where its copies are.

Pure. The widths and formats are named here once: whoever makes, shows or serves copies asks here.
"""

from dataclasses import dataclass

WIDTHS = (320, 640, 1280)
"""The widths copies are made in, px; none is wider than what was sent."""
FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
"""By the ending of an address: the content type. Smallest first, the last one for every browser."""
COPY_NAMES = tuple(f"{width}.{ending}" for width in WIDTHS for ending in FORMATS)
"""What copies are called, in addresses and in the storage."""
MOST_OF_ONE = 8
"""How many photos one thing can have."""
KINDS = ("product", "lot", "certificate", "draft", "case", "campaign", "live")


@dataclass(frozen=True)
class Subject:
    """What a photo is of: its kind (one of `KINDS`) and id.

    A `draft` is something whose form is still being filled in: its id is made with the form, belongs to
    the seller who sends it first, and `album.adopt` gives its photos to what becomes of it. A `case` is
    evidence somebody sent about a seller's goods: the seller sees it and cannot change it.
    """

    kind: str
    id: str


def draft(draft_id: str) -> Subject:
    """What will get its own id when its form is sent."""
    return Subject("draft", draft_id)


@dataclass(frozen=True)
class PhotoFacts:
    """A photo: `state` is waiting, ready or failed (`why` then is a code of `photos.errors`).

    `width` and `height` are of the largest copy, px, 0 before it is ready; `position` orders the photos
    of one subject, the first one stands for it.
    """

    id: str
    seller_id: str
    subject: Subject
    position: int
    state: str
    why: str = ""
    width: int = 0
    height: int = 0

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"

    def url(self, width: int = 640, ending: str = "jpg") -> str:
        """Where a copy about `width` wide is; the widest there is, if there is none so wide."""
        fitting = [name for name, _ in copies(self.width) if name <= width]
        return _address(self.id, fitting[-1] if fitting else WIDTHS[0], ending)

    def srcset(self, ending: str, widest: int = WIDTHS[-1]) -> str:
        """The copies up to `widest` in one format, as a `srcset` wants it."""
        return ", ".join(
            f"{_address(self.id, name, ending)} {pixels}w"
            for name, pixels in copies(self.width)
            if name <= max(widest, WIDTHS[0])
        )


def copies(width: int) -> list[tuple[int, int]]:
    """Of a picture `width` px wide: the copies it has, as (name, real width in px).

    Never enlarged: 500 px give a copy called 320 and one called 640 that has 500.
    """
    enough = next((place for place, name in enumerate(WIDTHS) if name >= width), len(WIDTHS) - 1)
    return [(name, min(name, width)) for name in WIDTHS[: enough + 1]]


def original_key(photo_id: str) -> str:
    """Where what was sent lies until its copies are made."""
    return f"incoming/{photo_id}"


def copy_key(photo_id: str, name: str) -> str:
    """Where the copy called `name` (one of `COPY_NAMES`) lies."""
    return f"photos/{photo_id}/{name}"


def all_keys(photo_id: str) -> list[str]:
    """Everything that may lie of a photo."""
    return [original_key(photo_id), *(copy_key(photo_id, name) for name in COPY_NAMES)]


def _address(photo_id: str, name: int, ending: str) -> str:
    return f"/photos/{photo_id}/{name}.{ending}"
