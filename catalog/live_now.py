"""What is sold live at this moment: a place the catalogue leaves, and the live room above it fills.

Search asks for it in each question, so nothing has to be marked and unmarked as shows begin and end.
"""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

RoomOf = Mapping[str, str]
"""The path of the room where a listing is sold now, by the listing's id."""


def _nowhere(_session: Session) -> RoomOf:
    return {}


_answers: list[Callable[[Session], RoomOf]] = []


def fill(answer: Callable[[Session], RoomOf]) -> None:
    """Have `answer(session)` say which listings are sold live now and where; the last one wins."""
    _answers[:] = [answer]


def rooms(session: Session) -> RoomOf:
    """Every listing that is sold live now, with the path of its room; nothing where nobody answers."""
    return (_answers or [_nowhere])[0](session)
