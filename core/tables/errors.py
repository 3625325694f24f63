"""Why a file that somebody sent is not taken: each with what to do instead."""

from core.errors import N_, DomainError


class FileRefused(DomainError):
    """The file as a whole cannot be read."""

    code = "file_refused"
    message = N_("File này không đọc được. Bạn lưu lại thành .xlsx hoặc CSV UTF-8 rồi gửi lại nhé.")


class NoFile(FileRefused):
    """Neither a file nor pasted cells came."""

    code = "file_missing"
    message = N_("Chưa có file nào. Bạn chọn file hoặc dán bảng từ Excel vào ô giúp nhé.")


class FileTooLarge(FileRefused):
    """The file has more bytes than the door takes; `most` says how many MB."""

    code = "file_too_large"
    status = 413
    message = N_(
        "File lớn hơn %(most)s MB. Bạn bỏ ảnh và trang thừa, hoặc chia làm nhiều file nhé."
    )


class TooManyRows(FileRefused):
    """The table is longer than is taken at once."""

    code = "too_many_rows"
    message = N_(
        "Bảng dài hơn %(most)s dòng. Bạn chia làm nhiều file, hoặc xoá dòng trống bên dưới."
    )


class TooManyColumns(FileRefused):
    """The table is wider than any of ours."""

    code = "too_many_columns"
    message = N_("Bảng rộng hơn %(most)s cột. Bạn xoá các cột không cần rồi gửi lại nhé.")


class IsWebPage(FileRefused):
    """HTML, whatever its name says: what some sites call “Excel”."""

    code = "is_web_page"
    message = N_(
        "Đây là trang web (HTML), không phải bảng tính, dù tên file là gì. Bạn mở bằng Excel,"
        " chọn Lưu thành .xlsx rồi gửi lại nhé."
    )


class IsOldExcel(FileRefused):
    """The binary format before 2007."""

    code = "is_old_excel"
    message = N_(
        "Đây là file Excel đời cũ (.xls). Bạn mở ra, chọn Lưu thành .xlsx rồi gửi lại nhé."
    )


class IsNoTable(FileRefused):
    """A picture, a PDF, a document, an archive."""

    code = "is_no_table"
    message = N_("Đây không phải bảng tính. Bạn gửi file .xlsx hoặc .csv giúp nhé.")


class IsPicture(IsNoTable):
    """A photograph, a screenshot, a film."""

    code = "is_picture"
    message = N_("Đây là ảnh, không phải bảng tính. Bạn gửi file .xlsx hoặc .csv giúp nhé.")


class IsPdf(IsNoTable):
    """A PDF, which shows a table and holds none."""

    code = "is_pdf"
    message = N_("Đây là file PDF, không phải bảng tính. Bạn gửi file .xlsx hoặc .csv giúp nhé.")


class IsTooPacked(FileRefused):
    """A zip that would unpack to far more than a price list."""

    code = "is_too_packed"
    message = N_(
        "File Excel này bung ra quá lớn nên không mở. Bạn chép riêng bảng sang file mới nhé."
    )


class UnknownLetters(FileRefused):
    """The letters of a text file cannot be told for sure."""

    code = "unknown_letters"
    message = N_(
        "Không nhận ra bảng mã chữ Việt của file (có thể là TCVN3 hoặc VNI). Bạn mở bằng Excel,"
        " chọn Lưu thành “CSV UTF-8” hoặc .xlsx rồi gửi lại nhé."
    )


class BrokenQuotes(FileRefused):
    """A quoted cell of a CSV never ends."""

    code = "broken_quotes"
    message = N_(
        "File CSV có dấu nháy kép không đóng, từ dòng %(row)s. Bạn sửa dòng đó rồi gửi lại."
    )
