"""What the fields of our forms are called on the screen, so that nobody is told about a “qty”.

Refuses to rename fields that only programs send: those keep the name of the contract.
"""

from flask_babel import gettext

from core.errors import N_

_NAMES = {
    "address": N_("địa chỉ"),
    "area": N_("diện tích"),
    "base_unit": N_("đơn vị kho"),
    "best_before": N_("hạn dùng"),
    "brand": N_("nhãn hiệu"),
    "code": N_("mã"),
    "commune": N_("xã, phường"),
    "consent": N_("ô đồng ý"),
    "consented_on": N_("ngày đồng ý"),
    "counted": N_("số đếm được"),
    "crop": N_("cây trồng"),
    "days": N_("số ngày"),
    "from_day": N_("ngày áp dụng"),
    "from_on": N_("từ ngày"),
    "from_time": N_("giờ áp dụng"),
    "grade": N_("loại"),
    "harvested_on": N_("ngày thu"),
    "holder": N_("cấp cho"),
    "household": N_("diện hộ"),
    "inputs": N_("lô đưa vào"),
    "interval_days": N_("số ngày cách ly"),
    "issuer": N_("nơi cấp"),
    "joined_on": N_("ngày vào"),
    "kind": N_("loại"),
    "left_on": N_("ngày rời"),
    "limit": N_("mỗi người tối đa"),
    "listing": N_("món"),
    "lot": N_("lô"),
    "lots": N_("lô"),
    "made": N_("cân được"),
    "member": N_("xã viên"),
    "minutes": N_("thời gian"),
    "mode": N_("cách bán"),
    "name": N_("tên"),
    "notes": N_("ghi chú"),
    "number": N_("số giấy"),
    "outputs": N_("thành phẩm"),
    "pack": N_("gói"),
    "pack_unit": N_("đơn vị của gói"),
    "packs": N_("số lượng"),
    "password": N_("mật khẩu"),
    "percent": N_("phần trăm"),
    "percent_off": N_("phần trăm"),
    "phone": N_("số điện thoại"),
    "photo": N_("ảnh"),
    "place_code": N_("mã số vùng trồng"),
    "plot": N_("thửa"),
    "point": N_("kho, quầy"),
    "price": N_("giá"),
    "price_vnd": N_("giá"),
    "product": N_("sản phẩm"),
    "qty": N_("số lượng"),
    "quantity": N_("số lượng"),
    "quantity_unit": N_("đơn vị"),
    "reason": N_("lý do"),
    "removal_days": N_("số ngày ngừng bán trước hạn"),
    "season_from": N_("mùa"),
    "season_to": N_("mùa"),
    "seen_on": N_("ngày xem giá"),
    "shelf_days": N_("số ngày để được"),
    "size": N_("số lượng"),
    "size_unit": N_("đơn vị"),
    "source": N_("căn cứ"),
    "sprayed_on": N_("ngày phun"),
    "standards": N_("tiêu chuẩn"),
    "stars": N_("số sao"),
    "stock": N_("nơi lấy hàng"),
    "story": N_("chuyện của món"),
    "text": N_("lời nhắn"),
    "title": N_("tên phiên"),
    "unit": N_("đơn vị"),
    "unit_word": N_("cách gọi gói"),
    "until_on": N_("đến ngày"),
    "used": N_("đưa vào"),
    "valid_from": N_("ngày bắt đầu có giá trị"),
    "valid_until": N_("ngày cuối cùng"),
    "way": N_("cách nhận hàng"),
    "why": N_("lý do"),
    "word": N_("đơn vị"),
}


def name_of(field: str) -> str:
    """What the form calls `field`, in the language of this request.

    Places in a list and in a row of a form do not matter: `items.0.qty` and `price_2` are `qty` and
    `price`. An unknown field is called by its own name.
    """
    last = field.rpartition(".")[2]
    known = _NAMES.get(last) or _NAMES.get(last.rstrip("0123456789").rstrip("_"))
    return gettext(known) if known else field
