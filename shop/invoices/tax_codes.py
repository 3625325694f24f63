"""Vietnam's tax codes: of a company or household, of a branch of one, or a person's own id number.

Refuses to ask any register whether somebody has the code: it finds typing mistakes.
"""

from shop.invoices.errors import BadTaxCode

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_HEAD, _BRANCH, _PERSON = 10, 13, 12
_BETWEEN = str.maketrans("", "", " .-\u2013\u00a0")


def parse(typed: str) -> str:
    """The code in `typed` as it is written: `0100109106`, `0100109106-001`, or twelve digits of a person.

    Blanks, dots and dashes between the digits do not matter. Source: circular 105/2020/TT-BTC, article 5
    (ten digits, the last one a check; `-001` to `-999` for what depends on it); from July 2025 a person's
    twelve-digit id is their tax code (circular 86/2024/TT-BTC).

    Raises:
        BadTaxCode: it has another length or other letters, or its check digit does not fit.
    """
    digits = typed.translate(_BETWEEN)
    if not (digits.isascii() and digits.isdigit()) or not digits.strip("0"):
        raise BadTaxCode()
    if len(digits) == _PERSON:
        return digits
    head, branch = digits[:_HEAD], digits[_HEAD:]
    if len(digits) not in (_HEAD, _BRANCH) or branch == "000" or not _is_checked(head):
        raise BadTaxCode()
    return f"{head}-{branch}" if branch else head


def check_digit(nine: str) -> int:
    """What the tenth digit after these nine has to be; 10 means that no code begins with them."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, nine, strict=True))
    return 10 - total % 11


def _is_checked(ten: str) -> bool:
    return check_digit(ten[:-1]) == int(ten[-1])
