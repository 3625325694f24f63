"""The 92 communes and wards of Thái Nguyên, and the names they went by before July 2025.

People go on writing the old commune, district or town for years; a place is stored by its code only.
Refuses to guess: a name that two places share is not found unless the district beside it decides.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from core.errors import N_, DomainError
from core.text import clean_line, fold

MOST_LETTERS = 120
_HAMLET = re.compile(r"(xom|thon|to|to dan pho|so|so nha|duong|ngo) .*|[0-9].*")
_RANK = re.compile(r"\A(xa|phuong|thi tran|tt|huyen|x|p|h)\b\.? *(?=.)")
_CITY = re.compile(r"\A(thanh pho|tp|thi xa|tx)\b\.? *(?=.)")
_PROVINCE = re.compile(r"(tinh )?(thai nguyen|bac kan|bac can)")
_SPOKEN = {"lam vi": "lam vy", "na ry": "na ri", "bac can": "bac kan", "than xa": "than sa"}
"""Other spellings of the same name, folded."""

_OF_BAC_KAN = frozenset(
    ["bac kan", "ba be", "bach thong", "cho don", "cho moi", "na ri", "ngan son", "pac nam"]
)
"""The districts, folded, of the province that became part of Thái Nguyên in July 2025."""


KINDS = (N_("xã"), N_("phường"))
"""What a commune-level unit may be."""


@dataclass(frozen=True)
class Commune:
    """A commune-level unit: its five-digit code, name, and `kind` (`xã` or `phường`)."""

    code: str
    name: str
    kind: str

    @property
    def full_name(self) -> str:
        """`xã Tân Cương`, `phường Bắc Kạn`."""
        return f"{self.kind} {self.name}"


class UnknownCommune(DomainError):
    """No commune of the province goes by that name, or several did."""

    code = "unknown_commune"
    status = 422
    message = N_(
        "Chưa tìm thấy xã, phường “%(commune)s” ở Thái Nguyên. "
        "Bạn chọn trong danh sách, hoặc ghi thêm tên huyện cũ giúp nhé."
    )

    def __init__(self, commune: str) -> None:
        super().__init__(field="commune", commune=commune)


@dataclass(frozen=True)
class _Former:
    """A commune as it was: the district it lay in (folded; a city begins with `tp`) and its code now."""

    district: str
    code: str


def _read() -> list[dict[str, object]]:
    text = resources.files("catalog").joinpath("data/communes.json").read_text("utf-8")
    rows: list[dict[str, object]] = json.loads(text)
    return rows


_ROWS = _read()
COMMUNES: Mapping[str, Commune] = MappingProxyType(
    {
        commune.code: commune
        for row in sorted(_ROWS, key=lambda row: fold(str(row["name"])))
        for commune in [Commune(str(row["code"]), str(row["name"]), str(row["kind"]))]
    }
)
"""Every unit by its code, in the order of the alphabet. Source: the General Statistics Office's list
after resolution 1683/NQ-UBTVQH15 of 16 June 2025, in force from 1 July 2025."""


def find(text: str) -> Commune | None:
    """The commune somebody means, whatever they write; None if no name fits or several do.

    Case does not matter, nor do marks where they are not needed to tell two places apart, nor whether
    `xã`, `phường` or a hamlet stands before it or the district and province after it: `xom Hong Thai,
    xã tan cuong, TP Thái Nguyên`. Old names lead to what they belong to now (`Thịnh Đức` → Tân Cương), a
    name that several had only beside its old district (`Tân Long, Đồng Hỷ` → Quang Sơn). A name of today
    wins over an old one unless a district says
    otherwise. What comes after 120 letters is not read.
    """
    parts = _parts(text)
    for place, part in enumerate(parts):
        code = _code_of(_bare(part), parts[place + 1 :])
        if code:
            return COMMUNES[code]
    return None


def code_of(text: str) -> str:
    """The code of the commune somebody wrote, "" where nothing was written.

    Raises:
        UnknownCommune: something was written, and no commune is found for it.
    """
    if not text.strip():
        return ""
    found = find(text)
    if found is None:
        raise UnknownCommune(clean_line(text, MOST_LETTERS))
    return found.code


def commune_code_of(text: str) -> str:
    """As `find`, for words that are already stored (a seller's commune): its code, "" if unknown."""
    found = find(text)
    return found.code if found else ""


def name_of(code: str) -> str:
    """The name of a commune, "" for an unknown code."""
    return COMMUNES[code].name if code in COMMUNES else ""


def names_of(code: str) -> frozenset[str]:
    """Every name goods of a commune are asked for by: its own, those of the communes, districts and
    provinces it was part of; none for an unknown code."""
    return _all_names().get(code, frozenset())


def as_usually_spelled(name: str) -> str:
    """The usual spelling of a place's name, folded: `Bắc Cạn` → `bac kan`."""
    folded = fold(name)
    return _SPOKEN.get(folded, folded)


@cache
def _all_names() -> dict[str, frozenset[str]]:
    return {str(row["code"]): frozenset(_names_to_ask(row)) for row in _ROWS}


def _names_to_ask(row: dict[str, object]) -> Iterator[str]:
    yield from (str(row["name"]), "Thái Nguyên", *_names_of(row))
    for district, _ in _was(row):
        bare = _CITY.sub("", fold(district))
        yield bare
        if bare in _OF_BAC_KAN:
            yield "bac kan"


def _parts(text: str) -> list[str]:
    """What stands between the commas, in small letters and composed form, without the province."""
    cleaned = unicodedata.normalize("NFC", clean_line(text, MOST_LETTERS)).lower()
    parts = [" ".join(part.split()) for part in re.split(r"[,;]", cleaned)]
    named = [part for part in parts if part]
    return named[:-1] if len(named) > 1 and _PROVINCE.fullmatch(fold(named[-1])) else named


def _bare(part: str) -> str:
    """A name without its rank; a hamlet has none that counts."""
    folded = fold(part)
    if folded in _today() or folded in _formerly():
        return part
    bare = _CITY.sub("", _RANK.sub("", folded))
    if bare == folded and _HAMLET.fullmatch(folded):
        return ""
    return part[len(folded) - len(bare) :] if len(part) == len(folded) else bare


def _code_of(name: str, after: list[str]) -> str:
    """The one code of a name, by its marks if they tell it from others, else without."""
    return _told_by(name, after) or _told_by(as_usually_spelled(name), after)


def _told_by(name: str, after: list[str]) -> str:
    districts = {_district(fold(part)) for part in after}
    former = _formerly().get(name, ())
    beside = {one.code for one in former if one.district in districts}
    if len(beside) == 1:
        return beside.pop()
    named = _today().get(name) or {one.code for one in former}
    return next(iter(named)) if len(named) == 1 else ""


def _district(part: str) -> str:
    if _CITY.match(part):
        return "tp " + _CITY.sub("", part)
    return _RANK.sub("", part)


@cache
def _today() -> dict[str, frozenset[str]]:
    """The codes by name: with its marks, and without."""
    found: dict[str, frozenset[str]] = {}
    for code, commune in COMMUNES.items():
        for name in {commune.name.lower(), fold(commune.name)}:
            found[name] = found.get(name, frozenset()) | {code}
    return found


@cache
def _formerly() -> dict[str, tuple[_Former, ...]]:
    """What there was by name: with its marks, and without."""
    found: dict[str, tuple[_Former, ...]] = {}
    for row in _ROWS:
        for district, names in _was(row):
            for name in names:
                former = _Former(fold(district), str(row["code"]))
                for key in {name.lower(), fold(name)}:
                    found[key] = (*found.get(key, ()), former)
    return found


def _was(row: dict[str, object]) -> list[tuple[str, list[str]]]:
    was = row["was"]
    assert isinstance(was, dict)
    return list(was.items())


def _names_of(row: dict[str, object]) -> list[str]:
    return [name for _, names in _was(row) for name in names]
