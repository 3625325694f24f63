"""Why a statement, or a row of it, is not taken: each with what to do instead."""

from core.errors import N_, DomainError
from core.tables.errors import FileRefused


class NoStatementTable(FileRefused):
    """No row of the file names the columns of a statement."""

    code = "no_statement_table"
    message = N_(
        "Không thấy bảng sao kê. Bảng cần có cột ngày, số tiền, nội dung. Bạn tải file Excel hoặc CSV"
        " từ trang ngân hàng rồi gửi lại nhé."
    )


class ScreenshotIsNoProof(FileRefused):
    """A picture of a transfer proves nothing: anybody can draw one."""

    code = "screenshot_is_no_proof"
    message = N_(
        "Ảnh chụp màn hình không phải sao kê: ảnh ai cũng sửa được, nên chợ không ghi tiền theo ảnh."
        " Bạn vào trang ngân hàng, tải sao kê Excel hoặc CSV rồi gửi lại nhé."
    )


class PdfStatement(FileRefused):
    """Banks offer statements as PDF too; its tables cannot be read for sure."""

    code = "pdf_statement"
    message = N_(
        "Sao kê dạng PDF máy không đọc chắc được. Bạn vào trang ngân hàng, chọn tải bản Excel hoặc CSV"
        " rồi gửi lại nhé."
    )


class NoDayColumn(FileRefused):
    """No column was said to be the day."""

    code = "no_day_column"
    message = N_("Chưa chọn cột ngày. Bạn chọn cột ghi ngày giao dịch giúp nhé.")


class NoMoneyColumn(FileRefused):
    """No column was said to be money."""

    code = "no_money_column"
    message = N_(
        "Chưa chọn cột tiền. Bạn chọn cột tiền vào, cột tiền ra, hoặc một cột số tiền giúp nhé."
    )


class BookMoved(DomainError):
    """The books changed since the preview: it is shown again before anything is written."""

    code = "book_moved"
    status = 409
    message = N_("Sổ vừa có thêm khoản mới nên chưa ghi gì. Bạn xem lại con số rồi bấm ghi nhé.")


class AlreadyTaken(DomainError):
    """The file is in the books, or on its way: its columns cannot be read otherwise any more."""

    code = "already_taken"
    status = 409
    message = N_("File này đã ghi vào sổ. Muốn đọc cột khác, bạn gửi lại file nhé.")


class OddRow(DomainError):
    """A row that is no movement; subclasses say why."""

    code = "odd_row"
    message = N_("Dòng này chưa đọc được.")


class NoSum(OddRow):
    """Neither money in nor money out."""

    code = "row_no_sum"
    message = N_("Dòng này không có số tiền vào hay ra.")


class TwoSums(OddRow):
    """Money in and money out in one row."""

    code = "row_two_sums"
    message = N_("Dòng này ghi cả tiền vào và tiền ra.")


class BadSum(OddRow):
    """What stands for a sum cannot be read as whole đồng."""

    code = "row_bad_sum"
    message = N_("Không đọc được số tiền “%(shown)s”. Số tiền phải là số đồng chẵn.")


class SumIsFormula(OddRow):
    """A formula stands for a sum."""

    code = "row_formula"
    message = N_("Số tiền là công thức nên không nhận. Bạn dán lại dạng giá trị giúp nhé.")


class LooksLikeTotal(OddRow):
    """A row with a day and a sum that begins like the bank's own total."""

    code = "row_total"
    message = N_("Dòng này giống dòng tổng hay số dư của ngân hàng nên chưa ghi.")


class NoDay(OddRow):
    """Money without a day."""

    code = "row_no_day"
    message = N_("Không đọc được ngày “%(shown)s”. Ngày cần viết kiểu 25/11/2026.")


class DayAhead(OddRow):
    """A day that has not come."""

    code = "row_day_ahead"
    message = N_("Ngày %(shown)s chưa tới. Bạn xem lại cột ngày giúp nhé.")
