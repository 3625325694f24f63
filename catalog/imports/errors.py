"""Why a file, or a cell of it, is not taken: each with what to do instead."""

from core.errors import N_, DomainError
from core.tables.errors import FileRefused


class NoHeader(FileRefused):
    """No row names the columns; `needed` lists what must be there."""

    code = "no_header"
    message = N_(
        "Không thấy dòng tiêu đề. Dòng đầu của bảng cần có các cột: %(needed)s. Bạn tải file mẫu nhé."
    )


class MissingColumns(FileRefused):
    """Some needed columns are not there; `missing` and `found` list titles."""

    code = "missing_columns"
    message = N_(
        "Thiếu cột: %(missing)s. Đã nhận ra: %(found)s. Bạn thêm cột thiếu rồi gửi lại nhé."
    )


class DoubledColumn(FileRefused):
    """Two headers mean the same column."""

    code = "doubled_column"
    message = N_("Hai cột “%(one)s” và “%(other)s” cùng nghĩa. Bạn bỏ hoặc đổi tên một cột nhé.")


class NoRows(FileRefused):
    """There is a header and nothing under it."""

    code = "no_rows"
    message = N_(
        "Bảng chỉ có dòng tiêu đề, chưa có dòng hàng nào. Bạn điền vài dòng rồi gửi lại nhé."
    )


class TooManyToExport(DomainError):
    """More rows than one file takes."""

    code = "too_many_to_export"
    message = N_(
        "Có hơn %(most)s dòng, một file không chứa hết. Bạn chọn khoảng ngày ngắn hơn nhé."
    )


class NothingChosen(DomainError):
    """Rows are to be applied and none was named."""

    code = "nothing_chosen"
    message = N_("Chưa chọn dòng nào. Bạn chọn ít nhất một dòng rồi bấm ghi nhé.")


class TooManyChosen(DomainError):
    """More rows were chosen than one write takes."""

    code = "too_many_chosen"
    message = N_(
        "Mỗi lần ghi được tối đa %(most)s dòng. Bạn bỏ chọn bớt, phần còn lại ghi lượt sau."
    )


class RowRefused(DomainError):
    """A chosen row can no longer be written down; nothing was. `row` is its number, `why` the reason."""

    code = "row_refused"
    status = 409
    message = N_("Chưa ghi dòng nào: dòng %(row)s không ghi được. %(why)s")
