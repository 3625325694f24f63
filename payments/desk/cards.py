"""Cards on the money front page: each room that has a page of its own adds one, in its own file.

Called while the application is put together, by `payments` itself or by a package above it. Refuses to
know what a card leads to; a card that its reader may not use is left out by whoever draws it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.identity.logins import Login


@dataclass(frozen=True)
class Card:
    """A way to one page: `path` after `/console/<seller>/`, an icon's name, words in the reader's language.

    `mark` is short and says what waits there ("3", "hôm nay"); empty if nothing does.
    """

    path: str
    picture: str
    title: str
    text: str
    mark: str = ""


Draw = Callable[[Session, Login, str], Card | None]
"""`draw(session, login, seller_id)`: the card as this login may see it, or none."""

_draws: dict[tuple[int, str], Draw] = {}


def add(place: int, name: str, draw: Draw) -> None:
    """Show a card at `place` (small numbers first; 10, 20, … leave room) under a name of its own."""
    _draws[place, name] = draw


def drawn(session: Session, login: Login, seller_id: str) -> tuple[Card, ...]:
    """The cards for this reader, in their places."""
    found = (_draws[key](session, login, seller_id) for key in sorted(_draws))
    return tuple(card for card in found if card is not None)
