"""Why something about household tax is refused, one class each."""

from core.errors import N_, BadRequest


class BadTaxRate(BadRequest):
    """A rate out of bounds, in the past, without a source, or of a day that has one."""

    message = N_("Mức thuế này chưa đúng. Bạn xem lại phần bị báo nhé.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)
