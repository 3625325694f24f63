"""What the pages of selling together say of states, in the language of this request."""

from flask_babel import gettext as _


def states() -> dict[str, tuple[str, str]]:
    """An invitation's state in words, with the kind of its tag."""
    return {
        "invited": (_("Chờ trả lời"), "wait"),
        "accepted": (_("Đã đồng ý"), "ok"),
        "refused": (_("Đã từ chối"), ""),
        "withdrawn": (_("Đã rút lại"), ""),
        "cancelled": (_("Không mời nữa"), ""),
    }


def pin_states() -> dict[str, str]:
    """A pin's state as its seller sees it."""
    return {
        "queued": _("Chờ tới lượt"),
        "showing": _("Đang giới thiệu"),
        "side": _("Đang bán bên cạnh"),
        "closed": _("Đã đóng bán"),
    }
