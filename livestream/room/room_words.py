"""What the room says to a buyer, once for the page and for its script.

Places are {in braces}: `str.format` fills them here, the script fills them on the phone. Refuses to know
what is sold or held; it only words it.
"""

import datetime
from typing import cast

from flask_babel import gettext as _

from core import clock
from core.client_ids import JsonObject
from core.money import format_vnd
from core.strict_json import JsonValue

Told = tuple[str, str]
"""A sentence and its colour: ok, wait or bad."""

STOP_LINE = "Phiên đã bị dừng theo yêu cầu của cơ quan quản lý."
"""The announcement by which every room knows that an officer stopped its show; never translated."""


def words() -> dict[str, JsonValue]:
    """Every sentence of the room in the language of this request, by name."""
    return {
        **_selling_words(),
        **_answer_words(),
        **_own_words(),
        "notes": cast(JsonValue, notes()),
        "video": cast(JsonValue, video_words()),
        "status": cast(JsonValue, statuses()),
        "why": cast(JsonValue, whys()),
    }


def notes() -> dict[str, str]:
    """What stands over the picture, by state of the session."""
    ended = _("Phiên đã kết thúc.")
    return {
        "checked": _("Chưa bắt đầu. Mở bán là trang tự chạy."),
        "live": _("Chưa có hình, bạn theo dõi bằng chữ nhé."),
        "interrupted": _("Đang mất hình, vẫn bán: bạn cứ chốt."),
        "ended": ended,
        "replay": ended,
        "archived": ended,
        "stopped": stopped(),
    }


def video_words() -> dict[str, str]:
    """What is said over the picture by how it stands, and what its buttons say; "" needs no words."""
    sound, photo = _("Chỉ nghe tiếng"), _("Chỉ xem ảnh")
    return {
        "playing": "",
        "waiting": _("Đang tải hình…"),
        "away": _("Chưa tải được hình, đang thử lại. Phiên vẫn bán, bạn cứ chốt."),
        "blocked": "",
        "lost": _("Mất hình, phiên vẫn bán: bạn cứ chốt. Có hình lại là hiện ngay."),
        "sound": _("Đang phát tiếng, không tải hình."),
        "photo": _("Chỉ xem ảnh, không tải hình. Bạn vẫn chốt như thường."),
        "tap_sound": _("Bấm để nghe tiếng"),
        "tap_watch": _("Bấm để xem"),
        "mute": _("Tắt tiếng"),
        "offer_sound": _("Mạng yếu? Nghe tiếng thôi thì đỡ giật."),
        "offer_photo": _("Mạng vẫn yếu? Xem ảnh vẫn chốt được."),
        "choose_sound": sound,
        "choose_photo": photo,
    }


def stopped() -> str:
    """What stands over a show that an officer stopped."""
    return _("Phiên đã bị dừng theo yêu cầu của cơ quan quản lý.")


def statuses() -> dict[str, str]:
    """How a claim stands, by its public word."""
    return {
        "held": _("giữ hàng"),
        "split": _("giữ một phần"),
        "waitlisted": _("đang chờ"),
        "ordered": _("đã đặt"),
        "paid": _("đã thanh toán"),
        "expired": _("hết giờ giữ"),
        "withdrawn": _("đã bỏ"),
        "released": _("thôi giữ, phiên bị dừng"),
        "lapsed": _("quá hạn trả"),
        "refunded": _("đã hoàn tiền"),
        "left": _("thôi chờ"),
        "ended": _("hết chờ"),
    }


def whys() -> dict[str, str]:
    """Why a comment, or a part of it, was not read as an order; "" is any other reason."""
    quantity = _("Chưa rõ số lượng")
    return {
        "withdrawal_and_more": _("Vừa bỏ vừa chốt"),
        "two_meanings": _("Có thể hiểu hai cách"),
        "other_words": _("Lẫn lời khác"),
        "code_twice": _("Một mã nhắc hai lần"),
        "too_many": _("Quá nhiều món trong một lời nhắn"),
        "too_long": _("Lời nhắn dài quá"),
        "unknown_code": _("Không có mã này"),
        "which_quantity": quantity,
        "no_code": _("Thiếu mã món"),
        "bare_number": _("Chỉ có số, chưa rõ mã"),
        "unit": _("Đơn vị không khớp gói"),
        "quantity": quantity,
        "unit_without_number": quantity,
        "range": quantity,
        "times_without_number": quantity,
        "": _("Chưa rõ ý"),
    }


