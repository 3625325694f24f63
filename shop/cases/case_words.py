"""What cases are called on screens and in messages, in the language of whoever reads."""

from collections.abc import Mapping

from flask_babel import gettext

from shop.cases.case_rules import HOUR_MS


def problems() -> Mapping[str, str]:
    """By code (`case_rules.PROBLEMS`): what is wrong."""
    return {
        "not_arrived": gettext("Chưa nhận được hàng"),
        "short": gettext("Thiếu hàng"),
        "wrong_item": gettext("Giao nhầm món"),
        "spoilt": gettext("Hàng hỏng, dập, mốc"),
        "not_as_shown": gettext("Không đúng như đã ghi, như ảnh"),
        "money": gettext("Chuyện tiền: trả thừa, chưa được hoàn"),
        "false_claim": gettext("Nói quá, nói sai về hàng"),
        "unsafe": gettext("Sợ không an toàn để ăn"),
        "price": gettext("Giá không đúng"),
        "rude": gettext("Lời lẽ xúc phạm"),
        "forbidden": gettext("Bán hàng cấm, hàng giả"),
        "other": gettext("Chuyện khác"),
    }


def wishes() -> Mapping[str, str]:
    """By code (`case_rules.WISHES`): what whoever complains would like."""
    return {
        "refund": gettext("Trả lại tiền"),
        "replace": gettext("Đổi hoặc giao bù"),
        "credit": gettext("Trừ vào đơn sau"),
        "explain": gettext("Chỉ cần trả lời"),
    }


def outcomes() -> Mapping[str, str]:
    """By code (`case_rules.OUTCOMES`): how it ended."""
    return {
        "refund": gettext("Hoàn tiền"),
        "replace": gettext("Đổi hoặc giao bù"),
        "credit": gettext("Trừ vào đơn sau"),
        "reject": gettext("Không nhận lỗi"),
    }


def steps() -> Mapping[str, str]:
    """By what a note says was done."""
    return {
        "opened": gettext("gửi khiếu nại"),
        "said": gettext("viết"),
        "took": gettext("nhận xử lý"),
        "warned": gettext("Chợ nhắc người bán: còn 24 giờ"),
        "escalated": gettext("Quá hạn, chợ chuyển cho cán bộ"),
        "settled": gettext("quyết định"),
        "credited": gettext("Mã trừ vào đơn sau, dùng một lần trong 180 ngày"),
        "withdrawn": gettext("rút khiếu nại"),
        "disputed": gettext("nhờ cán bộ xem lại"),
    }


def sides() -> Mapping[str, str]:
    """By side of a case: what it is called where no name is known."""
    return {
        "reporter": gettext("Người khiếu nại"),
        "seller": gettext("Người bán"),
        "officer": gettext("Cán bộ"),
        "market": gettext("Chợ"),
    }


def left(until_ms: int, now_ms: int) -> str:
    """How much time is left until `until_ms`, as people say it; or by how much it is over."""
    hours = abs(until_ms - now_ms) // HOUR_MS
    if until_ms < now_ms:
        return gettext("quá hạn %(n)s giờ", n=hours) if hours else gettext("vừa quá hạn")
    return gettext("còn %(n)s giờ", n=hours) if hours else gettext("còn chưa đầy một giờ")
