"""What the camera on the host's screen says, once for its script; places are {in braces}.

Written to be read at arm's length and, the states, from two metres. Refuses jargon: no bit rates, no codecs.
"""

from flask_babel import gettext as _

from core.strict_json import JsonValue


def words() -> dict[str, JsonValue]:
    """Every sentence of the camera in the language of this request, by name."""
    return {
        "states": _states(),
        "on_air": {"good": _("Đang phát"), "weak": _("Mạng yếu"), "lost": _("Mất mạng")},
        "on_air_sound": _("Phát tiếng"),
        "rungs": [_("hình rất nét"), _("hình nét"), _("hình vừa"), _("hình nhẹ")],
        "over": _over(),
        "help": _help(),
        **_lines(),
    }


def _states() -> dict[str, JsonValue]:
    return {
        "off": _("Chưa phát hình"),
        "asking": _("Đang mở máy quay…"),
        "preview": _("Chưa ai thấy bạn"),
        "starting": _("Đang nối…"),
        "stopping": _("Đang dừng…"),
        "elsewhere": _("Máy khác đang phát"),
        "broken": _("Chưa phát được"),
    }


def _lines() -> dict[str, JsonValue]:
    return {
        "off_line": _("Không có hình vẫn bán được: người xem thấy món, giá và chốt như thường."),
        "preview_before": _("Bấm “Bắt đầu” là hình lên phòng ngay. Tắt máy quay nếu chưa muốn."),
        "preview_running": _("Bấm “Phát hình” để cả phòng nhìn thấy."),
        "elsewhere_line": _("Phiên này đang phát từ máy khác. Lấy quyền phát thì máy kia dừng."),
        "net_good": _("Mạng tốt"),
        "behind": _("chậm {n} giây"),
        "held": _("đang giữ {n} giây hình, có mạng là gửi tiếp"),
        "held_sound": _("đang giữ {n} giây tiếng, có mạng là gửi tiếp"),
        "sound_alone": _("chỉ tiếng và ảnh"),
        "unrecorded": _("máy chủ hết chỗ, không ghi để xem lại được"),
        "viewers": _("{n} người xem"),
        "camera_n": _("Máy quay {n}"),
        "camera_lost": _("Máy quay vừa bị lấy mất, có thể do cuộc gọi đến. Đang mở lại…"),
        "camera_back": _("Máy quay đã chạy lại."),
        "camera_refused": _("Máy quay đó không mở được, vẫn dùng máy quay cũ."),
        "was_away": _("Bạn vừa rời trang này {n} giây; lúc đó người xem có thể mất hình."),
        "joined": _("Có {n} giây hình không gửi được đã bỏ, đang phát tiếp từ bây giờ."),
        "again": _("Đang phát tiếp."),
        "down": _("Mạng yếu, hình nhỏ lại một nấc để không bị chậm."),
        "up": _("Mạng tốt lên, hình nét hơn một nấc."),
        "photo_sent": _("Ảnh đã gửi, vài giây nữa phòng sẽ thấy."),
        "photo_failed": _("Ảnh chưa gửi được."),
    }


def _over() -> dict[str, JsonValue]:
    return {
        "stream_closed": _(
            "Phần hình của phiên này đã đóng, không phát thêm được nữa. Vẫn bán tiếp được."
        ),
        "away": _("Máy chủ hình chưa trả lời. Vẫn bán tiếp được; lát nữa bấm thử lại."),
        "refused": _("Máy chủ không nhận hình. Vẫn bán tiếp được; hãy bấm thử lại."),
    }


def _help() -> dict[str, JsonValue]:
    """By trouble: what it is, and what to press, by browser where that differs."""
    sells = _("Không có hình vẫn bán được: ghim món và trả lời người mua như thường.")
    return {
        "denied": {"title": _("Chưa được phép dùng máy quay"), "steps": _allowing(sells)},
        "insecure": {
            "title": _("Trang này chưa an toàn để mở máy quay"),
            "steps": [_("Mở lại trang bằng địa chỉ bắt đầu bằng https://."), sells],
        },
        "too_old": {
            "title": _("Trình duyệt này không phát được hình"),
            "steps": [
                _("Cập nhật Chrome (máy Android) hoặc iOS (iPhone) lên bản mới."),
                _("Hoặc mở trang này bằng một điện thoại mới hơn."),
                sells,
            ],
        },
        "none": {
            "title": _("Không thấy máy quay"),
            "steps": [_("Nếu máy quay cắm ngoài, hãy cắm lại rồi bấm thử lại."), sells],
        },
        "busy": {
            "title": _("Máy quay đang bận"),
            "steps": [
                _("Tắt ứng dụng khác đang dùng máy quay, như Zalo hay cuộc gọi hình."),
                _("Rồi bấm thử lại."),
                sells,
            ],
        },
    }


def _allowing(sells: str) -> dict[str, JsonValue]:
    return {
        "android": [
            _("Bấm biểu tượng bên trái địa chỉ trang, ở đầu màn hình."),
            _("Chọn Quyền, bật Máy ảnh và Micrô."),
            _("Rồi bấm thử lại."),
            sells,
        ],
        "iphone": [
            _("Bấm “aA” hoặc biểu tượng bên trái địa chỉ trang."),
            _("Chọn Cài đặt trang web, cho phép Camera và Micrô."),
            _("Rồi bấm thử lại."),
            sells,
        ],
        "computer": [
            _("Bấm biểu tượng máy quay hoặc ổ khóa cạnh địa chỉ trang."),
            _("Cho phép Máy ảnh và Micrô, rồi bấm thử lại."),
            sells,
        ],
        "in_app": [
            _("Bấm dấu ⋯ ở góc, chọn mở bằng Chrome hoặc Safari."),
            _("Ở đó đăng nhập và mở lại phiên live."),
            sells,
        ],
    }
