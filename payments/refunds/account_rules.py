"""Whether what a buyer typed can be an account, and how it is written.

Refuses to know whether the account exists: only its bank could say.
"""

import re
from dataclasses import dataclass

from core.text import ascii_only
from payments.errors import BadRefundAccount
from payments.qr.banks import BANKS

_NUMBER = re.compile(r"[0-9A-Z]{6,19}")
_HOLDER = re.compile(r"[A-Z][A-Z .&-]{1,79}")
_SEPARATORS = re.compile(r"[\s.\-]+")
TAIL = 4


@dataclass(frozen=True, slots=True)
class Account:
    """An account as banks write it: `bin` of a listed bank, `number` without spaces, `holder` in capitals."""

    bin: str
    number: str
    holder: str

    @property
    def bank_name(self) -> str:
        """The bank's short name as listed today."""
        return BANKS[self.bin].short_name if self.bin in BANKS else self.bin


def read(bank_bin: str, number: str, holder: str) -> Account:
    """Return the account that was typed, tidied: no spaces, dots, dashes in the number, no marks on the name.

    Raises:
        BadRefundAccount: the bank is none we know (`bin`), the number has not 6 to 19 digits or letters
            (`account`), or the name is empty or has digits (`holder`), as VietQR and bank apps want them.
    """
    tidy = _SEPARATORS.sub("", ascii_only(number)).upper()
    name = " ".join(ascii_only(holder).upper().split())
    if bank_bin not in BANKS:
        raise BadRefundAccount("bin")
    if not _NUMBER.fullmatch(tidy):
        raise BadRefundAccount("account")
    if not _HOLDER.fullmatch(name):
        raise BadRefundAccount("holder")
    return Account(bank_bin, tidy, name)
