"""The code on a shipment's label: printed, scanned, or typed by a cold thumb at the roadside.

Why: it must never be taken for an order's code (that one asks for money), and a slip of one letter must
be noticed on the phone, before anything is sent. Refuses: randomness of its own, and to know any shipment.
"""

import re

from core.codes import ALPHABET, BODY_LENGTH, RandomIndex, check_character
from shop.shipments.errors import BadLabel

PREFIX = "KH"
LENGTH = len(PREFIX) + BODY_LENGTH + 1
_GAPS = re.compile(r"[\s.\-\u2010-\u2015]+")
_CODE = re.compile(
    rf"(?<![0-9A-Z]){PREFIX}([{ALPHABET}]{{{BODY_LENGTH}}})([{ALPHABET}])(?![0-9A-Z])"
)


def new_label_code(random_index: RandomIndex) -> str:
    """A fresh code such as `KHX7K3M9Q2`; that it is unused is for the database to say.

    Its last character is that of order codes (`core.codes.check_character`): one changed letter or two
    swapped neighbours always show.
    """
    body = "".join(ALPHABET[random_index(len(ALPHABET))] for _ in range(BODY_LENGTH))
    return PREFIX + body + check_character(body)


def read_label(text: str) -> str:
    """The label code in what was scanned or typed: any case, gaps and dashes inside, `KH` left out or not.

    Raises:
        BadLabel: there is none, or its check says that a letter is wrong.
    """
    written = _GAPS.sub("", text).upper()
    found = _CODE.search(written) or _CODE.search(PREFIX + written)
    if found is None or check_character(found[1]) != found[2]:
        raise BadLabel()
    return PREFIX + found[1] + found[2]


def spoken(label_code: str) -> str:
    """The code in groups as it is printed and read aloud: `KH X7K3 M9Q2`."""
    return f"{label_code[:2]} {label_code[2:6]} {label_code[6:]}"
