"""What each kind of notice says, in the reader's language, and by which roads it may go.

Refuses marks and pictures: a text has to be read on any phone, so it is short and ends with its link.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import force_locale, gettext

from shop.notices.notice_rules import CALL, EMAIL, SMS, ZNS

Facts = Mapping[str, str]


@dataclass(frozen=True)
class Letter:
    """A notice in words: `subject` for roads that have one, `text` with the link at its end."""

    subject: str
    text: str


@dataclass(frozen=True)
class Kind:
    """How a kind of notice travels: its roads, whether it may come at night, and what it says."""

    roads: frozenset[str]
    urgent: bool
    says: Callable[[Facts], tuple[str, str]]


def written(kind: str, facts: Facts, link: str, lang: str) -> Letter:
    """The notice in `lang` (`vi` or `en`). Precondition: `kind` is one of `KINDS`; an application context."""
    with force_locale(lang):
        subject, text = KINDS[kind].says(facts)
    return Letter(subject, f"{text} {link}".strip())


def _order_paid(facts: Facts) -> tuple[str, str]:
    subject = gettext("Đã nhận tiền đơn %(code)s", code=facts["code"])
    text = gettext(
        "%(seller)s đã nhận %(sum)s cho đơn %(code)s và giữ hàng cho bạn.",
        seller=facts["seller"],
        sum=facts["sum"],
        code=facts["code"],
    )
    return subject, text


def _order_on_way(facts: Facts) -> tuple[str, str]:
    subject = gettext("Đơn %(code)s đang tới", code=facts["code"])
    text = gettext(
        "Đơn %(code)s của %(seller)s đã rời kho, đang tới bạn.",
        code=facts["code"],
        seller=facts["seller"],
    )
    return subject, text


def _order_refund(facts: Facts) -> tuple[str, str]:
    subject = gettext("Đơn %(code)s: tiền được hoàn", code=facts["code"])
    text = gettext(
        "Đơn %(code)s không giao nữa. %(seller)s sẽ hoàn lại số tiền bạn đã trả.",
        code=facts["code"],
        seller=facts["seller"],
    )
    return subject, text


def _case_opened(facts: Facts) -> tuple[str, str]:
    subject = gettext("Khách khiếu nại: %(title)s", title=facts["title"])
    text = gettext(
        "Khách khiếu nại về %(title)s. Bạn trả lời trước %(until)s nhé.",
        title=facts["title"],
        until=facts["until"],
    )
    return subject, text


def _case_warned(facts: Facts) -> tuple[str, str]:
    subject = gettext("Còn 24 giờ: %(title)s", title=facts["title"])
    text = gettext(
        "Khiếu nại về %(title)s còn 24 giờ. Sau %(until)s chợ chuyển cho cán bộ.",
        title=facts["title"],
        until=facts["until"],
    )
    return subject, text


def _case_late(facts: Facts) -> tuple[str, str]:
    subject = gettext("Khiếu nại chờ cán bộ: %(title)s", title=facts["title"])
    text = gettext(
        "Khiếu nại về %(title)s của %(seller)s chờ bạn quyết định trước %(until)s.",
        title=facts["title"],
        seller=facts["seller"],
        until=facts["until"],
    )
    return subject, text


def _case_moved(facts: Facts) -> tuple[str, str]:
    subject = gettext("Cán bộ đang xem: %(title)s", title=facts["title"])
    text = gettext("Khiếu nại của bạn về %(title)s đã chuyển cho cán bộ.", title=facts["title"])
    return subject, text


def _case_said(facts: Facts) -> tuple[str, str]:
    subject = gettext("Có trả lời: %(title)s", title=facts["title"])
    text = gettext(
        "%(who)s vừa trả lời khiếu nại về %(title)s.", who=facts["who"], title=facts["title"]
    )
    return subject, text


def _case_settled(facts: Facts) -> tuple[str, str]:
    subject = gettext("Đã có quyết định: %(title)s", title=facts["title"])
    text = gettext("Khiếu nại của bạn về %(title)s đã có quyết định.", title=facts["title"])
    return subject, text


def _collection(facts: Facts) -> tuple[str, str]:
    subject = gettext("%(seller)s thu gom %(what)s", seller=facts["seller"], what=facts["what"])
    text = gettext(
        "%(seller)s thu gom %(what)s lúc %(at)s tại %(place)s.",
        seller=facts["seller"],
        what=facts["what"],
        at=facts["at"],
        place=facts["place"],
    )
    return subject, text


def _leaf_price(facts: Facts) -> tuple[str, str]:
    subject = gettext("%(seller)s báo giá %(what)s", seller=facts["seller"], what=facts["what"])
    text = gettext(
        "%(seller)s thu %(what)s giá %(price)s một cân, từ %(at)s tại %(place)s.",
        seller=facts["seller"],
        what=facts["what"],
        price=facts["price"],
        at=facts["at"],
        place=facts["place"],
    )
    return subject, text


_ALL = frozenset({EMAIL, ZNS, SMS})
_WITH_CALL = _ALL | {CALL}
_LETTER = frozenset({EMAIL})

KINDS: dict[str, Kind] = {
    "order_paid": Kind(_LETTER, False, _order_paid),
    "order_on_way": Kind(_ALL, False, _order_on_way),
    "order_refund": Kind(_WITH_CALL, False, _order_refund),
    "case_opened": Kind(_ALL, False, _case_opened),
    "case_warned": Kind(_ALL, True, _case_warned),
    "case_late": Kind(_ALL, False, _case_late),
    "case_moved": Kind(_ALL, False, _case_moved),
    "case_said": Kind(_ALL, False, _case_said),
    "case_settled": Kind(_WITH_CALL, False, _case_settled),
    "collection": Kind(_WITH_CALL, False, _collection),
    "leaf_price": Kind(_WITH_CALL, False, _leaf_price),
}
"""By kind. Only the seller's last day may be told at night: it costs them the case."""
