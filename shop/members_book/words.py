"""What the lines of the members' book are called, in the reader's language and in plain words."""

from flask_babel import gettext as _

from payments.payouts.book import EntryFacts


def kind_words(entry: EntryFacts) -> str:
    """What a line is: "Bán hàng", "Ứng trước"; a sale or intake taken off says why it is less."""
    if entry.reverses_id is not None:
        return _("Hủy khoản đã ghi")
    if entry.kind in ("sale", "intake") and entry.amount_vnd < 0:
        return _("Hàng trả lại hoặc hoàn tiền")
    return {
        "sale": _("Bán hàng"),
        "intake": _("Hợp tác xã mua"),
        "extra": _("Cộng thêm"),
        "packing": _("Công đóng gói"),
        "fund": _("Quỹ hợp tác xã"),
        "other": _("Trừ khác"),
        "charge": _("Trừ tiền"),
        "advance": _("Ứng trước"),
        "payout": _("Đã trả"),
        "returned": _("Ngân hàng trả lại"),
    }[entry.kind]
