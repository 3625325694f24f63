"""How a line of the bank divides over the payouts that a person says it paid (worked: members_book.md).

Refuses: rows and clocks; to guess which of several got less.
"""

from collections.abc import Sequence

from payments.payouts.errors import BackTooMuch, LineTooSmall


def divided(line_vnd: int, wanted: Sequence[int]) -> tuple[int, ...]:
    """What each of `wanted` (đồng, > 0) got of a line; what is over belongs to none of them.

    One alone may have got less than was wanted; of several each got its whole.

    Raises:
        LineTooSmall: several come to more than the line.
    """
    if sum(wanted) <= line_vnd:
        return tuple(wanted)
    if len(wanted) > 1:
        raise LineTooSmall()
    return (line_vnd,)


def came_back(line_vnd: int, paid: Sequence[int]) -> int:
    """What a line brought back of the one payout in `paid`: the whole line, perhaps less than was paid.

    Raises:
        BackTooMuch: it is more than was paid, or of several payouts.
    """
    if len(paid) != 1 or line_vnd > paid[0]:
        raise BackTooMuch()
    return line_vnd
