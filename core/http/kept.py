"""Which of the desk's pages open without a network, and the built files they need.

The packages that own such pages say so when they are wired; the worker's script tells the phone. Refuses
to keep anything else: a page that is not named here is always the market's, never a copy.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """Patterns of paths (as a browser reads them, each for a whole path) and names of built files."""

    pages: tuple[str, ...]
    assets: tuple[str, ...]


_pages: list[str] = []
_assets: list[str] = []


def keep(page: str, *assets: str) -> None:
    """Have phones keep the pages whose path matches `page`, with their built files; said twice, once."""
    for known, said in ((_pages, (page,)), (_assets, assets)):
        known.extend(one for one in said if one not in known)


def kept() -> Kept:
    """All that is to be kept, in the order it was said."""
    return Kept(tuple(_pages), tuple(_assets))
