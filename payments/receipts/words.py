"""How a receipt names the way the money came, on its page and on paper."""

from flask_babel import gettext

from core.errors import N_

_METHODS = {
    "bank_transfer": N_("Chuyển khoản"),
    "cash": N_("Tiền mặt"),
    "mixed": N_("Chuyển khoản và tiền mặt"),
    "card": N_("Thẻ"),
    "card_mixed": N_("Thẻ và cách khác"),
    "attested": N_("Chuyển khoản, người bán xác nhận đã thấy tiền"),
}


def method_words(method: str) -> str:
    """The way in the words of the request's language; one that came later reads as it is stored."""
    known = _METHODS.get(method)
    return gettext(known) if known else method
