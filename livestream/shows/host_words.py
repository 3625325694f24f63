"""What the host's screen says, once for the page and for its script; places are {in braces}."""

from flask_babel import gettext as _

from core.strict_json import JsonValue
from livestream.room import room_words
from livestream.video import camera_words

# The voice that says them is Vietnamese, whatever the language of the page.
_SPOKEN: dict[str, JsonValue] = {
    "voice_test": "Có đơn trả tiền, tôi sẽ đọc to.",
    "voice_paid": "Có đơn vừa trả {sum}: {goods}.",
    "voice_goods": "{code}, {n} phần",
    "voice_thousands": "{n} nghìn đồng",
    "voice_dong": "{n} đồng",
}


def words() -> dict[str, JsonValue]:
    """Every sentence of the host's screen in the language of this request, by name."""
    return {
        "left": _("còn / {packs}"),
        "waits": _("{n} đang chờ"),
        "nothing": nothing_words(),
        "pin_left": _("còn {left} / {packs}"),
        "next": _("Tiếp: {code} {name}, còn {left}"),
        "no_next": _("Không còn món nào để ghim"),
        "per_minute": _("{n} chốt/phút"),
        "flash_on": _("Giờ vàng {sum} · còn {time}"),
        "flash_soon": _("Giờ vàng {sum} · sau {time}"),
        "voice_on": _("Đang đọc to"),
        "voice_off": _("Đọc to"),
        **_SPOKEN,
        "offline": _("Mất mạng – đang nối lại…"),
        "close": _("Đóng"),
        "states": states(),
        "pin_states": pin_states(),
        "why": dict[str, JsonValue](room_words.whys()),
        "camera": camera_words.words(),
    }


def pack_units() -> tuple[tuple[str, str], ...]:
    """The packs of a quick pin as a host picks them: the API's word, and how it is said."""
    return (
        ("kg", "kg"),
        ("500g", _("gói 500 g")),
        ("200g", _("gói 200 g")),
        ("100g", _("gói 100 g")),
        ("goi", _("gói")),
        ("bo", _("bó")),
        ("hop", _("hộp")),
        ("qua", _("quả")),
        ("chuc", _("chục (10 quả)")),
        ("con", _("con")),
        ("cai", _("cái")),
        ("500ml", _("chai 500 ml")),
        ("lit", _("lít")),
    )


def nothing_words() -> dict[str, JsonValue]:
    """What stands where the pin would, while none is shown."""
    ready = _("Bấm “Bắt đầu”, món đầu tiên sẽ lên ngay.")
    over = _("Phiên đã kết thúc.")
    return {
        "draft": ready,
        "checked": ready,
        "rehearsal": ready,
        "live": _("Chưa ghim món nào."),
        "interrupted": _("Chưa ghim món nào."),
        "ended": over,
        "replay": over,
        "archived": over,
        "cancelled": _("Phiên đã hủy."),
    }


def states() -> dict[str, JsonValue]:
    """How a session stands, for the host."""
    return {
        "draft": _("Bản nháp"),
        "checked": _("Sẵn sàng"),
        "rehearsal": _("Đang chạy thử"),
        "live": _("Đang live"),
        "interrupted": _("Mất hình"),
        "ended": _("Đã kết thúc"),
        "replay": _("Đã kết thúc"),
        "archived": _("Đã cất"),
        "cancelled": _("Đã hủy"),
    }


def pin_states() -> dict[str, JsonValue]:
    """Where a pin is, for the host."""
    return {
        "queued": _("chưa lên"),
        "showing": _("đang ghim"),
        "side": _("bên cạnh"),
        "closed": _("đã đóng"),
    }
