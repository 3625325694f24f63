"""What notices of money say: where it arrives, where it goes back to, what of it was taken or is missing.

Refuses account numbers beyond their last four: a notice may be read over a shoulder.
"""

from core.errors import N_
from shop.notices.kinds import ALL, GUARDED, LETTER, WITH_CALL, Kind

MONEY: dict[str, Kind] = {
    "account_first": Kind(
        ALL,
        N_("Tài khoản nhận tiền mới"),
        N_("%(seller)s bắt đầu nhận tiền vào %(bank)s. Không phải bạn làm? Gọi chợ ngay."),
        urgent=True,
        private=True,
    ),
    "account_asked": Kind(
        ALL,
        N_("Có người đổi tài khoản nhận tiền"),
        N_(
            "%(seller)s: có người đề nghị nhận tiền vào %(bank)s từ %(until)s. Không đúng thì mở ra và"
            " bấm Dừng lại ngay."
        ),
        urgent=True,
        private=True,
    ),
    "account_confirmed": Kind(
        ALL,
        N_("Đã đổi tài khoản nhận tiền"),
        N_("%(seller)s: hai người chủ đã đồng ý, từ bây giờ khách trả vào %(bank)s."),
        urgent=True,
        private=True,
    ),
    "feed_connected": Kind(
        ALL,
        N_("Tài khoản được nối thêm"),
        N_("%(seller)s: có người nối %(bank)s với một bên báo tiền. Không đúng thì gọi chợ ngay."),
        urgent=True,
        private=True,
    ),
    "account_stopped": Kind(
        ALL,
        N_("Đã dừng việc đổi tài khoản"),
        N_("%(seller)s: việc đổi sang %(bank)s đã dừng, tiền vẫn vào tài khoản cũ."),
        private=True,
    ),
    "refund_proved": Kind(
        ALL,
        N_("Đơn %(code)s: tiền đã về tài khoản của bạn"),
        N_(
            "%(seller)s đã hoàn %(money)s của đơn %(code)s về tài khoản %(bank)s của bạn. Ngân hàng"
            " đã báo chuyển xong."
        ),
    ),
    "refund_paid": Kind(
        ALL,
        N_("Đơn %(code)s: tiền hoàn đã chuyển cho bạn"),
        N_("%(seller)s đã hoàn %(money)s của đơn %(code)s. Ngân hàng đã báo chuyển xong."),
    ),
    "refund_carded": Kind(
        ALL,
        N_("Đơn %(code)s: tiền hoàn đã về thẻ của bạn"),
        N_(
            "%(seller)s đã hoàn %(money)s của đơn %(code)s vào thẻ bạn đã trả. Ngân hàng của thẻ có"
            " thể ghi chậm vài ngày."
        ),
    ),
    "refund_returned": Kind(
        WITH_CALL,
        N_("Đơn %(code)s: bạn kiểm tra số tài khoản"),
        N_(
            "Ngân hàng trả lại %(money)s mà %(seller)s hoàn cho đơn %(code)s. Bạn mở đơn, kiểm tra số"
            " tài khoản nhận tiền nhé."
        ),
    ),
    "refund_card_back": Kind(
        WITH_CALL,
        N_("Đơn %(code)s: tiền hoàn chưa vào thẻ"),
        N_(
            "Ngân hàng của thẻ trả lại %(money)s mà %(seller)s hoàn cho đơn %(code)s. %(seller)s vẫn"
            " nợ bạn số tiền này và sẽ hoàn lại."
        ),
    ),
    "paid_twice": Kind(
        ALL,
        N_("Đơn %(code)s: bạn chuyển hai lần"),
        N_(
            "%(seller)s nhận thêm %(money)s cho đơn %(code)s đã trả đủ. Bạn mở đơn, chọn nhận lại,"
            " trả cho đơn khác hay để dành nhé."
        ),
    ),
    "late_money": Kind(
        ALL,
        N_("Đơn %(code)s: tiền về muộn, phải trả lại khách"),
        N_(
            "%(seller)s: %(money)s về khi đơn %(code)s đã hết hạn và không giao được nữa. Bạn trả lại"
            " khách nhé."
        ),
        private=True,
    ),
    "refund_account": Kind(
        GUARDED,
        N_("Đơn %(code)s: tài khoản nhận hoàn vừa đổi"),
        N_(
            "Tiền hoàn đơn %(code)s từ bây giờ về %(bank)s. Không phải bạn đổi? Gọi %(seller)s ngay,"
            " số %(phone)s."
        ),
        urgent=True,
        guarded=True,
    ),
    "refund_came_back": Kind(
        ALL,
        N_("Tiền hoàn đơn %(code)s bị trả lại"),
        N_(
            "%(seller)s: ngân hàng trả lại %(money)s đã hoàn cho đơn %(code)s. Bạn hỏi lại khách rồi"
            " hoàn lần nữa nhé."
        ),
        private=True,
    ),
    "card_disputed": Kind(
        ALL,
        N_("Khách đòi lại tiền thẻ: đơn %(code)s"),
        N_(
            "%(seller)s: người trả thẻ cho đơn %(code)s nhờ ngân hàng đòi lại %(money)s. Bạn xem hạn"
            " trả lời và gửi giấy tờ giao hàng."
        ),
        private=True,
    ),
    "day_broken": Kind(
        ALL,
        N_("Ngày %(day)s: sổ và ngân hàng lệch nhau"),
        N_(
            "%(seller)s: ngày %(day)s, %(bank)s lệch sổ %(money)s. Bạn mở ra xem lệch từ khoản nào."
        ),
        private=True,
    ),
    "fee_invoiced": Kind(
        LETTER,
        N_("Hóa đơn phí chợ tháng %(month)s"),
        N_("%(seller)s: hóa đơn phí chợ tháng %(month)s là %(money)s, trả trước %(day)s."),
        private=True,
    ),
    "money_waits": Kind(
        ALL,
        N_("Tiền chờ xếp chỗ đã quá %(days)s ngày"),
        N_(
            "%(seller)s: %(number)s khoản, cộng %(money)s, chưa ai xếp chỗ đã quá %(days)s ngày. Bạn mở"
            " trang Tiền xem giúp nhé."
        ),
        private=True,
    ),
    "member_paid": Kind(
        ALL,
        N_("%(seller)s đã trả tiền cho bạn"),
        N_("%(seller)s đã chuyển %(money)s vào tài khoản %(bank)s của bạn."),
        private=True,
    ),
    "member_unpaid": Kind(
        WITH_CALL,
        N_("Tiền của bạn bị ngân hàng trả lại"),
        N_(
            "%(seller)s chuyển %(money)s cho bạn nhưng ngân hàng trả lại. Tiền vẫn còn nợ bạn. Bạn xem"
            " lại số tài khoản %(bank)s và báo hợp tác xã nhé."
        ),
        private=True,
    ),
    "payout_came_back": Kind(
        ALL,
        N_("Tiền trả %(name)s bị trả lại"),
        N_(
            "%(seller)s: ngân hàng trả lại %(money)s đã chuyển cho %(name)s (%(bank)s). Sổ ghi còn nợ"
            " lại. Bạn hỏi lại số tài khoản rồi trả lần nữa nhé."
        ),
        private=True,
    ),
    "payout_unwanted": Kind(
        ALL,
        N_("Ngân hàng đã trả khoản bạn hủy: %(name)s"),
        N_(
            "%(seller)s: đợt đã hủy mà ngân hàng vẫn trả %(name)s %(money)s. Sổ đã trừ và bỏ khỏi đợt"
            " đang chờ. Tệp mới đã gửi thì gọi ngân hàng dừng ngay."
        ),
        urgent=True,
        private=True,
    ),
    "member_account": Kind(
        GUARDED,
        N_("Tài khoản nhận tiền của bạn vừa đổi"),
        N_(
            "%(seller)s từ nay trả tiền hàng cho bạn vào %(bank)s. Không phải bạn báo đổi? Gọi"
            " %(phone)s ngay."
        ),
        urgent=True,
        private=True,
    ),
    "payee_account": Kind(
        ALL,
        N_("Đổi tài khoản nhận tiền của %(name)s"),
        N_(
            "%(seller)s: tiền của %(name)s từ nay vào %(bank)s, 72 giờ nữa mới chuyển được. Không đúng"
            " thì mở ra và sửa lại ngay."
        ),
        urgent=True,
        private=True,
    ),
}
"""By kind, a part of `letters.KINDS`."""
