"""What a letter of the web process says of targets: read whole or not at all.

Refuses more than a handful, ids that are none, and keys that would not travel as one word.
"""

import re
from collections.abc import Mapping

from livestream.media import restream_place
from livestream.media.restream_place import BadPlace
from livestream.media.restream_target import Wanted

MOST_TARGETS = 5
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
_KEY = re.compile(r"[!-~]{1,300}")


class BadTargets(Exception):
    """It is no list of targets. What was said is not repeated: there are keys in it."""


def read(said: object) -> tuple[Wanted, ...]:
    """The targets of a list of `{id, url, key}`.

    Raises:
        BadTargets: no such list, or something in it that cannot be.
    """
    if not isinstance(said, list) or len(said) > MOST_TARGETS:
        raise BadTargets()
    found = tuple(map(_wanted, said))
    if len({each.id for each in found}) < len(found):
        raise BadTargets()
    return found


def _wanted(said: object) -> Wanted:
    if not isinstance(said, Mapping):
        raise BadTargets()
    name, url, key = (said.get(each) for each in ("id", "url", "key"))
    if not (isinstance(name, str) and isinstance(url, str) and isinstance(key, str)):
        raise BadTargets()
    if not _ID.fullmatch(name) or not _KEY.fullmatch(key):
        raise BadTargets()
    try:
        return Wanted(name, restream_place.read(url), key)
    except BadPlace:
        raise BadTargets() from None