def claim_told(answer: JsonObject, code: str, asked: int, now_ms: int) -> Told:
    """What became of a claim, in one sentence: what is held, what waits, until when."""
    expires = answer["expires_at"]
    places = {**answer, "code": code, "asked": asked, "until": ""}
    if isinstance(expires, str):
        places["until"] = short_time(expires, now_ms)
    name = str(answer["status"])
    sentence = str(words()[name if name in {"held", "split"} else "waitlisted"])
    return sentence.format(**places), "ok" if name == "held" else "wait"


def change_told(answer: JsonObject) -> Told:
    """What a claim came to after it was lowered or given up."""
    kept = "changed_waits" if answer["waiting"] else "changed" if answer["held"] else "withdrawn"
    return str(words()[kept]).format(**answer), "ok"


def comment_told(answer: JsonObject, now_ms: int) -> Told | None:
    """What a comment came to, item by item, and that a part of it was unclear; None for mere talk."""
    reading = cast(dict[str, JsonValue], answer["reading"])
    if reading["kind"] == "ambiguous":
        return str(words()["unclear"]), "wait"
    items = cast(list[JsonObject], reading["items"])
    results = cast(list[JsonObject], answer["claims"])
    told = [_item_told(result, items, place, now_ms) for place, result in enumerate(results)]
    if not told:
        return (str(words()["hidden_words"]), "wait") if answer["hidden"] == "words" else None
    if reading["why"]:
        told.append((_rest_told(str(reading["why"])), "wait"))
    kinds = {kind for _text, kind in told}
    worst = next((kind for kind in ("bad", "wait") if kind in kinds), "ok")
    return " ".join(text for text, _kind in told), worst


def write_words(running: bool, rules: JsonObject) -> str:
    """What stands in the empty field for a message, under the room's rules (`chat.told_rules`)."""
    told = words()
    if not running:
        return str(told["no_write"])
    if rules["staff_only"]:
        return str(told["write_staff"])
    return (
        str(told["write_slow"]).format(n=rules["slow_s"]) if rules["slow_s"] else str(told["write"])
    )


def short_time(iso: str, now_ms: int) -> str:
    """`20:05` today, `20:05 22/11` on another day, in Vietnam's time."""
    at = datetime.datetime.fromisoformat(iso).astimezone(clock.VIETNAM)
    now = clock.in_vietnam(now_ms)
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%H:%M %d/%m}"


def exact_time(iso: str) -> str:
    """`20:05:13.042` in Vietnam's time: the claim list shows who was first."""
    at = datetime.datetime.fromisoformat(iso).astimezone(clock.VIETNAM)
    return f"{at:%H:%M:%S}.{at.microsecond // 1000:03d}"


def packs_words(packs: int, units: set[str]) -> str:
    """`2 gói` when all come in the same pack, else `2 phần`."""
    unit = units.pop() if len(units) == 1 else _("phần")
    return f"{packs} {unit}"


def strip_words(packs: str, amount_vnd: int) -> str:
    """`2 gói · 130.000 đ`, or the sum alone."""
    return " · ".join(part for part in (packs, format_vnd(amount_vnd)) if part)


def _rest_told(why: str) -> str:
    """That a person looks at what was unclear in a comment whose other items are served."""
    known = whys()
    return str(words()["unclear_rest"]).format(why=known.get(why) or known[""])


def _item_told(result: JsonObject, items: list[JsonObject], place: int, now_ms: int) -> Told:
    if result["ok"] is False:
        return str(cast(dict[str, JsonValue], result["error"])["message"]), "bad"
    if "number" not in result:
        return change_told(result)
    asked = cast(int, result["held"]) + cast(int, result["waiting"])
    return claim_told(result, str(items[place]["code"]), asked, now_ms)


