"""What the fields of our forms are called on the screen, so that nobody is told about a “qty”.

Refuses to rename fields that only programs send: those keep the name of the contract.
"""

from flask_babel import gettext

from core.errors import N_

_NAMES = {
    "address": N_("địa chỉ"),
    "code": N_("mã"),
    "limit": N_("mỗi người tối đa"),
    "listing": N_("món"),
    "minutes": N_("thời gian"),
    "name": N_("tên"),
    "packs": N_("số lượng"),
    "password": N_("mật khẩu"),
    "phone": N_("số điện thoại"),
    "photo": N_("ảnh"),
    "price": N_("giá"),
    "price_vnd": N_("giá"),
    "qty": N_("số lượng"),
    "reason": N_("lý do"),
    "text": N_("lời nhắn"),
    "title": N_("tên phiên"),
    "way": N_("cách nhận hàng"),
}


def name_of(field: str) -> str:
    """What the form calls `field`, in the language of this request.

    Places in a list and in a row of a form do not matter: `items.0.qty` and `price_2` are `qty` and
    `price`. An unknown field is called by its own name.
    """
    last = field.rpartition(".")[2]
    known = _NAMES.get(last) or _NAMES.get(last.rstrip("0123456789").rstrip("_"))
    return gettext(known) if known else field
