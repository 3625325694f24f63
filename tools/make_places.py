"""Makes `shop/delivery/data/places.tsv`: every commune of Vietnam, and what it was before July 2025.

Names and what became of the old units come from `vietnamadminunits` 1.0.4 (MIT), codes from the list of the
General Statistics Office as `vietnam-provinces` carries it (114 of the first are provisional). Both are
only read here: `pip download --no-deps` them, unzip both into one folder and name it. Refuses to leave a
unit out: each of the one list has to stand in the other.
"""

import json
import sqlite3
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_OUT = Path(__file__).parent.parent / "shop/delivery/data/places.tsv"
_SAME = {
    "oà": "òa",
    "oá": "óa",
    "oạ": "ọa",
    "oả": "ỏa",
    "uỷ": "ủy",
    "uý": "úy",
    "uỳ": "ùy",
    "’": "'",
    "–": "-",
}
_UNITS = """SELECT province, provinceShort, provinceKey, ward, wardShort, wardType, wardKey
    FROM admin_units ORDER BY provinceCode, wardShort"""
_LEGACY = """SELECT provinceKey, districtKey, coalesce(wardKey, ''),
    provinceShort, districtShort, coalesce(wardShort, '') FROM admin_units_legacy"""
_HEADER = """# Provinces and communes of Vietnam since 1 July 2025, and what they were: code, name, kind, then
# for a province its old ones, for a commune `old province|old district|old communes` (~: a part of it).
# Made by tools/make_places.py from vietnamadminunits 1.0.4, MIT License, (c) 2025 Tran Ngoc Minh Hieu.
"""

Old = tuple[str, str, str]
Former = dict[tuple[str, str], dict[tuple[str, str], list[str]]]


def main(folder: Path) -> None:
    """Write the table from the two packages unzipped in `folder`."""
    data = folder / "vietnamadminunits/data"
    was = json.loads((data / "converter_2025.json").read_text("utf-8"))
    codes = _codes(folder / "vietnam_provinces/data/nested-divisions.json")
    with closing(sqlite3.connect(data / "dataset.db")) as table:
        units: list[tuple[str, ...]] = table.execute(_UNITS).fetchall()
        legacy = {"_".join(row[:3]): (row[3], row[4], row[5]) for row in table.execute(_LEGACY)}
    former = _former(was, legacy)
    old_names = {key.partition("_")[0]: names[0] for key, names in legacy.items()}
    lines = []
    for full, short, key in dict.fromkeys(unit[:3] for unit in units):
        kind = "thành phố" if full.startswith("Thành phố") else "tỉnh"
        old = ";".join(sorted(old_names[one] for one in was["DICT_PROVINCE"][key]))
        lines.append(f"{codes[_plain(short)]:02d}\t{short}\t{kind}\t{old}\n")
        lines += _communes([unit for unit in units if unit[2] == key], codes, former)
    _OUT.write_text(_HEADER + "".join(lines), "utf-8")


def _communes(units: list[tuple[str, ...]], codes: dict[str, int], former: Former) -> Iterator[str]:
    for _, province, province_key, ward, name, rank, ward_key in units:
        code = codes[f"{_plain(province)}/{_plain(ward)}"]
        was = former.get((province_key, ward_key), {})
        olds = [f"{old[0]}|{old[1]}|{';'.join(names)}" for old, names in was.items()]
        yield "\t".join([f"{code:05d}", name, rank.lower(), *olds]) + "\n"


def _former(was: dict[str, dict[str, dict[str, list[object]]]], legacy: dict[str, Old]) -> Former:
    """By province and commune of today (their keys), by old province and district: old communes."""
    found: Former = defaultdict(lambda: defaultdict(list))
    for province, communes in was["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for now, olds in communes.items():
            for old in olds:
                _add(found[province, now], legacy[str(old)], "")
    for province, communes in was["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in communes.items():
            for part in parts:
                assert isinstance(part, dict)
                mark = "" if part["isDefaultNewWard"] else "~"
                _add(found[province, part["newWardKey"]], legacy[key], mark)
    return found


def _add(districts: dict[tuple[str, str], list[str]], old: Old, mark: str) -> None:
    province, district, ward = (name.partition(" (")[0] for name in old)
    names = districts.setdefault((province, district), [])
    if ward:
        names.append(mark + ward)


def _codes(path: Path) -> dict[str, int]:
    codes = {}
    for province in json.loads(path.read_text("utf-8")):
        short = _plain(province["name"].removeprefix("Thành phố ").removeprefix("Tỉnh "))
        codes[short] = province["code"]
        for ward in province["wards"]:
            codes[f"{short}/{_plain(ward['name'])}"] = ward["code"]
    return codes


def _plain(name: str) -> str:
    """A name to compare by: composed, one space, tone marks where most people put them."""
    text = " ".join(unicodedata.normalize("NFC", name).lower().split())
    for old, new in _SAME.items():
        text = text.replace(old, new)
    return text


if __name__ == "__main__":
    main(Path(sys.argv[1]))
