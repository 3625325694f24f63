"""Taking in what a phone sends: looked at by its first bytes, stored as it came, answered at once.

Nothing is decoded here. Called by edges before their write, because the storage may be another machine;
whatever is stored without getting a row goes again (`throw_away`, and `cleaning` for the rest).
"""

from catalog.photos.album import SentPhoto
from catalog.photos.errors import CutOffPhoto
from catalog.photos.facts import FORMATS, original_key
from catalog.photos.headers import look
from core.ids import new_id
from core.storage import StorageAway, storage

MOST_BYTES = 12 * 1024 * 1024
"""A file of a 12-megapixel phone is 3 to 6 MB; pages send less than 1 MB (`catalog/frontend/photos.js`)."""

_TYPES = {"jpeg": FORMATS["jpg"], "png": "image/png", "webp": FORMATS["webp"]}


def receive(content: bytes) -> SentPhoto:
    """Look at a picture and store it under a fresh id; `album.add` makes a row of it.

    Raises:
        BadPhoto: it is no picture we take; the class says why. StorageAway: it could not be stored.
    """
    if not content:
        raise CutOffPhoto()
    kind = look(content).kind
    sent = SentPhoto(new_id(), kind)
    storage().put(original_key(sent.id), content, _TYPES[kind])
    return sent


def throw_away(sent: SentPhoto) -> None:
    """Forget what was stored but got no row; if the storage is away, the sweep finds it later."""
    try:
        storage().delete([original_key(sent.id)])
    except StorageAway:
        return
