"""Every figure of the sale day's report: its key, name, what it means, its unit. Pure.

The one table that page, CSV and PDF read, so that no figure stands anywhere without its meaning. The
sentences are msgids; whoever shows them translates.
"""

from dataclasses import dataclass

from core.errors import N_


@dataclass(frozen=True)
class Figure:
    """A figure: `unit` is vnd, g, ml, piece, packs, orders, people, devices, times, cases or permille."""

    key: str
    name: str
    meaning: str
    unit: str


@dataclass(frozen=True)
class Chapter:
    """Figures that are read together, under one title."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Part:
    """A way in which what was paid for divides; `nameless` stands for rows without a key."""

    key: str
    name: str
    meaning: str
    nameless: str


CHAPTERS = (
    Chapter(
        N_("Người xem và chốt"),
        (
            Figure(
                "viewers",
                N_("Máy đã xem"),
                N_("Mỗi máy đã mở phòng live lúc đang bán tính một lần, dù ra vào nhiều lần."),
                "devices",
            ),
            Figure(
                "claims",
                N_("Lượt chốt"),
                N_("Mọi lần chốt, cả phần chờ và phần sau đó bỏ."),
                "times",
            ),
            Figure("claimed_packs", N_("Gói đã chốt"), N_("Số gói của mọi lần chốt."), "packs"),
            Figure(
                "claimed_vnd",
                N_("Tiền hàng đã chốt"),
                N_("Số gói đã chốt nhân giá lúc chốt."),
                "vnd",
            ),
        ),
    ),
    Chapter(
        N_("Đặt và trả"),
        (
            Figure(
                "ordered_orders",
                N_("Đơn đã đặt"),
                N_("Mọi đơn đặt từ phiên, kể cả đơn sau đó hủy hoặc hết hạn."),
                "orders",
            ),
            Figure("ordered_packs", N_("Gói đã đặt"), N_("Số gói trong các đơn đã đặt."), "packs"),
            Figure(
                "ordered_vnd",
                N_("Tiền hàng đã đặt"),
                N_("Tiền hàng trong các đơn đã đặt, chưa kể phí giao và phiếu giảm giá."),
                "vnd",
            ),
            Figure(
                "paid_orders",
                N_("Đơn đã trả tiền"),
                N_("Đơn đã có tiền về, một phần hay cả đơn; đơn sau đó trả lại tiền vẫn tính."),
                "orders",
            ),
            Figure(
                "paid_packs",
                N_("Gói đã trả tiền"),
                N_("Số gói trong các đơn đã trả tiền."),
                "packs",
            ),
            Figure(
                "paid_vnd",
                N_("Tiền hàng đã trả"),
                N_("Tiền hàng trong các đơn đã trả tiền, chưa kể phí giao và phiếu giảm giá."),
                "vnd",
            ),
        ),
    ),
    Chapter(
        N_("Hàng bán được"),
        (
            Figure(
                "grams",
                N_("Số cân"),
                N_("Hàng bán theo cân trong các đơn đã trả tiền; đã cân thì lấy số cân thật."),
                "g",
            ),
            Figure(
                "millilitres",
                N_("Số lít"),
                N_("Hàng bán theo lít trong các đơn đã trả tiền."),
                "ml",
            ),
            Figure(
                "pieces", N_("Số cái"), N_("Hàng bán theo cái trong các đơn đã trả tiền."), "piece"
            ),
        ),
    ),
    Chapter(
        N_("Người mua"),
        (
            Figure(
                "buyers",
                N_("Người mua"),
                N_("Số điện thoại khác nhau có đơn đã trả tiền."),
                "people",
            ),
            Figure(
                "buyers_in", N_("Trong tỉnh"), N_("Người mua nhận hàng ở Thái Nguyên."), "people"
            ),
            Figure(
                "buyers_out", N_("Ngoài tỉnh"), N_("Người mua nhận hàng ở tỉnh khác."), "people"
            ),
            Figure(
                "buyers_unknown",
                N_("Không rõ nơi ở"),
                N_("Người mua tự đến lấy hoặc đơn không ghi xã; không đoán là ở đâu."),
                "people",
            ),
        ),
    ),
    Chapter(
        N_("Tiền về"),
        (
            Figure(
                "bank_vnd",
                N_("Qua ngân hàng"),
                N_("Tiền ngân hàng báo về cho các đơn, kể cả phí giao."),
                "vnd",
            ),
            Figure(
                "cash_vnd",
                N_("Tiền mặt"),
                N_("Tiền mặt người nhà xác nhận đã nhận, kể cả thu khi giao."),
                "vnd",
            ),
            Figure(
                "cashless",
                N_("Phần không dùng tiền mặt"),
                N_("Tiền qua ngân hàng chia cho tất cả tiền về."),
                "permille",
            ),
        ),
    ),
    Chapter(
        N_("Trả lại và khiếu nại"),
        (
            Figure(
                "refused_orders",
                N_("Đơn bị từ chối"),
                N_("Hàng đã giao đi mà người mua không nhận."),
                "orders",
            ),
            Figure(
                "refused_vnd", N_("Tiền hàng bị từ chối"), N_("Tiền hàng trong các đơn đó."), "vnd"
            ),
            Figure(
                "refunds",
                N_("Đơn trả lại tiền"),
                N_("Đơn phải trả lại một phần hay cả số tiền."),
                "orders",
            ),
            Figure(
                "refund_vnd", N_("Tiền trả lại"), N_("Số tiền phải trả lại của các đơn đó."), "vnd"
            ),
            Figure(
                "complaints",
                N_("Khiếu nại"),
                N_("Khiếu nại về đơn của phiên hoặc về phiên, không kể cái đã rút."),
                "cases",
            ),
            Figure(
                "complaints_on_time",
                N_("Trả lời đúng hạn"),
                N_("Khiếu nại được trả lời hoặc xử lý trong 48 giờ."),
                "cases",
            ),
            Figure(
                "complaints_waiting",
                N_("Còn trong hạn"),
                N_("Khiếu nại chưa trả lời mà chưa quá 48 giờ."),
                "cases",
            ),
        ),
    ),
)
DECLARED = Figure(
    "declared_vnd",
    N_("Bán ngoài chợ (tự khai)"),
    N_("Người bán tự khai, chợ không kiểm được; không cộng vào số nào ở trên."),
    "vnd",
)
PARTS = (
    Part(
        "seller", N_("Theo người bán"), N_("Tiền hàng đã trả, chia theo nhà bán."), N_("Không rõ")
    ),
    Part(
        "commune",
        N_("Theo xã của người trồng"),
        N_(
            "Tiền hàng đã trả, chia theo xã của xã viên làm ra lô hàng; "
            "hàng của chính nhà bán tính ở xã của nhà bán."
        ),
        N_("Chưa rõ lô (chưa đóng hàng)"),
    ),
    Part(
        "paper",
        N_("Theo giấy chứng nhận"),
        N_(
            "Tiền hàng đã trả, chia theo giấy còn hạn vào ngày bán; món có hai giấy đứng một dòng riêng."
        ),
        N_("Chưa có giấy"),
    ),
)
FIGURES = (*(figure for chapter in CHAPTERS for figure in chapter.figures), DECLARED)
"""All of them, in the order in which they are read."""
