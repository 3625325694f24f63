"""What the moderator's screen says, in the language of the request at hand."""

from typing import cast

from flask_babel import gettext as _

from core.client_ids import JsonObject
from livestream.room import room_words


def hidden_words() -> dict[str, str]:
    """Why a line is not seen in the room."""
    return {
        "removed": _("đã ẩn"),
        "words": _("có từ đã chặn"),
        "muted": _("người này bị tắt lời nhắn"),
        "staff_only": _("lúc chỉ người bán nhắn"),
        "slow": _("nhắn quá dày"),
    }


def bar_words() -> dict[str, str]:
    """What is not taken from somebody."""
    return {"muted": _("Tắt lời nhắn"), "banned": _("Chặn hẳn")}


def pace_words(seconds: int) -> str:
    """How often one person may talk."""
    if not seconds:
        return _("Nhắn thoải mái")
    if seconds < 60:
        return _("%(n)s giây một lời", n=seconds)
    return _("%(n)s phút một lời", n=seconds // 60)


def claimed_told(answer: JsonObject, now_ms: int) -> str:
    """What became of a claim that was made for somebody; `now_ms` is UTC ms."""
    expires = answer["expires_at"]
    until = room_words.short_time(cast(str, expires), now_ms) if expires else ""
    places = {**answer, "until": until}
    if answer["status"] == "held":
        sentence = _("Đã giữ {held} × {code} cho {name}, số {number}, đến {until}.")
    elif answer["held"]:
        sentence = _(
            "Đã giữ {held} × {code} cho {name}, còn {waiting} vào danh sách chờ, số {number}."
        )
    else:
        sentence = _("{code} tạm hết: {name} chờ {waiting}, số {number}.")
    return str(sentence).format(**places)


def done_words() -> dict[str, str]:
    """What was done, by the step's name."""
    return {
        "left": _("Đã bỏ qua lời nhắn."),
        "removed": _("Đã ẩn lời nhắn khỏi phòng."),
        "put_back": _("Lời nhắn hiện lại cho ai mở phòng từ bây giờ."),
        "muted": _("Đã tắt lời nhắn của người này. Họ vẫn chốt được."),
        "banned": _("Đã chặn người này và ẩn lời họ nhắn. Hàng họ đang giữ thì vẫn giữ."),
        "lifted": _("Đã bỏ chặn."),
        "rules": _("Đã đổi cách trò chuyện."),
        "announced": _("Câu này đang hiện trên phòng."),
        "unannounced": _("Đã bỏ câu đang hiện."),
        "pinned": _("Đã ghim món."),
    }
