"""What each kind of notice says, in the reader's language, and by which roads it may go.

Refuses marks and pictures: a text has to be read on any phone, so it is short and ends with its link.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import force_locale, gettext

from core.errors import N_
from shop.notices.kinds import ALL, LETTER, WITH_CALL, Kind
from shop.notices.money_letters import MONEY
from shop.notices.notice_rules import PUSH, SMS, ZNS
from shop.notices.stop_letters import STOPS

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


def written(kind: str, facts: Facts, link: str, lang: str) -> Letter:
    """The notice in `lang` (`vi` or `en`). Precondition: `kind` is one of `KINDS`; an application context."""
    with force_locale(lang):
        subject, text = (gettext(said) % facts for said in (KINDS[kind].subject, KINDS[kind].text))
        glance = gettext("Chạm để xem.")
    whole = f"{text} {link}".strip()
    return Letter(subject, whole, link, glance, KINDS[kind].urgent, kind=kind, facts=facts)


KINDS: dict[str, Kind] = {
    "order_paid": Kind(
        LETTER,
        N_("Đã nhận tiền đơn %(code)s"),
        N_("%(seller)s đã nhận %(sum)s cho đơn %(code)s và giữ hàng cho bạn."),
    ),
    "order_on_way": Kind(
        ALL,
        N_("Đơn %(code)s đang tới"),
        N_("Đơn %(code)s của %(seller)s đã rời kho, đang tới bạn."),
    ),
    "order_refund": Kind(
        WITH_CALL,
        N_("Đơn %(code)s: tiền được hoàn"),
        N_("Đơn %(code)s không giao nữa. %(seller)s sẽ hoàn lại số tiền bạn đã trả."),
    ),
    "order_weighed": Kind(
        WITH_CALL,
        N_("Đơn %(code)s đã cân xong"),
        N_("%(seller)s đã cân hàng của đơn %(code)s. Đơn này hết %(sum)s."),
    ),
    "order_weighed_pay": Kind(
        WITH_CALL,
        N_("Đơn %(code)s đã cân xong"),
        N_("%(seller)s đã cân hàng của đơn %(code)s: hết %(sum)s. Bạn mở đơn để trả tiền nhé."),
    ),
    "order_not_weighed": Kind(
        WITH_CALL,
        N_("Đơn %(code)s đã hết hạn"),
        N_(
            "%(seller)s chưa cân kịp hàng của đơn %(code)s nên đơn đã hết hạn. Bạn không phải trả gì."
        ),
    ),
    "order_to_weigh": Kind(
        LETTER,
        N_("Đơn %(code)s chờ cân"),
        N_("Đơn %(code)s cân xong khách mới trả tiền. Bạn cân trước %(until)s nhé."),
    ),
    "order_weighed_back": Kind(
        WITH_CALL,
        N_("Đơn %(code)s đã cân xong"),
        N_(
            "%(seller)s đã cân hàng của đơn %(code)s: nhẹ hơn ước tính, bạn được trả lại %(money)s."
        ),
    ),
    "order_weighed_more": Kind(
        WITH_CALL,
        N_("Đơn %(code)s đã cân xong"),
        N_(
            "%(seller)s đã cân hàng của đơn %(code)s: nặng hơn ước tính, bạn trả thêm %(money)s nhé."
        ),
    ),
    "case_opened": Kind(
        ALL,
        N_("Khách khiếu nại: %(title)s"),
        N_("Khách khiếu nại về %(title)s. Bạn trả lời trước %(until)s nhé."),
    ),
    "case_warned": Kind(
        ALL,
        N_("Còn 24 giờ: %(title)s"),
        N_("Khiếu nại về %(title)s còn 24 giờ. Sau %(until)s chợ chuyển cho cán bộ."),
        urgent=True,
    ),
    "case_late": Kind(
        ALL,
        N_("Khiếu nại chờ cán bộ: %(title)s"),
        N_("Khiếu nại về %(title)s của %(seller)s chờ bạn quyết định trước %(until)s."),
    ),
    "case_moved": Kind(
        ALL,
        N_("Cán bộ đang xem: %(title)s"),
        N_("Khiếu nại của bạn về %(title)s đã chuyển cho cán bộ."),
    ),
    "case_said": Kind(
        ALL,
        N_("Có trả lời: %(title)s"),
        N_("%(who)s vừa trả lời khiếu nại về %(title)s."),
    ),
    "case_settled": Kind(
        WITH_CALL,
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
        LETTER,
        N_("%(seller)s sắp live: %(title)s"),
        N_("%(seller)s live lúc %(at)s: %(title)s."),
        private=True,
    ),
    "show_began": Kind(
        LETTER,
        N_("%(seller)s đang live"),
        N_("%(seller)s đang live: %(title)s."),
        private=True,
    ),
    "harvest": Kind(
        LETTER,
        N_("%(seller)s mở mẻ mới: %(what)s"),
        N_("%(seller)s nhận đặt trước %(what)s, dự kiến có ngày %(day)s."),
        private=True,
    ),
    "deposit_appeal": Kind(
        LETTER,
        N_("Khách nói lý do: tiền cọc"),
        N_("%(who)s nói lý do vì sao không phải cọc. Bạn đọc và trả lời nhé."),
    ),
    "deposit_forgiven": Kind(
        LETTER,
        N_("%(seller)s không xin cọc nữa"),
        N_("Lý do của bạn đã được đọc. Bạn đặt hàng như mọi người."),
    ),
    "deposit_kept": Kind(
        LETTER,
        N_("%(seller)s vẫn xin cọc"),
        N_("Lý do của bạn đã được đọc và trả lời. Bạn xem câu trả lời ở đây."),
    ),
    "invoice_asked": Kind(
        LETTER,
        N_("Khách xin hóa đơn: đơn %(code)s"),
        N_("Khách xin hóa đơn GTGT cho đơn %(code)s. Bạn xuất rồi ghi số nhé."),
    ),
    "invoice_issued": Kind(
        LETTER,
        N_("Hóa đơn của đơn %(code)s"),
        N_("%(seller)s đã xuất hóa đơn số %(number)s cho đơn %(code)s."),
    ),
    "invoice_declined": Kind(
        LETTER,
        N_("Hóa đơn của đơn %(code)s"),
        N_("%(seller)s không xuất được hóa đơn cho đơn %(code)s: %(why)s"),
    ),
    "collection": Kind(
        WITH_CALL,
        N_("%(seller)s thu gom %(what)s"),
        N_("%(seller)s thu gom %(what)s lúc %(at)s tại %(place)s."),
    ),
    "leaf_price": Kind(
        WITH_CALL,
        N_("%(seller)s báo giá %(what)s"),
        N_("%(seller)s thu %(what)s giá %(price)s một cân, từ %(at)s tại %(place)s."),
    ),
    **MONEY,
    **STOPS,
}
"""By kind. At night few may be told, beside what leads money elsewhere (`money_letters`) and a show that was
stopped (`stop_letters`): the seller's last day, which costs them the case, and packs that whoever waits for
them in a show would lose in ten minutes (theirs to ask for: the show runs at that hour)."""

PRIVATE = frozenset(name for name, kind in KINDS.items() if kind.private)
"""The kinds whose readers their seller does not learn: who follows it (shop/reviews)."""
