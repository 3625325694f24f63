"""Why a cell of a file is not taken: each with what to write instead."""

from core.errors import N_, DomainError


class BadCell(DomainError):
    """A cell that cannot be read; subclasses say what is asked for."""

    code = "bad_cell"
    message = N_("Ô này chưa đúng.")


class Empty(BadCell):
    """A needed cell is empty."""

    code = "cell_empty"
    message = N_("Ô này còn trống.")


class IsFormula(BadCell):
    """A formula stands where a number or a day is asked."""

    code = "cell_formula"
    message = N_(
        "Ô này là công thức. Bạn chép rồi dán lại dạng giá trị, không dán công thức, giúp nhé."
    )


class TooLong(BadCell):
    """More letters than fit; `most` says how many do."""

    code = "cell_too_long"
    message = N_("Dài quá %(most)s chữ. Bạn viết ngắn lại giúp nhé.")


class BadDay(BadCell):
    """No day of the calendar."""

    code = "cell_day"
    message = N_("Không có ngày này. Bạn viết ngày/tháng/năm, ví dụ 20/11/2026.")


class FutureDay(BadCell):
    """A day that has not come."""

    code = "cell_future"
    message = N_("Ngày này chưa tới. Bạn xem lại ngày giúp nhé.")


class BadCount(BadCell):
    """No whole number in range."""

    code = "cell_count"
    message = N_("Cần một số nguyên từ %(low)s đến %(high)s.")


class NeedsUnit(BadCell):
    """A bare number of something that is weighed or poured."""

    code = "cell_unit"
    message = N_(
        "Thiếu đơn vị. Bạn viết kèm đơn vị, ví dụ “2,5 kg”, hoặc ghi “(kg)” ở tiêu đề cột."
    )


class NeedsSize(BadCell):
    """A word for a pack that does not say how much is in it."""

    code = "cell_size"
    message = N_(
        "Chưa rõ một %(word)s là bao nhiêu. Bạn ghi quy cách, ví dụ “200 g” hoặc “10 quả”."
    )


class UnknownKind(BadCell):
    """No kind of produce the market knows."""

    code = "cell_kind"
    message = N_("Chợ chưa có loại “%(text)s”. Bạn để trống, chợ tự đoán loại theo tên sản phẩm.")


class UnknownProduct(BadCell):
    """The seller has no such product."""

    code = "cell_product"
    message = N_("Chưa có sản phẩm “%(text)s”. Bạn thêm ở Món bán trước, hoặc sửa tên cho khớp.")


class AlmostProduct(BadCell):
    """The seller has no such product, but one that is nearly called so."""

    code = "cell_product_near"
    message = N_("Chưa có sản phẩm “%(text)s”. Có phải “%(near)s”? Bạn sửa tên cho khớp nhé.")


class TwoProducts(BadCell):
    """Two products have that name."""

    code = "cell_products"
    message = N_("Có hai sản phẩm tên “%(text)s”. Bạn đổi tên một sản phẩm cho khác nhau nhé.")


class UnknownMember(BadCell):
    """No such member in the grower book."""

    code = "cell_member"
    message = N_("Sổ xã viên chưa có “%(text)s”. Bạn thêm vào sổ trước, hoặc sửa tên cho khớp.")


class TwoMembers(BadCell):
    """Two members have that name."""

    code = "cell_members"
    message = N_("Có hai xã viên tên “%(text)s”. Bạn ghi số điện thoại của người đó thay tên nhé.")


class UnknownPlot(BadCell):
    """The member has no such plot."""

    code = "cell_plot"
    message = N_(
        "Xã viên này chưa có thửa “%(text)s” trong sổ. Bạn thêm thửa trước, hoặc để trống."
    )


class UnknownLot(BadCell):
    """No such lot."""

    code = "cell_lot"
    message = N_("Không có lô “%(text)s” của sản phẩm này. Bạn xem lại mã lô giúp nhé.")


class UnknownPoint(BadCell):
    """No such stock point; `known` lists the seller's."""

    code = "cell_point"
    message = N_("Không có điểm kho “%(text)s”. Bạn chọn một trong: %(known)s.")


class OtherUnit(BadCell):
    """The product is counted in something else."""

    code = "cell_base"
    message = N_("Sản phẩm này tính theo %(unit)s, không đóng gói theo đơn vị khác được.")


class LotDiffers(BadCell):
    """A lot of that code is in the books and says otherwise."""

    code = "cell_lot_differs"
    message = N_(
        "Lô này đã có và ghi khác (%(now)s). File không sửa lô cũ: bạn sửa ở trang lô nhé."
    )


class LotCountDiffers(BadCell):
    """A lot of that code is in the books with another quantity."""

    code = "cell_lot_count"
    message = N_("Lô này trong kho còn %(now)s. Muốn đổi số lượng thì dùng bảng kiểm kê nhé.")


class BookMoved(BadCell):
    """What the sheet was counted against is no longer what the books say."""

    code = "cell_book_moved"
    message = N_(
        "Sổ nay là %(now)s, không còn là %(then)s như lúc in bảng. Bạn đếm lại dòng này nhé."
    )


class RowTwice(BadCell):
    """An earlier row of the file says the same thing otherwise; `row` is its number."""

    code = "cell_twice"
    message = N_("Dòng %(row)s đã ghi mục này với số khác. Bạn giữ lại một dòng thôi nhé.")


class NotAlone(BadCell):
    """A set of other listings, whose price is not for a price list to change."""

    code = "cell_not_plain"
    message = N_("Món này là bộ hàng, giá chỉ sửa được trên trang món.")


class CodeIsOurs(BadCell):
    """A lot is to be recorded under a code that no lot has."""

    code = "cell_code"
    message = N_("Không có lô “%(text)s”. Mã lô do chợ cấp: bạn để trống ô này để ghi lô mới nhé.")


class MemberHasLeft(BadCell):
    """The member belonged no more on that day; `on` is the first day without them."""

    code = "cell_member_left"
    message = N_("Người này đã thôi là xã viên từ %(on)s. Bạn xem lại ngày hoặc sổ xã viên nhé.")
