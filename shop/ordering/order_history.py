"""The history of an order, read: what happened, when, by whom, and why. Refuses to change any of it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import N_
from core.identity import people
from shop.models import OrderEvent


@dataclass(frozen=True)
class Entry:
    """The order was in `state` at `at_ms`, through `actor` (`who`: their name, if a known person), why.

    `said` names what the market itself noted (a gettext msgid), `reason` what people wrote, or figures.
    """

    state: str
    actor: str
    who: str
    said: str
    reason: str
    at_ms: int


_NOTED = {
    "opened the pay page": N_("Khách mở trang trả tiền"),
    "refund due": N_("Phải hoàn tiền"),
    "paid late, the slot was full": N_("Tiền về muộn, khung giờ đã kín"),
    "the sum on top came": N_("Khoản trả thêm đã về"),
    "if short": N_("Khách dặn khi thiếu hàng"),
    "short harvest": N_("Mẻ về thiếu"),
    "delivery changed": N_("Đổi cách giao, phí"),
    "travels apart again": N_("Tách khỏi kiện chung"),
    "joined": N_("Gộp chung kiện"),
    "waits for": N_("Chờ đủ hàng"),
    "replaced": N_("Thay món"),
    "cancelled": N_("Bỏ món"),
    "added": N_("Thêm hàng"),
    "short": N_("Giao thiếu"),
    "weighed": N_("Đã cân"),
    "deposit forgiven": N_("Bỏ tiền cọc"),
    "frozen": N_("Tạm giữ, phiên live bị dừng"),
    "show stopped": N_("Hủy, phiên live bị dừng"),
    "officer let it go on": N_("Cán bộ cho giao tiếp"),
    "officer ended it": N_("Cán bộ quyết định hoàn tiền"),
    "case": N_("Giải quyết khiếu nại"),
    "carrier brought it back": N_("Bên giao hàng mang hàng về"),
}
"""What the market notes by itself, and how it reads; the first that fits (`short harvest` before `short`)."""
_BARE = {"refund due", "if short", "frozen", "show stopped"}
"""Those whose further words are the program's own."""


def entries_of(session: Session, code: str) -> tuple[Entry, ...]:
    """What happened to an order, the earliest first."""
    query = select(OrderEvent).where(OrderEvent.order_code == code)
    rows = session.scalars(query.order_by(OrderEvent.at_ms, OrderEvent.place)).all()
    names = people.names_of(session, {row.actor for row in rows})
    return tuple(
        Entry(row.state, row.actor, names.get(row.actor, ""), *_read(row.reason), row.at_ms)
        for row in rows
    )


def _read(noted: str) -> tuple[str, str]:
    """What the market noted, and the rest of a reason."""
    for start, said in _NOTED.items():
        if noted == start or noted.startswith((f"{start}:", f"{start} ")):
            rest = noted[len(start) :].lstrip(": ")
            return said, "" if start in _BARE else rest
    return "", noted
