"""States as tables: which state may follow which.

Why: a transition that is not in the table is a bug or a race, and says so in one way.
Refuses: to do anything on a transition; the one function per transition does that.
"""

from dataclasses import dataclass

from core.errors import N_, DomainError


class BadTransition(DomainError):
    """The thing is not in a state from which this may happen; `now` is where it stands."""

    code = "bad_transition"
    status = 409
    message = N_(
        "Việc này không còn làm được nữa vì trạng thái đã đổi. Bạn tải lại trang để xem nhé."
    )

    def __init__(self, table: str, now: str, wanted: str) -> None:
        super().__init__(table=table, now=now, wanted=wanted)


@dataclass(frozen=True, slots=True)
class Table:
    """The moves one kind of thing may make, as pairs (from, to)."""

    name: str
    moves: frozenset[tuple[str, str]]

    def __init__(self, name: str, moves: set[tuple[str, str]] | frozenset[tuple[str, str]]) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "moves", frozenset(moves))

    @property
    def states(self) -> frozenset[str]:
        """Every state named in the table."""
        return frozenset(state for move in self.moves for state in move)

    def allows(self, old: str, new: str) -> bool:
        """Tell whether the move is in the table."""
        return (old, new) in self.moves

    def move(self, old: str, new: str) -> str:
        """Return `new` if the move is in the table; raise BadTransition if not.

        Staying (`old == new`) is a move like any other: it must be in the table.
        """
        if not self.allows(old, new):
            raise BadTransition(self.name, old, new)
        return new

    def reachable_from(self, initial: str) -> frozenset[str]:
        """Return every state that can be reached from `initial`, itself included."""
        reached, fresh = {initial}, {initial}
        while fresh:
            fresh = {new for old, new in self.moves if old in fresh} - reached
            reached |= fresh
        return frozenset(reached)
