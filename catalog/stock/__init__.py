"""The one allocator: web shop, live claims, staff and stalls all take stock through these doors.

Every guard is one statement in the database (`guards`), so nothing is ever promised twice, whoever asks
at the same moment and on whichever database; CHECK constraints repeat it. Each change writes a movement,
and the movements of a stock row always sum to its columns. What ran out is given back by whoever touches
it next, before they are served, so no sweeper is needed to be right.

Refuses to know who a holder is, to commit, and to be gone round: nothing else writes these tables.
Rows are locked in one order (lots, holds, allotments, stock rows, what lies of lots; each sorted by id).
"""

from catalog.stock.allotments import (
    close,
    give_back,
    grant,
    grant_practice,
    hold_in_allotment,
    resize,
    resize_by,
    take,
)
from catalog.stock.binding import (
    Bound,
    bind_holder,
    bound_to,
    ship_holder,
    unbind_holder,
    unbind_lot,
)
from catalog.stock.fitting import ready, ready_to_lose, trim
from catalog.stock.forecasting import (
    Ahead,
    AheadHold,
    locked_ahead,
    open_ahead,
    recap_ahead,
    settle_ahead,
)
from catalog.stock.holds import (
    HoldRequest,
    end_expired_in,
    end_holder,
    extend,
    hold_all,
)
from catalog.stock.intake import Carry, Word, receive, recount, recount_lot, sell, spoil, transfer
from catalog.stock.levels import Level, allotment_left, levels, levels_ahead
from catalog.stock.lot_rows import LotMove, LotRow, count_in, locked_lots, lying, put, take_out
from catalog.stock.picking import ToPick, bound_of, free_at, to_pick
from catalog.stock.points import PointFacts, open_point, points_of, row_at, store_of
from catalog.stock.promises import Promise, promises_of
from catalog.stock.rows import countable, positive
from catalog.stock.securing import allocate_holder, free_holder, retake_holder
from catalog.stock.shrinking import cap_holder, shrink_holder

__all__ = [
    "Ahead",
    "AheadHold",
    "Bound",
    "Carry",
    "HoldRequest",
    "Level",
    "LotMove",
    "LotRow",
    "PointFacts",
    "Promise",
    "ToPick",
    "Word",
    "allocate_holder",
    "allotment_left",
    "bind_holder",
    "bound_of",
    "bound_to",
    "cap_holder",
    "close",
    "count_in",
    "countable",
    "end_expired_in",
    "end_holder",
    "extend",
    "free_at",
    "free_holder",
    "give_back",
    "grant",
    "grant_practice",
    "hold_all",
    "hold_in_allotment",
    "levels",
    "levels_ahead",
    "locked_ahead",
    "locked_lots",
    "lying",
    "open_ahead",
    "open_point",
    "points_of",
    "positive",
    "promises_of",
    "put",
    "ready",
    "ready_to_lose",
    "recap_ahead",
    "receive",
    "recount",
    "recount_lot",
    "resize",
    "resize_by",
    "retake_holder",
    "row_at",
    "sell",
    "settle_ahead",
    "ship_holder",
    "shrink_holder",
    "spoil",
    "store_of",
    "take",
    "take_out",
    "to_pick",
    "transfer",
    "trim",
    "unbind_holder",
    "unbind_lot",
]
