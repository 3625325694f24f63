"""A report in words: what page, CSV and PDF show, in the language of the request.

Every figure comes with its meaning from `definitions`; none is written down a second time.
"""

from dataclasses import dataclass

from flask_babel import gettext as _

from catalog import communes
from core import clock
from core.money import format_vnd
from core.quantity import format_quantity
from core.tables import sheets
from core.tables.sheets import Sheet
from livestream.figures import charts, definitions
from livestream.figures.charts import Bar
from livestream.figures.definitions import Figure, Part
from livestream.figures.report_facts import Declared, Report, Row
from livestream.figures.reports import ReportPage


@dataclass(frozen=True)
class ShownFigure:
    """A figure with its amount as people read it, and as a whole number in `unit` for a spreadsheet."""

    key: str
    name: str
    told: str
    number: int | None
    unit: str
    meaning: str


@dataclass(frozen=True)
class ShownChapter:
    """Figures read together."""

    title: str
    figures: tuple[ShownFigure, ...]


@dataclass(frozen=True)
class ShownRow:
    """A part of what was paid for, in words and numbers."""

    label: str
    weight: str
    grams: int
    told: str
    vnd: int


@dataclass(frozen=True)
class ShownPart:
    """One way of dividing, with its bars; `sum_told` is what the rows come to."""

    key: str
    name: str
    meaning: str
    rows: tuple[ShownRow, ...]
    bars: tuple[Bar, ...]
    sum_told: str


@dataclass(frozen=True)
class ShownReport:
    """All of a report; `stands` says since when or until when its figures move."""

    title: str
    seller: str
    stands: str
    chapters: tuple[ShownChapter, ...]
    parts: tuple[ShownPart, ...]
    declared: tuple[Declared, ...]
    declared_sum: ShownFigure


def shown(page: ReportPage, seller: str) -> ShownReport:
    """The report of `page` in words; `seller` is the name of whose it is."""
    report = page.report
    return ShownReport(
        title=page.title,
        seller=seller,
        stands=_stands(page),
        chapters=tuple(
            ShownChapter(_(chapter.title), tuple(_figure(one, report) for one in chapter.figures))
            for chapter in definitions.CHAPTERS
        ),
        parts=tuple(_part(one, report) for one in definitions.PARTS),
        declared=report.declared,
        declared_sum=_figure(definitions.DECLARED, report),
    )


def as_csv(report: ShownReport) -> bytes:
    """The report as a file for spreadsheets: whole numbers, each with its unit and its meaning."""
    header = (_("Phần"), _("Số liệu"), _("Giá trị"), _("Đơn vị"), _("Nghĩa là"))
    rows: list[tuple[str | int | None, ...]] = [
        ("", _("Báo cáo"), report.title, "", report.seller),
        ("", _("Tình trạng"), report.stands, "", ""),
    ]
    for chapter in report.chapters:
        rows += [_line(chapter.title, one) for one in chapter.figures]
    for part in report.parts:
        rows += [(part.name, one.label, one.vnd, "đ", part.meaning) for one in part.rows]
        rows += [(part.name, one.label, one.grams, "g", "") for one in part.rows if one.grams]
    rows += [(report.declared_sum.name, one.what, one.vnd, "đ", "") for one in report.declared]
    rows.append(_line(report.declared_sum.name, report.declared_sum))
    return sheets.as_csv(Sheet(report.title, header, tuple(rows)))


def paper_words(key: str) -> str:
    """Papers by their key, such as `ocop:4+vietgap`, in words; "" stays ""."""
    words = {"vietgap": "VietGAP", "organic": _("Hữu cơ"), "gi": _("Chỉ dẫn địa lý")}
    told = []
    for one in filter(None, key.split("+")):
        kind, _colon, rest = one.partition(":")
        stars = _("OCOP %(n)s sao", n=rest) if kind == "ocop" else ""
        told.append(stars or words.get(kind) or rest or _("Giấy tờ khác"))
    return " + ".join(told)


def _line(part: str, one: ShownFigure) -> tuple[str | int | None, ...]:
    return (part, one.name, one.number, one.unit, one.meaning)


def _stands(page: ReportPage) -> str:
    if page.frozen_ms is not None:
        at = clock.in_vietnam(page.frozen_ms)
        return _("Đã chốt lúc %(at)s, số không đổi nữa.", at=f"{at:%H:%M %d/%m/%Y}")
    if page.freezes_ms is None:
        return _("Chưa kết thúc, số còn đổi.")
    until = clock.in_vietnam(page.freezes_ms)
    return _("Số còn đổi đến %(at)s rồi chốt lại.", at=f"{until:%H:%M %d/%m/%Y}")


def _figure(figure: Figure, report: Report) -> ShownFigure:
    number = report.values.get(figure.key)
    unit = _units()[figure.unit]
    return ShownFigure(
        key=figure.key,
        name=_(figure.name),
        told=_told(number, figure.unit),
        number=number,
        unit=unit,
        meaning=_(figure.meaning),
    )


def _told(number: int | None, unit: str) -> str:
    if number is None:
        return "—"
    if unit == "vnd":
        return format_vnd(number)
    if unit in ("g", "ml"):
        return format_quantity(number, unit)
    if unit == "permille":
        whole, rest = divmod(number, 10)
        return f"{whole},{rest} %" if rest else f"{whole} %"
    return f"{number:,}".replace(",", ".")


def _units() -> dict[str, str]:
    return {
        "vnd": "đ",
        "g": "g",
        "ml": "ml",
        "piece": _("cái"),
        "packs": _("gói"),
        "orders": _("đơn"),
        "people": _("người"),
        "devices": _("máy"),
        "times": _("lượt"),
        "cases": _("khiếu nại"),
        "permille": _("phần nghìn"),
    }


def _part(part: Part, report: Report) -> ShownPart:
    names = dict(report.sellers)
    rows = tuple(_row(part, row, names) for row in report.groups.get(part.key, ()))
    return ShownPart(
        key=part.key,
        name=_(part.name),
        meaning=_(part.meaning),
        rows=rows,
        bars=charts.bars([(row.label, row.told, row.vnd) for row in rows]),
        sum_told=format_vnd(sum(row.vnd for row in rows)),
    )


def _row(part: Part, row: Row, names: dict[str, str]) -> ShownRow:
    return ShownRow(
        label=_label(part.key, row.key, names) or _(part.nameless),
        weight=format_quantity(row.grams, "g") if row.grams else "",
        grams=row.grams,
        told=format_vnd(row.vnd),
        vnd=row.vnd,
    )


def _label(part: str, key: str, names: dict[str, str]) -> str:
    if part == "seller":
        return names.get(key, "")
    if part == "paper":
        return paper_words(key)
    commune = communes.COMMUNES.get(key)
    return commune.full_name if commune else ""
