"""Every commune of Vietnam (34 provinces, 3,321 communes) and what each was before July 2025.

A place is stored by its code only. Refuses to read sentences: what somebody typed is `addresses`' to
understand. Source: `data/places.tsv` (ADR 0022), after Decision 19/2025/QĐ-TTg of 30 June 2025.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from core.text import fold

COMMUNE_DIGITS = 5
_LEAST_LETTERS = 2


@dataclass(frozen=True)
class Province:
    """A province or city: its two-digit code, name, `kind`, and the old ones it was made of."""

    code: str
    name: str
    kind: str
    was: tuple[str, ...]


@dataclass(frozen=True)
class Commune:
    """A commune: its five-digit code, name, `kind` (`xã`, `phường`, `đặc khu`) and province."""

    code: str
    name: str
    kind: str
    province: Province

    @property
    def full_name(self) -> str:
        """`xã Tân Cương, Thái Nguyên`."""
        return f"{self.kind} {self.name}, {self.province.name}"


@dataclass(frozen=True)
class Former:
    """A commune as it was, and the one it belongs to now; `partly` if only a part of it does.

    What was divided stands several times, at its largest part without `partly`.
    """

    name: str
    district: str
    province: str
    now: Commune
    partly: bool

    @property
    def full_name(self) -> str:
        """`Phúc Xuân, Thái Nguyên, Thái Nguyên`: old commune, district and province."""
        return ", ".join(part for part in (self.name, self.district, self.province) if part)


@dataclass(frozen=True)
class _Table:
    provinces: Mapping[str, Province]
    communes: Mapping[str, Commune]
    formers: tuple[Former, ...]


def provinces() -> Mapping[str, Province]:
    """Every province by its code."""
    return _table().provinces


def communes() -> Mapping[str, Commune]:
    """Every commune by its code, province by province."""
    return _table().communes


def formers() -> tuple[Former, ...]:
    """Every old commune, with where it belongs now."""
    return _table().formers


def province_of(code: str) -> str:
    """The province of a commune, by their codes; "" for an unknown commune."""
    found = communes().get(code)
    return found.province.code if found else ""


def name_of(code: str) -> str:
    """A commune with its province, or a province, by its code; "" for an unknown one."""
    commune = communes().get(code)
    if commune:
        return commune.full_name
    province = provinces().get(code)
    return province.name if province else ""


@cache
def _table() -> _Table:
    known: dict[str, Province] = {}
    found: dict[str, Commune] = {}
    formerly: list[Former] = []
    province = Province("", "", "", ())
    for code, name, kind, *was in _rows():
        if len(code) == COMMUNE_DIGITS:
            found[code] = Commune(code, name, kind, province)
            formerly += _formers(found[code], was)
        else:
            province = Province(code, name, kind, tuple(was[0].split(";")))
            known[code] = province
    return _Table(MappingProxyType(known), MappingProxyType(found), tuple(formerly))


def _rows() -> Iterator[list[str]]:
    text = resources.files("shop").joinpath("delivery/data/places.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _formers(now: Commune, groups: list[str]) -> Iterator[Former]:
    for group in groups:
        province, district, names = group.split("|")
        for name in filter(None, names.split(";")):
            yield Former(name.lstrip("~"), district, province, now, name.startswith("~"))


@cache
def _beginnings() -> tuple[tuple[str, str, Commune, str], ...]:
    """Each name to begin typing, folded, with all that may be added to it, its commune, its old name."""
    today = [
        (fold(one.name), fold(f"{one.name} {one.kind} {one.province.name}"), one, "")
        for one in communes().values()
    ]
    before = [
        (fold(one.name), fold(one.full_name), one.now, one.full_name)
        for one in formers()
        if not one.partly and one.name != one.now.name
    ]
    return (*today, *before)


@dataclass(frozen=True)
class Suggestion:
    """A commune for somebody who is typing; `was` is the old name that led to it, "" for today's."""

    commune: Commune
    was: str


def suggest(text: str, home: str, most: int = 8) -> tuple[Suggestion, ...]:
    """At most `most` communes whose name, of today or before, begins as `text` does.

    After a comma follows what narrows it down: a province, an old district. Those of the province `home`
    (a code) stand first, then names of today. Fewer than two letters suggest nothing.
    """
    name, *rest = [_bare(part) for part in fold(text).split(",")]
    if len(name) < _LEAST_LETTERS:
        return ()
    fitting = [
        (one[2].province.code != home, bool(one[3]), one[0] != name, one[0], one)
        for one in _beginnings()
        if one[0].startswith(name) and all(part in one[1] for part in rest)
    ]
    found: dict[str, Suggestion] = {}
    for *_, (_, _, commune, was) in sorted(fitting, key=lambda one: one[:4]):
        found.setdefault(commune.code, Suggestion(commune, was))
        if len(found) == most:
            break
    return tuple(found.values())


def _bare(part: str) -> str:
    words = part.split()
    while words and words[0] in {"xa", "phuong", "x", "p", "thi", "tran", "tt", "dac", "khu"}:
        words = words[1:]
    return " ".join(words)