def _selling_words() -> dict[str, JsonValue]:
    return {
        "left": _("Còn"),
        "none_left": _("Hết hàng"),
        "left_of": _("còn {n}"),
        "gone": _("hết"),
        "claim": _("Chốt {n} {unit}"),
        "wait": _("Vào danh sách chờ"),
        "closed": _("Đã đóng bán"),
        "not_open": _("Chưa mở bán"),
        "flash_on": _("Giờ vàng, còn {time}"),
        "flash_soon": _("Giờ vàng {sum} sau {time}"),
        "flash_packs": _("{n} suất"),
        "flash_limit": _("mỗi người {n}"),
        "ship": _("ship từ {sum}"),
        "pickup": _("nhận tại điểm hẹn"),
        "no_pin": _("Chưa ghim món nào. Món đầu tiên sẽ hiện ở đây."),
        "ended_none": _("Cảm ơn bạn đã ghé. Món bạn giữ vẫn trả được ở đây."),
        "claimed_line": _("chốt {packs} × {code}"),
        "waits_line": _("chờ {packs} × {code}"),
    }


def _answer_words() -> dict[str, JsonValue]:
    return {
        "held": _("Đã giữ {held} × {code} cho bạn, số {number}. Bạn trả trước {until} nhé."),
        "split": _(
            "Không đủ {asked}: đã giữ {held}, còn {waiting} vào danh sách chờ, số {number}."
        ),
        "waitlisted": _(
            "Tạm hết. Bạn chờ {waiting} × {code}, số {number}: có là giữ cho bạn ngay."
        ),
        "stop_line": STOP_LINE,
        "stopped_none": _(
            "Hàng bạn giữ trong phiên này không còn nữa. Đơn đã trả tiền: bạn mở đơn để xem."
        ),
        "released": _("Phiên bị dừng nên {code} thôi giữ cho bạn. Bạn không phải trả gì."),
        "served": _("Có hàng rồi! Đã giữ thêm {more} × {code} cho bạn, số {number}."),
        "expired": _("Hết giờ giữ {code}, hàng đã nhường người chờ. Bạn chốt lại nếu còn cần nhé."),
        "paid": _("Người bán đã nhận tiền {code} của bạn. Cảm ơn bạn!"),
        "changed": _("Đã bớt, còn giữ {held}."),
        "changed_waits": _("Đã bớt: còn giữ {held}, chờ {waiting}."),
        "withdrawn": _("Đã bỏ món này."),
        "unclear": _("Chưa rõ bạn chốt món nào. Bạn gõ kiểu “chốt A1 2” nhé."),
        "unclear_rest": _("Phần còn lại người bán sẽ xem giúp bạn: {why}."),
        "sending": _("Đang gửi…"),
        "queued": _("Mất mạng. Việc bạn bấm được giữ lại, có mạng là gửi ngay."),
        "offline": _("Mất mạng – đang nối lại…"),
        "lost": _("Chưa gửi được. Bạn bấm lại giúp nhé."),
        "bad_phone": _(
            "Số điện thoại chưa đúng. Bạn nhập số Việt Nam, ví dụ 0912 345 678, giúp nhé."
        ),
        "close": _("Đóng"),
        "write": _("Nhắn, hoặc gõ “chốt A1 2”"),
        "write_slow": _("Mỗi {n} giây nhắn một lời"),
        "write_staff": _("Gõ “chốt A1 2” để chốt"),
        "no_write": _("Chỉ nhắn được khi đang live"),
        "seller": _("Người bán"),
        "hidden_words": _("Lời này có từ người bán không cho hiện, nên phòng không thấy."),
    }


def _own_words() -> dict[str, JsonValue]:
    return {
        "strip": _("{n} {unit}"),
        "portion": _("phần"),
        "until": _("giữ đến {time}"),
        "ordered": _("đã đặt, trả trước {time}"),
        "waiting_strip": _("Đang chờ {n} {unit}"),
        "waiting_how": _("có hàng là giữ ngay"),
        "waiting_n": _("{n} chờ"),
        "number": _("Số {n}"),
        "pay": _("Trả ngay"),
    }
