"""The day's sheet: what was claimed, ordered and paid in a session, by pin, seller, moderator and way.

Each seller sees its own rows alone. Packs and đồng count by the price frozen in each claim, so the parts
sum to the whole; refuses to guess: a claim nobody ordered is claimed and nothing more.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.identity import people, sellers
from core.tables import sheets
from core.tables.sheets import Sheet
from livestream.models import Claim, Pin
from livestream.talk.chat_models import HelpedClaim

SOURCES = ("button", "comment", "keypad", "import")


@dataclass(frozen=True)
class Sums:
    """Packs and đồng by stage: all that was asked for, what of it went into orders, what of that is paid."""

    claims: int = 0
    claimed: int = 0
    claimed_vnd: int = 0
    ordered: int = 0
    ordered_vnd: int = 0
    paid: int = 0
    paid_vnd: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        mine, theirs = vars(self), vars(other)
        return Sums(**{name: mine[name] + theirs[name] for name in mine})


@dataclass(frozen=True)
class Row:
    """The sums of one pin by one way of claiming; `source` as `Claim.source` has it.

    `helper` is who of the seller's people made these claims for their buyers, "" where nobody did.
    """

    seller_id: str
    seller_name: str
    code: str
    name: str
    unit_word: str
    source: str
    helper: str
    sums: Sums


@dataclass(frozen=True)
class Line:
    """Rows taken together under one name."""

    name: str
    sums: Sums


@dataclass(frozen=True)
class DaySheet:
    """The rows, finest first, and what they come to."""

    rows: tuple[Row, ...]

    @property
    def total(self) -> Sums:
        return _sum(self.rows)

    @property
    def by_pin(self) -> tuple[Line, ...]:
        return self._by(lambda row: f"{row.code} · {row.name}")

    @property
    def by_seller(self) -> tuple[Line, ...]:
        return self._by(lambda row: row.seller_name)

    @property
    def by_source(self) -> tuple[Line, ...]:
        words = source_words()
        return self._by(lambda row: words.get(row.source, row.source))

    @property
    def by_helper(self) -> tuple[Line, ...]:
        """What each of the seller's people claimed for others; nothing where nobody was helped."""
        return DaySheet(tuple(row for row in self.rows if row.helper))._by(lambda row: row.helper)

    def _by(self, name_of: Callable[[Row], str]) -> tuple[Line, ...]:
        names = dict.fromkeys(name_of(row) for row in self.rows)
        return tuple(
            Line(name, _sum(row for row in self.rows if name_of(row) == name)) for name in names
        )


def of_sellers(session: Session, session_id: str, seller_ids: Collection[str]) -> DaySheet:
    """The sheet of a session for the sellers in `seller_ids`; one query and their names."""
    asked, ordered = Claim.asked, Claim.ordered_packs
    paid = case((Claim.state == "paid", Claim.held), else_=0)
    price = Claim.unit_price_vnd
    measures = (asked, asked * price, ordered, ordered * price, paid, paid * price)
    totals = [func.coalesce(func.sum(measure), 0) for measure in measures]
    kinds = (Pin.seller_id, Pin.code, Pin.name, Pin.unit_word, Claim.source)
    query = (
        select(*kinds, HelpedClaim.by_person_id, func.count(), *totals)
        .join(Claim, Claim.pin_id == Pin.id)
        .outerjoin(HelpedClaim, HelpedClaim.claim_id == Claim.id)
        .where(Pin.session_id == session_id, Pin.seller_id.in_(list(seller_ids)))
        .group_by(*kinds, Pin.position, HelpedClaim.by_person_id)
        .order_by(Pin.position, Claim.source, func.coalesce(HelpedClaim.by_person_id, ""))
    )
    found = session.execute(query).all()
    names = {key: one.name for key, one in sellers.facts_of(session, seller_ids).items()}
    helpers = people.facts_of(session, {row[5] for row in found if row[5]})
    return DaySheet(
        tuple(
            Row(
                *(one, names[one], code, name, unit_word, source),
                *(helpers[by].name if by else "", Sums(*map(int, sums))),
            )
            for one, code, name, unit_word, source, by, *sums in found
        )
    )


def source_words() -> dict[str, str]:
    """How a claim was made, in the language of this request."""
    return {
        "button": _("Bấm nút Chốt"),
        "comment": _("Gõ trong phòng live"),
        "keypad": _("Người hỗ trợ chốt giúp"),
        "import": _("Nhắn ở trang khác"),
    }


def as_csv(sheet: DaySheet, title: str) -> bytes:
    """The rows as a file for spreadsheets, in the language of this request."""
    words = source_words()
    header = (
        *(_("Người bán"), _("Mã"), _("Món"), _("Đơn vị"), _("Chốt bằng"), _("Người chốt giúp")),
        _("Lượt chốt"),
        *(_("Đã chốt"), _("Đã chốt (đ)"), _("Đã đặt"), _("Đã đặt (đ)")),
        *(_("Đã trả"), _("Đã trả (đ)")),
    )
    rows = tuple(
        (
            *(row.seller_name, row.code, row.name, row.unit_word),
            words.get(row.source, row.source),
            row.helper,
            *vars(row.sums).values(),
        )
        for row in sheet.rows
    )
    return sheets.as_csv(Sheet(title, header, rows))


def _sum(rows: Iterable[Row]) -> Sums:
    return sum((row.sums for row in rows), Sums())
