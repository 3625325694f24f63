"""`IN` lists with a fixed number of places, for statements on busy paths.

SQLAlchemy writes an expanding `IN` anew for each execution, half a millisecond for 32 values; a list with
a fixed number of places is compiled once. A list is filled up by repeating its last value.
"""

from collections.abc import Sequence

from sqlalchemy import BindParameter, bindparam


def size_for(count: int) -> int:
    """The places of the list that takes `count` values: a power of two, so that few statements do."""
    return 1 << max(0, count - 1).bit_length()


def places(name: str, size: int) -> list[BindParameter[str]]:
    """The parameters `name0`, `name1` … of a list with `size` places."""
    return [bindparam(f"{name}{place}") for place in range(size)]


def placed(name: str, values: Sequence[str], size: int) -> dict[str, str]:
    """What fills the places of such a list; there are 1 to `size` values."""
    filled = [*values, *[values[-1]] * (size - len(values))]
    return {f"{name}{place}": value for place, value in enumerate(filled)}
