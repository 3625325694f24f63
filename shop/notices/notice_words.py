"""What roads and fates of notices are called on screens, in the language of whoever reads."""

from collections.abc import Mapping

from flask_babel import gettext


def roads() -> Mapping[str, str]:
    """By code (`notice_rules.ROADS` and `call`)."""
    return {
        "push": gettext("báo trên máy"),
        "email": gettext("thư điện tử"),
        "zns": gettext("tin Zalo"),
        "sms": gettext("tin nhắn"),
        "call": gettext("gọi"),
    }


def fates() -> Mapping[str, str]:
    """By outcome of one try."""
    return {
        "started": gettext("sắp gửi"),
        "sending": gettext("đang gửi"),
        "sent": gettext("đã gửi"),
        "shown": gettext("máy đã hiện"),
        "refused": gettext("không gửi được"),
        "unknown": gettext("không rõ đã tới chưa"),
        "reached": gettext("đã gặp"),
        "missed": gettext("chưa gặp"),
    }


def states() -> Mapping[str, tuple[str, str]]:
    """By state of a notice: in words, and the kind of its tag."""
    return {
        "waiting": (gettext("Chờ gửi"), "wait"),
        "sending": (gettext("Đang gửi"), "wait"),
        "sent": (gettext("Đã gửi"), "ok"),
        "seen": (gettext("Đã xem"), "ok"),
        "to_call": (gettext("Cần gọi"), "bad"),
        "reached": (gettext("Đã gọi"), "ok"),
        "given_up": (gettext("Chỉ hiện trên trang"), ""),
        "stale": (gettext("Hết hạn báo"), ""),
    }
