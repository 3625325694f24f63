"""What the seller's books say, as tables to take away: packs with prices, lots, stock, movements.

What is exported and imported again changes nothing. Titles are Vietnamese in every language, so that a
file means the same wherever it is opened. Household classes are in none of these tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from catalog import kinds
from catalog.imports import book_queries
from catalog.imports.columns import COLUMNS, Kind
from catalog.imports.errors import TooManyToExport
from catalog.models import Lot, LotStock, Member, Movement, Plot, Product, Stock, StockPoint
from core import clock
from core.clock import VIETNAM
from core.errors import N_
from core.quantity import format_quantity
from core.tables.sheets import Amount, Sheet, Value
from core.text import clean_line

MOST_ROWS = 20_000
MOVEMENTS = "movements"
_STATES: Mapping[str, str] = MappingProxyType(
    {
        "quarantine": N_("Chưa bán được"),
        "available": N_("Bán được"),
        "blocked": N_("Bị chặn"),
        "recalled": N_("Thu hồi"),
        "spent": N_("Đã khép"),
    }
)
_MOVES: Mapping[str, str] = MappingProxyType(
    {
        "receive": N_("Nhập"),
        "recount": N_("Kiểm kê"),
        "spoil": N_("Hao hụt"),
        "transfer": N_("Chuyển"),
        "consume": N_("Đưa vào chế biến"),
        "produce": N_("Chế biến ra"),
        "open": N_("Mở bán lô"),
        "close": N_("Ngừng bán lô"),
        "returned": N_("Khách trả lại"),
        "forecast": N_("Bán trước vụ"),
        "sell": N_("Bán tại quầy"),
        "grant": N_("Để dành cho live"),
        "return": N_("Live trả lại"),
        "hold": N_("Giữ cho khách"),
        "release": N_("Thôi giữ"),
        "allocate": N_("Đã bán, chờ giao"),
        "ship": N_("Giao hàng"),
    }
)
_MOVE_HEADER = (
    "Lúc",
    "Việc",
    "Sản phẩm",
    "Mã lô",
    "Điểm kho",
    "Của lô",
    "Đang có",
    "Đã bán",
    "Đang giữ",
    "Lý do",
    "Cho",
)


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date


def header_of(kind: Kind) -> tuple[str, ...]:
    """The titles of a kind of file, in their order."""
    return tuple(column.title for column in COLUMNS[kind])


def of_kind(session: Session, seller_id: str, kind: Kind) -> Sheet:
    """The seller's packs, lots or stock as a file that can be sent back.

    Raises:
        TooManyToExport: there are more than `MOST_ROWS`.
    """
    title, read = _READERS[kind]
    return Sheet(title, header_of(kind), _checked(read(session, seller_id)))


def movements(session: Session, seller_id: str, period: Period) -> Sheet:
    """Every movement of the seller's stock in a period, the newest first.

    Raises:
        TooManyToExport: there are more than `MOST_ROWS`: ask for fewer days.
    """
    query = (
        select(Movement, Product.name, Product.base_unit, Lot.code, StockPoint.name)
        .join(Stock, Stock.id == Movement.stock_id)
        .join(Product, Product.id == Stock.product_id)
        .join(StockPoint, StockPoint.id == Stock.point_id)
        .outerjoin(Lot, Lot.id == Movement.lot_id)
        .where(Movement.seller_id == seller_id, Movement.at_ms >= _starts_ms(period.first))
        .where(Movement.at_ms < _starts_ms(period.last + timedelta(days=1)))
    )
    found = session.execute(query.order_by(Movement.id.desc()).limit(MOST_ROWS + 1)).all()
    return Sheet("Nhập xuất", _MOVE_HEADER, _checked([_movement(*row) for row in found]))


def _movement(
    move: Movement, name: str, unit: str, code: str | None, point: str
) -> tuple[Value, ...]:
    return (
        f"{clock.in_vietnam(move.at_ms):%d/%m/%Y %H:%M}",
        _MOVES[move.kind],
        name,
        code or "",
        point,
        *(
            Amount(number, unit) if number else None
            for number in (move.quantity, move.on_hand, move.allocated, move.held)
        ),
        move.reason,
        move.holder,
    )


def _packs(session: Session, seller_id: str) -> list[tuple[Value, ...]]:
    packs = book_queries.packs_of(session, seller_id).values()
    stock = book_queries.store_stock(session, seller_id)
    ordered = sorted(
        packs, key=lambda one: (one.name, one.product_id, one.pack_size, one.unit_word)
    )
    return [
        (
            one.name,
            kinds.name_of(one.kind),
            one.unit_word,
            format_quantity(one.pack_size, one.base_unit),
            one.price_vnd,
            Amount(stock.get(one.product_id, 0), one.base_unit),
            clean_line(one.story, 2000),
            "Đang bán" if one.on_sale else "Đang ẩn",
        )
        for one in ordered
    ]


def _lots(session: Session, seller_id: str) -> list[tuple[Value, ...]]:
    query = (
        select(Lot, Product.name, Product.base_unit, Member.name, Plot.name)
        .join(Product, Product.id == Lot.product_id)
        .outerjoin(Member, Member.id == Lot.member_id)
        .outerjoin(Plot, Plot.id == Lot.plot_id)
        .where(Lot.seller_id == seller_id)
        .order_by(Lot.harvested_on.desc(), Lot.code.desc())
    )
    rows = session.execute(query.limit(MOST_ROWS + 1)).all()
    mine = select(StockPoint.id, StockPoint.name).where(StockPoint.seller_id == seller_id)
    points = {row.id: row.name for row in session.execute(mine)}
    lies = book_queries.lying_of(session, [row[0].id for row in rows])
    return [_lot(row, lies[row[0].id], points) for row in rows]


def _lot(
    row: Row[Lot, str, str, str | None, str | None],
    lies: Mapping[str, int],
    points: Mapping[str, str],
) -> tuple[Value, ...]:
    lot, name, unit, member, plot = row
    where = [points[point] for point, quantity in lies.items() if quantity]
    return (
        lot.code,
        name,
        member or "",
        plot or "",
        lot.harvested_on,
        Amount(sum(lies.values()), unit),
        lot.grade,
        lot.best_before,
        lot.sprayed_on,
        lot.interval_days if lot.sprayed_on else None,
        ", ".join(where),
        clean_line(lot.notes, 500),
        _STATES[lot.state],
    )


def _counts(session: Session, seller_id: str) -> list[tuple[Value, ...]]:
    """A stocktake to be filled in: what the books say, and empty cells for what is counted."""
    query: Select[str, str, str, str, int] = (
        select(Product.name, Lot.code, StockPoint.name, Product.base_unit, LotStock.quantity)
        .join(Lot, Lot.id == LotStock.lot_id)
        .join(Stock, Stock.id == LotStock.stock_id)
        .join(StockPoint, StockPoint.id == Stock.point_id)
        .join(Product, Product.id == Lot.product_id)
        .where(LotStock.seller_id == seller_id, StockPoint.kind != "forecast")
        .where((LotStock.quantity > 0) | (Lot.state != "spent"))
        .order_by(StockPoint.kind != "store", StockPoint.name, Product.name, Lot.code)
    )
    return [
        (name, code, point, Amount(quantity, unit), None, None, None)
        for name, code, point, unit, quantity in session.execute(query.limit(MOST_ROWS + 1))
    ]


def _checked(rows: list[tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    if len(rows) > MOST_ROWS:
        raise TooManyToExport(most=MOST_ROWS)
    return tuple(rows)


def _starts_ms(day: date) -> int:
    """When a day begins in the market's zone, UTC ms."""
    return int(datetime.combine(day, time(), VIETNAM).timestamp()) * 1000


_Reader = Callable[[Session, str], list[tuple[Value, ...]]]
_READERS: Mapping[Kind, tuple[str, _Reader]] = MappingProxyType(
    {
        Kind.LISTINGS: ("Món bán", _packs),
        Kind.LOTS: ("Lô hàng", _lots),
        Kind.STOCK: ("Kiểm kê", _counts),
    }
)
