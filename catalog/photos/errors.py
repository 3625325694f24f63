"""Why a picture is not taken, in the words of whoever holds the phone."""

from core.errors import N_, DomainError


class BadPhoto(DomainError):
    """A file that cannot become a photo; each reason is a class with its own code."""

    code = "photo_unreadable"
    status = 422
    message = N_("Ảnh này chợ không đọc được. Bạn chụp lại hoặc chọn ảnh khác nhé.")


class NotAPhoto(BadPhoto):
    """A web page, a drawing, a document, or anything else that is no picture of a camera."""

    code = "photo_not_a_photo"
    message = N_("Tệp này không phải ảnh chụp. Bạn chọn ảnh trong máy hoặc chụp ảnh mới nhé.")


class HeicPhoto(BadPhoto):
    """HEIC or HEIF: what iPhones keep, and most browsers cannot show."""

    code = "photo_heic"
    message = N_(
        "Ảnh này là kiểu HEIC của iPhone, chợ chưa đọc được. Bạn vào Cài đặt › Camera › Định dạng, "
        "chọn “Tương thích nhất” rồi chụp lại, hoặc chụp màn hình ảnh này rồi gửi nhé."
    )


class MovingPhoto(BadPhoto):
    """An animation: a photo stands still."""

    code = "photo_animated"
    message = N_("Đây là ảnh động. Bạn chọn một ảnh chụp đứng yên nhé.")


class CutOffPhoto(BadPhoto):
    """The end of the file is missing."""

    code = "photo_cut_off"
    message = N_("Ảnh bị thiếu một phần, có thể do mạng yếu. Bạn gửi lại ảnh này giúp nhé.")


class TooManyPixels(BadPhoto):
    """It would unpack to more than `most` megapixels; judged by its first bytes, never unpacked."""

    code = "photo_too_many_pixels"
    message = N_(
        "Ảnh này lớn quá, chợ nhận ảnh đến %(most)s triệu điểm ảnh. Bạn chọn cỡ ảnh nhỏ hơn "
        "trong máy ảnh, hoặc chụp màn hình ảnh này rồi gửi nhé."
    )

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class TinyPhoto(BadPhoto):
    """Too small to show: a side below `least` pixels."""

    code = "photo_tiny"
    message = N_("Ảnh nhỏ quá, khách không nhìn rõ. Bạn gửi ảnh gốc trong máy giúp nhé.")

    def __init__(self, least: int) -> None:
        super().__init__(least=least)


class NarrowPhoto(BadPhoto):
    """One side is more than four times the other."""

    code = "photo_narrow"
    message = N_("Ảnh dài và hẹp quá. Bạn cắt bớt cho gần vuông rồi gửi lại nhé.")


class HeavyPhoto(BadPhoto):
    """Making its copies took more memory or time than any real photo does."""

    code = "photo_too_heavy"
    message = N_("Ảnh này chợ xử lý không nổi. Bạn chụp lại hoặc chọn ảnh khác nhé.")


class StuckPhoto(BadPhoto):
    """Its copies were tried for so often that we stopped; nothing is wrong with it as far as we know."""

    code = "photo_stuck"
    message = N_(
        "Chợ làm ảnh này nhiều lần chưa xong. Bạn bấm “Làm lại”, hoặc bỏ rồi gửi ảnh khác."
    )


class TooManyPhotos(DomainError):
    """The thing has as many photos as it can have: `most`."""

    code = "photo_too_many"
    status = 409
    message = N_("Đã đủ %(most)s ảnh. Bạn bỏ bớt một ảnh rồi thêm ảnh mới nhé.")

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class PhotoGone(DomainError):
    """It was taken away too long ago to be brought back."""

    code = "photo_gone"
    status = 409
    message = N_("Ảnh này đã bỏ lâu quá, không lấy lại được. Bạn gửi lại ảnh giúp nhé.")


REASONS: dict[str, BadPhoto] = {
    reason.code: reason
    for reason in (
        BadPhoto(),
        NotAPhoto(),
        HeicPhoto(),
        MovingPhoto(),
        CutOffPhoto(),
        NarrowPhoto(),
        HeavyPhoto(),
        StuckPhoto(),
    )
}
"""By code: what can still be found out when the copies are made (`PhotoFacts.why`)."""


def sentence_of(why: str) -> str:
    """The msgid a failed photo is explained with."""
    return REASONS.get(why, REASONS["photo_unreadable"]).message
