"""The published list of void receipts as the bytes that are signed; the check page writes the same ones.

Why: the list is kept on phones and copied elsewhere, where nobody can ask us whether it is ours; unsigned, a
stranger's list could void anybody's receipt. One line a receipt, so that two languages write it alike
(`payments/frontend/_receipt-token.js`); the first line keeps it apart from every token. Pure.
"""

from collections.abc import Iterable

FIRST_LINE = "cho-phien-voids-1"


def statement(as_of: str, rows: Iterable[tuple[str, int, str]]) -> bytes:
    """The bytes to sign: what list, as of when (ISO), then each receipt by seller, number, since when (ISO).

    Preconditions: no field has a space or a line break in it, as ids and times have none.
    """
    lines = [FIRST_LINE, as_of, *(f"{seller} {number} {since}" for seller, number, since in rows)]
    return "".join(f"{line}\n" for line in lines).encode()
