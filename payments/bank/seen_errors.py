"""Reasons for which a person's word about money they saw is refused."""

from core.errors import N_, DomainError


class BadTail(DomainError):
    """Four letters or digits are wanted: without them no statement could be held against the word."""

    code = "bad_tail"
    status = 422
    message = N_("Cần bốn chữ hoặc số cuối của mã giao dịch trong app ngân hàng.")


class SeenDay(DomainError):
    """The day is none, is to come, or is too long ago."""

    code = "seen_day"
    status = 422
    message = N_("Ngày tiền về phải là hôm nay hoặc trong ba tháng qua. Bạn chọn lại ngày nhé.")


class SeenAlready(DomainError):
    """Somebody told of the same sum with the same four letters, of that day or one beside it."""

    code = "seen_already"
    status = 409
    message = N_("Khoản này có người ghi rồi: đúng số tiền, đúng bốn chữ cuối. Không ghi hai lần.")


class SeenTakenBack(DomainError):
    """It was taken back before."""

    code = "seen_taken_back"
    status = 409
    message = N_("Khoản này đã được rút lại rồi.")


class SeenConfirmed(DomainError):
    """The bank told of it too: it is no longer one person's word."""

    code = "seen_confirmed"
    status = 409
    message = N_("Ngân hàng đã xác nhận khoản này nên không rút lại được.")


class SeenUsed(DomainError):
    """Somebody placed it by hand, or it was used for a carrier's list."""

    code = "seen_used"
    status = 409
    message = N_("Khoản này đã có người xếp chỗ. Bạn mở khoản tiền, bấm “Lấy lại” rồi rút lời sau.")


class SeenReceipted(DomainError):
    """A receipt says that this money paid for something."""

    code = "seen_receipted"
    status = 409
    message = N_(
        "Khoản này đã ra biên nhận nên không rút lại được. Tiền không về thật thì ghi hủy biên nhận ở"
        " trang Biên nhận, rồi gọi khách."
    )
