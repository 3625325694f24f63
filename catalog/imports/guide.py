"""How each column is filled in, with an example: what the template files and the page say.

Refuses examples in the table itself: they would be imported one day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from catalog.imports.columns import COLUMNS, Kind
from catalog.imports.exports import header_of
from core.errors import N_
from core.tables.sheets import Sheet

_GUIDE_HEADER = ("Cột", "Cần có?", "Ví dụ", "Cách ghi")


@dataclass(frozen=True)
class Help:
    """What is written in a column: an example, and how (gettext msgids)."""

    example: str
    how: str


_PRODUCT = Help("Chè móc câu Tân Cương", N_("Tên như trên chợ; có dấu hay không đều được"))
_POINT = Help("Kho chính", N_("Để trống là kho chính"))
_DAY = N_("Ngày/tháng/năm")
HELPS: Mapping[Kind, Mapping[str, Help]] = MappingProxyType(
    {
        Kind.LISTINGS: {
            "product": _PRODUCT,
            "kind": Help("Chè móc câu", N_("Để trống thì chợ đoán theo tên")),
            "unit_word": Help("gói", N_("gói, hộp, kg, thùng, quả…")),
            "pack": Help("200 g", N_("Một gói nặng bao nhiêu, hoặc mấy quả")),
            "price": Help("65k", N_("Giá một gói: 65.000, 65k hoặc 1tr2")),
            "quantity": Help("20 kg", N_("Chỉ dùng cho sản phẩm mới; không ghi đơn vị là số gói")),
            "story": Help("Hái tay lúc sáng sớm", N_("Không bắt buộc")),
            "state": Help("Đang bán", N_("Chỉ để xem, không đọc lại")),
        },
        Kind.LOTS: {
            "code": Help("", N_("Để trống để ghi lô mới; chợ tự cấp mã")),
            "product": _PRODUCT,
            "member": Help("Ma Thị Hoa", N_("Tên trong sổ xã viên, hoặc số điện thoại")),
            "plot": Help("Nương Đồng Lạnh", N_("Tên thửa trong sổ, không bắt buộc")),
            "harvested_on": Help("20/11/2026", _DAY),
            "quantity": Help("12,5 kg", N_("Kèm đơn vị: kg, lạng, yến, tạ, quả…")),
            "grade": Help("Loại 1", N_("Không bắt buộc")),
            "best_before": Help("20/11/2027", _DAY),
            "sprayed_on": Help("01/11/2026", N_("Để trống nếu không phun")),
            "interval_days": Help("14", N_("Số ngày từ lúc phun tới khi bán được")),
            "point": _POINT,
            "notes": Help("hái lứa 2", N_("Không bắt buộc")),
            "state": Help("Bán được", N_("Chỉ để xem, không đọc lại")),
        },
        Kind.STOCK: {
            "product": _PRODUCT,
            "code": Help("L-261120-01", N_("Để trống là đếm cả sản phẩm, không theo lô")),
            "point": _POINT,
            "book": Help("12,5 kg", N_("Sổ ghi lúc in bảng; bỏ trống cũng được")),
            "counted": Help("12 kg", N_("Số đếm được; bỏ trống là chưa đếm")),
            "counted_on": Help("22/11/2026", N_("Ghi ngày nếu đếm lại ra đúng số lần trước")),
            "reason": Help("hao khô", N_("Vì sao lệch, không bắt buộc")),
        },
    }
)


def template(kind: Kind) -> tuple[Sheet, Sheet]:
    """An empty table of a kind, and a second sheet that says how to fill it in."""
    lines = tuple(
        (
            column.title,
            "Cần" if column.needed else "",
            HELPS[kind][column.name].example,
            HELPS[kind][column.name].how,
        )
        for column in COLUMNS[kind]
    )
    return Sheet("Bảng", header_of(kind)), Sheet("Cách ghi", _GUIDE_HEADER, lines)
