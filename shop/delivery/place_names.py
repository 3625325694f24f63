"""The names communes, districts and provinces go by, today's and former ones, ready to be looked up."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from core.text import fold
from shop.delivery import places
from shop.delivery.places import Commune, Province


@dataclass(frozen=True)
class Name:
    """A name a commune goes by, and the districts and provinces (folded) that may stand behind it."""

    commune: Commune
    spelled: str
    districts: frozenset[str]
    provinces: frozenset[str]
    today: bool
    partly: bool


@cache
def index() -> dict[str, tuple[Name, ...]]:
    """Every name of a commune, folded, and whom it may mean."""
    found: dict[str, list[Name]] = {}
    for name in _names():
        found.setdefault(_folded(name.spelled), []).append(name)
    return {key: tuple(names) for key, names in found.items()}


def _names() -> Iterator[Name]:
    olds: dict[str, set[str]] = {}
    for one in places.formers():
        olds.setdefault(one.now.code, set()).add(_folded(one.district))
        in_provinces = _all_folded((one.province, one.now.province.name))
        in_districts = _all_folded((one.district,))
        yield Name(
            one.now, one.name.lower(), in_districts, in_provinces, today=False, partly=one.partly
        )
    for now in places.communes().values():
        of = _all_folded((now.province.name, *now.province.was))
        were = frozenset(olds.get(now.code, ()))
        yield Name(now, now.name.lower(), were, of, today=True, partly=False)


@cache
def _folded(name: str) -> str:
    return " ".join(re.findall(r"[\w']+", fold(name)))


@cache
def _all_folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_folded(name) for name in names)


@cache
def districts() -> frozenset[str]:
    """The districts there were, folded: people still write them."""
    return frozenset({_folded(one.district) for one in places.formers()})


@cache
def provinces() -> Mapping[str, Province]:
    """Each province by its names, folded: of today, and of those it was made of."""
    return {
        _folded(name): one for one in places.provinces().values() for name in (*one.was, one.name)
    }
