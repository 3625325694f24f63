"""What each kind of notice says, in the reader's language, and by which roads it may go.

Refuses marks and pictures: a text has to be read on any phone, so it is short and ends with its link.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import force_locale, gettext

from core.errors import N_
from shop.notices.notice_rules import CALL, EMAIL, PUSH, SMS, ZNS

Facts = Mapping[str, str]


@dataclass(frozen=True)
class Letter:
    """A notice in words: `subject` for roads that have one, `text` with the `link` at its end.

    A locked screen shows `subject` and `glance` and no more: neither has a name of a person or a sum in it.
    `stale_ms` (UTC ms) is when it is of no use any more. `kind` and `facts` fill templates.
    """

    subject: str
    text: str
    link: str = ""
    glance: str = ""
    urgent: bool = False
    stale_ms: int | None = None
    kind: str = ""
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """How a kind of notice travels and what it says: two sentences, in which facts stand for their names.

    An `urgent` one may come at night. A `private` one is between the person and the market: the seller it is
    about is not shown whom it went to.
    """

    roads: frozenset[str]
    subject: str
    text: str
    urgent: bool = False
    private: bool = False


def written(kind: str, facts: Facts, link: str, lang: str) -> Letter:
    """The notice in `lang` (`vi` or `en`). Precondition: `kind` is one of `KINDS`; an application context."""
    with force_locale(lang):
        subject, text = (gettext(said) % facts for said in (KINDS[kind].subject, KINDS[kind].text))
        glance = gettext("Chạm để xem.")
    whole = f"{text} {link}".strip()
    return Letter(subject, whole, link, glance, KINDS[kind].urgent, kind=kind, facts=facts)


_ALL = frozenset({PUSH, EMAIL, ZNS, SMS})
_WITH_CALL = _ALL | {CALL}
_LETTER = frozenset({PUSH, EMAIL})

KINDS: dict[str, Kind] = {
    "order_paid": Kind(
        _LETTER,
        N_("Đã nhận tiền đơn %(code)s"),
        N_("%(seller)s đã nhận %(sum)s cho đơn %(code)s và giữ hàng cho bạn."),
    ),
    "order_on_way": Kind(
        _ALL,
        N_("Đơn %(code)s đang tới"),
        N_("Đơn %(code)s của %(seller)s đã rời kho, đang tới bạn."),
    ),
    "order_refund": Kind(
        _WITH_CALL,
        N_("Đơn %(code)s: tiền được hoàn"),
        N_("Đơn %(code)s không giao nữa. %(seller)s sẽ hoàn lại số tiền bạn đã trả."),
    ),
    "order_weighed": Kind(
        _WITH_CALL,
        N_("Đơn %(code)s đã cân xong"),
        N_("%(seller)s đã cân hàng của đơn %(code)s. Đơn này hết %(sum)s."),
    ),
    "order_weighed_pay": Kind(
        _WITH_CALL,
        N_("Đơn %(code)s đã cân xong"),
        N_("%(seller)s đã cân hàng của đơn %(code)s: hết %(sum)s. Bạn mở đơn để trả tiền nhé."),
    ),
    "order_not_weighed": Kind(
        _WITH_CALL,
        N_("Đơn %(code)s đã hết hạn"),
        N_(
            "%(seller)s chưa cân kịp hàng của đơn %(code)s nên đơn đã hết hạn. Bạn không phải trả gì."
        ),
    ),
    "order_to_weigh": Kind(
        _LETTER,
        N_("Đơn %(code)s chờ cân"),
        N_("Đơn %(code)s cân xong khách mới trả tiền. Bạn cân trước %(until)s nhé."),
    ),
    "order_weighed_back": Kind(
        _WITH_CALL,
        N_("Đơn %(code)s đã cân xong"),
        N_(
            "%(seller)s đã cân hàng của đơn %(code)s: nhẹ hơn ước tính, bạn được trả lại %(money)s."
        ),
    ),
    "order_weighed_more": Kind(
        _WITH_CALL,
        N_("Đơn %(code)s đã cân xong"),
        N_(
            "%(seller)s đã cân hàng của đơn %(code)s: nặng hơn ước tính, bạn trả thêm %(money)s nhé."
        ),
    ),
    "account_first": Kind(
        _ALL,
        N_("Tài khoản nhận tiền mới"),
        N_("%(seller)s bắt đầu nhận tiền vào %(bank)s. Không phải bạn làm? Gọi chợ ngay."),
        urgent=True,
        private=True,
    ),
    "account_asked": Kind(
        _ALL,
        N_("Có người đổi tài khoản nhận tiền"),
        N_(
            "%(seller)s: có người đề nghị nhận tiền vào %(bank)s từ %(until)s. Không đúng thì mở ra và"
            " bấm Dừng lại ngay."
        ),
        urgent=True,
        private=True,
    ),
    "account_confirmed": Kind(
        _ALL,
        N_("Đã đổi tài khoản nhận tiền"),
        N_("%(seller)s: hai người chủ đã đồng ý, từ bây giờ khách trả vào %(bank)s."),
        urgent=True,
        private=True,
    ),
    "feed_connected": Kind(
        _ALL,
        N_("Tài khoản được nối thêm"),
        N_("%(seller)s: có người nối %(bank)s với một bên báo tiền. Không đúng thì gọi chợ ngay."),
        urgent=True,
        private=True,
    ),
    "account_stopped": Kind(
        _ALL,
        N_("Đã dừng việc đổi tài khoản"),
        N_("%(seller)s: việc đổi sang %(bank)s đã dừng, tiền vẫn vào tài khoản cũ."),
        private=True,
    ),
    "case_opened": Kind(
        _ALL,
        N_("Khách khiếu nại: %(title)s"),
        N_("Khách khiếu nại về %(title)s. Bạn trả lời trước %(until)s nhé."),
    ),
    "case_warned": Kind(
        _ALL,
        N_("Còn 24 giờ: %(title)s"),
        N_("Khiếu nại về %(title)s còn 24 giờ. Sau %(until)s chợ chuyển cho cán bộ."),
        urgent=True,
    ),
    "case_late": Kind(
        _ALL,
        N_("Khiếu nại chờ cán bộ: %(title)s"),
        N_("Khiếu nại về %(title)s của %(seller)s chờ bạn quyết định trước %(until)s."),
    ),
    "case_moved": Kind(
        _ALL,
        N_("Cán bộ đang xem: %(title)s"),
        N_("Khiếu nại của bạn về %(title)s đã chuyển cho cán bộ."),
    ),
    "case_said": Kind(
        _ALL,
        N_("Có trả lời: %(title)s"),
        N_("%(who)s vừa trả lời khiếu nại về %(title)s."),
    ),
    "case_settled": Kind(
        _WITH_CALL,
        N_("Đã có quyết định: %(title)s"),
        N_("Khiếu nại của bạn về %(title)s đã có quyết định."),
    ),
    "offer": Kind(
        frozenset({PUSH, ZNS, SMS}),
        N_("Đến lượt bạn: %(code)s %(what)s"),
        N_("%(seller)s giữ %(code)s %(what)s cho bạn. Bạn xem và đặt trong ít phút nhé."),
        urgent=True,
    ),
    "show_planned": Kind(
        _LETTER,
        N_("%(seller)s sắp live: %(title)s"),
        N_("%(seller)s live lúc %(at)s: %(title)s."),
        private=True,
    ),
    "show_began": Kind(
        _LETTER,
        N_("%(seller)s đang live"),
        N_("%(seller)s đang live: %(title)s."),
        private=True,
    ),
    "harvest": Kind(
        _LETTER,
        N_("%(seller)s mở mẻ mới: %(what)s"),
        N_("%(seller)s nhận đặt trước %(what)s, dự kiến có ngày %(day)s."),
        private=True,
    ),
    "deposit_appeal": Kind(
        _LETTER,
        N_("Khách nói lý do: tiền cọc"),
        N_("%(who)s nói lý do vì sao không phải cọc. Bạn đọc và trả lời nhé."),
    ),
    "deposit_forgiven": Kind(
        _LETTER,
        N_("%(seller)s không xin cọc nữa"),
        N_("Lý do của bạn đã được đọc. Bạn đặt hàng như mọi người."),
    ),
    "deposit_kept": Kind(
        _LETTER,
        N_("%(seller)s vẫn xin cọc"),
        N_("Lý do của bạn đã được đọc và trả lời. Bạn xem câu trả lời ở đây."),
    ),
    "invoice_asked": Kind(
        _LETTER,
        N_("Khách xin hóa đơn: đơn %(code)s"),
        N_("Khách xin hóa đơn GTGT cho đơn %(code)s. Bạn xuất rồi ghi số nhé."),
    ),
    "invoice_issued": Kind(
        _LETTER,
        N_("Hóa đơn của đơn %(code)s"),
        N_("%(seller)s đã xuất hóa đơn số %(number)s cho đơn %(code)s."),
    ),
    "invoice_declined": Kind(
        _LETTER,
        N_("Hóa đơn của đơn %(code)s"),
        N_("%(seller)s không xuất được hóa đơn cho đơn %(code)s: %(why)s"),
    ),
    "collection": Kind(
        _WITH_CALL,
        N_("%(seller)s thu gom %(what)s"),
        N_("%(seller)s thu gom %(what)s lúc %(at)s tại %(place)s."),
    ),
    "leaf_price": Kind(
        _WITH_CALL,
        N_("%(seller)s báo giá %(what)s"),
        N_("%(seller)s thu %(what)s giá %(price)s một cân, từ %(at)s tại %(place)s."),
    ),
}
"""By kind. At night two may be told: the seller's last day, which costs them the case, and packs that whoever
waits for them in a show would lose in ten minutes (theirs to ask for: the show runs at that hour)."""

PRIVATE = frozenset(name for name, kind in KINDS.items() if kind.private)
"""The kinds whose readers their seller does not learn: who follows it (shop/reviews)."""
