"""The kinds of produce the market knows: what a farmer picks instead of filling in a form.

Why: a kind brings its base unit, drawing and season, and makes prices of one thing comparable between
sellers (`catalog.market_prices`). Refuses to be a tree of categories: one word each, as people call it.
Seasons are the usual months of harvest in Thái Nguyên; a product's own season wins over its kind's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.errors import N_
from core.quantity import BaseUnit
from core.text import fold


@dataclass(frozen=True)
class Kind:
    """A kind: code, Vietnamese name (a gettext msgid), what it is counted in, drawing, season, other names.

    `months` are first and last month of the usual harvest (1–12; may run over the new year), or None
    for all year. `also` are folded words by which people name it; `pack` the usual pack, (size, word).
    """

    code: str
    name: str
    base_unit: BaseUnit
    art: str
    months: tuple[int, int] | None
    pack: tuple[int, str]
    also: tuple[str, ...] = ()

    def in_season(self, month: int) -> bool:
        """Whether `month` (1–12) is of its usual season; what grows all year always is."""
        if self.months is None:
            return True
        first, last = self.months
        return first <= month <= last if first <= last else month >= first or month <= last


_G, _ML, _PIECE = BaseUnit.G, BaseUnit.ML, BaseUnit.PIECE
_GOI, _KG, _QUA = (200, "gói"), (1000, "kg"), (1, "quả")
_LIST = (
    Kind(
        "che_moc_cau", N_("Chè móc câu"), _G, "tea", (3, 11), _GOI, ("che moc cau", "tra moc cau")
    ),
    Kind(
        "che_nom_tom",
        N_("Chè nõn tôm"),
        _G,
        "tea",
        (3, 11),
        _GOI,
        ("nom tom", "non tom", "tom non"),
    ),
    Kind("che_dinh", N_("Chè đinh"), _G, "tea", (3, 11), (100, "hộp"), ("che dinh", "tra dinh")),
    Kind(
        "che_bup", N_("Chè búp khô"), _G, "tea", (3, 11), _GOI, ("che bup", "che non", "che xanh")
    ),
    Kind("che_uop_hoa", N_("Chè ướp hoa"), _G, "tea", None, (100, "hộp"), ("che uop", "che sen")),
    Kind("che_tui_loc", N_("Trà túi lọc"), _G, "tea", None, (50, "hộp"), ("tui loc",)),
    Kind("bot_tra", N_("Bột trà xanh"), _G, "tea", None, (100, "hũ"), ("bot tra", "matcha")),
    Kind("che_tuoi", N_("Chè tươi (búp hái)"), _G, "tea", (3, 11), _KG, ("che tuoi", "bup tuoi")),
    Kind("na", N_("Na"), _G, "custard-apple", (7, 10), _KG, ("na dai", "na bo", "na la hien")),
    Kind("mien_dong", N_("Miến dong"), _G, "glass-noodles", None, (500, "gói"), ("mien",)),
    Kind("mat_ong", N_("Mật ong"), _ML, "honey", None, (500, "chai"), ("mat ong",)),
    Kind("gao", N_("Gạo"), _G, "rice", None, (5000, "túi"), ("gao", "nep", "bao thai")),
    Kind(
        "hong", N_("Hồng"), _G, "persimmon", (9, 12), _KG, ("hong khong hat", "hong gion", "hong")
    ),
    Kind("bi", N_("Bí"), _G, "squash", (9, 2), _KG, ("bi xanh", "bi do", "bi thom", "bi")),
    Kind("banh_chung", N_("Bánh chưng"), _PIECE, "banh-chung", None, (1, "chiếc"), ("banh chung",)),
    Kind(
        "banh",
        N_("Bánh, bún khô"),
        _G,
        "rice",
        None,
        (500, "gói"),
        ("banh da", "bun kho", "my gao"),
    ),
    Kind("ga", N_("Gà"), _G, "chicken", None, _KG, ("ga doi", "ga trong", "ga ta", "ga")),
    Kind("trung", N_("Trứng"), _PIECE, "chicken", None, (10, "chục"), ("trung ga", "trung")),
    Kind("bot_nghe", N_("Tinh bột nghệ"), _G, "turmeric", None, (200, "hộp"), ("bot nghe",)),
    Kind("nghe", N_("Nghệ"), _G, "turmeric", (11, 3), _KG, ("nghe tuoi", "nghe")),
    Kind("nam_huong", N_("Nấm hương"), _G, "mushrooms", None, _GOI, ("nam huong", "nam dong co")),
    Kind("moc_nhi", N_("Mộc nhĩ"), _G, "mushrooms", None, _GOI, ("moc nhi", "nam meo")),
    Kind("nam_lim", N_("Nấm lim, linh chi"), _G, "mushrooms", None, _GOI, ("nam lim", "linh chi")),
    Kind("nam", N_("Nấm khác"), _G, "mushrooms", None, _GOI, ("nam",)),
    Kind("rau", N_("Rau"), _G, "herbs", None, (300, "bó"), ("rau bo khai", "rau ngot", "rau")),
    Kind(
        "thao_duoc",
        N_("Thảo dược"),
        _G,
        "herbs",
        None,
        _GOI,
        ("giao co lam", "che day", "la tam", "xa den"),
    ),
    Kind(
        "lac", N_("Lạc, đỗ"), _G, "rice", (6, 11), _KG, ("lac do", "do xanh", "do den", "dau xanh")
    ),
    Kind("buoi", N_("Bưởi"), _PIECE, "custard-apple", (10, 1), _QUA, ("buoi",)),
    Kind("oi", N_("Ổi"), _G, "custard-apple", None, _KG, ("oi linh nham", "oi")),
    Kind("nhan", N_("Nhãn"), _G, "custard-apple", (7, 9), _KG, ("nhan",)),
    Kind("vai", N_("Vải"), _G, "custard-apple", (5, 7), _KG, ("vai thieu", "vai")),
    Kind("mang", N_("Măng"), _G, "herbs", (4, 9), _GOI, ("mang kho", "mang tuoi", "mang")),
    Kind("tuong", N_("Tương, gia vị"), _ML, "honey", None, (500, "chai"), ("tuong", "mam")),
    Kind("khac", N_("Món khác"), _G, "herbs", None, _KG),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.code: kind for kind in _LIST})
"""Every kind by its code, the commonest here first; `khac` is for what has none."""

_KEEPS_DAYS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("che_moc_cau", "che_nom_tom", "che_dinh", "che_bup", "che_tui_loc"), 365),
        **dict.fromkeys(("che_uop_hoa", "bot_tra", "thao_duoc", "tuong", "gao", "banh"), 180),
        **dict.fromkeys(("nam_huong", "moc_nhi"), 180),
        **dict.fromkeys(("mien_dong", "mat_ong", "bot_nghe", "nam_lim"), 365),
        **dict.fromkeys(("na", "oi", "nhan", "vai"), 4),
        **dict.fromkeys(("banh_chung", "nam", "mang"), 5),
        **dict.fromkeys(("trung", "nghe"), 14),
        "che_tuoi": 3,
        "ga": 2,
        "rau": 3,
        "hong": 7,
        "buoi": 20,
        "bi": 30,
        "lac": 90,
    }
)
"""How many days goods of a kind keep at least, from harvest or packing: on the safe side, as a seller of
each would say of goods kept dry or cool. A product's own number and a lot's own day win over it."""

_ALIASES = sorted(
    ((alias, kind) for kind in _LIST for alias in {fold(kind.name), *map(fold, kind.also)}),
    key=lambda pair: (-len(pair[0]), pair[0]),
)


def guess(name: str) -> Kind | None:
    """The kind a product's name speaks of, or None: `Chè móc câu Tân Cương` → `che_moc_cau`.

    What is named first wins (`nghệ ngâm mật ong` is nghệ), then the longest of names that begin there;
    whole words only, marks and case do not matter.
    """
    words = f" {' '.join(fold(name).split())} "
    found = [(words.find(f" {alias} "), kind) for alias, kind in _ALIASES]
    named = [(place, kind) for place, kind in found if place >= 0]
    return min(named, key=lambda pair: pair[0])[1] if named else None


def keeps_days(code: str) -> int | None:
    """How many days goods of a kind usually keep, on the safe side; None where that cannot be said."""
    return _KEEPS_DAYS.get(code)


def name_of(code: str) -> str:
    """The Vietnamese name of a kind, or "" for one that is not known (or not said)."""
    kind = KINDS.get(code)
    return kind.name if kind else ""
