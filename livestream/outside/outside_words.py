"""What the desk for comments from other channels says, in the language of the request at hand."""

from collections.abc import Sequence

from flask_babel import gettext as _

from core.errors import DomainError
from core.http import steps
from livestream.desk.desk import Changed, Claimed
from livestream.desk.intake import Commented
from livestream.outside.nick_links import HeldLine
from livestream.outside.outside import Taken
from livestream.reader.claim_reader import Item, Reading


def sources() -> dict[str, str]:
    """The channels, as people call them."""
    return {"facebook": "Facebook", "tiktok": "TikTok", "zalo": "Zalo", "other": _("Nơi khác")}


def items_words(items: Sequence[Item]) -> str:
    """What an order asks for: `2 × A1, 1 × A3`."""
    return ", ".join(f"{item.packs} × {item.code}" for item in items)


def reading_words(reading: Reading) -> str:
    """What a comment comes to, if it is taken."""
    if reading.kind == "claim":
        return _("Chốt %(what)s", what=items_words(reading.items))
    if reading.kind == "withdraw":
        codes = ", ".join(item.code for item in reading.items)
        return _("Bỏ %(codes)s", codes=codes) if codes else _("Bỏ món đã chốt")
    return _("Chưa rõ: đưa vào mục Cần xem")


def lines_words(lines: Sequence[HeldLine]) -> str:
    """What a nick holds or waits for, with names, for a message to its owner."""
    return ", ".join(f"{line.held + line.waiting} × {line.code} {line.name}" for line in lines)


def taken_told(taken: Taken) -> tuple[str, str]:
    """What became of a comment that was taken, and how good that is (`ok wait bad`)."""
    outcome = taken.outcome
    if isinstance(outcome, int):
        return _("Đã ghi vào danh sách hỏi mua."), "ok" if outcome else "wait"
    if isinstance(outcome, DomainError):
        return _error(outcome), "bad"
    if not isinstance(outcome, Commented) or outcome.reading.kind == "ambiguous":
        return _("Đã đưa vào mục Cần xem."), "wait"
    told = [_item_told(one) for one in outcome.outcomes]
    if not told:
        return _("Không thấy món nào người này đang giữ."), "wait"
    kinds = {kind for _words, kind in told}
    kind = "bad" if "bad" in kinds else "wait" if "wait" in kinds else "ok"
    return " ".join(words for words, _kind in told), kind


def _item_told(outcome: Claimed | Changed | DomainError) -> tuple[str, str]:
    if isinstance(outcome, DomainError):
        return _error(outcome), "bad"
    if isinstance(outcome, Changed):
        return _("Đã bỏ."), "ok"
    if outcome.status == "held":
        return _("Đã giữ %(n)s, số %(number)s.", n=outcome.held, number=outcome.number), "ok"
    places = {"held": outcome.held, "waiting": outcome.waiting, "number": outcome.number}
    return _("Giữ %(held)s, chờ %(waiting)s, số %(number)s.", **places), "wait"


def _error(error: DomainError) -> str:
    return steps.refusal(error)


def link_message(nick: str, what: str, title: str, url: str) -> str:
    """What to send to a nick, so that its owner takes what is held."""
    return _(
        "Chào %(nick)s, bạn đã chốt %(what)s ở phiên “%(title)s”. Bạn bấm vào đây để nhận và"
        " đặt hàng giúp nhé: %(url)s",
        nick=nick,
        what=what,
        title=title,
        url=url,
    )


def lead_message(nick: str, name: str, price: str, url: str) -> str:
    """What to send to who asked when the show was over."""
    return _(
        "Chào %(nick)s, phiên live đã kết thúc. %(name)s hôm nay giá %(price)s, bạn mua ở đây"
        " nhé: %(url)s",
        nick=nick,
        name=name,
        price=price,
        url=url,
    )
