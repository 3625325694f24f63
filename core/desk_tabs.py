"""The tabs of a seller's desk: every package adds those of its own pages at the start.

The desk's frame is one (`core/desk.html`), its pages belong to many. Refuses to know what a tab leads to.
"""

from dataclasses import dataclass

from core.identity.logins import Login


@dataclass(frozen=True)
class Tab:
    """A way to the pages under `/console/<seller>/<path>`: an icon, words (a msgid), who sees it.

    `place` orders the tabs, small numbers first; `roles` are memberships' roles, none named: everybody's.
    """

    place: int
    path: str
    icon: str
    words: str
    roles: tuple[str, ...] = ()


_tabs: dict[str, Tab] = {}


def add(*tabs: Tab) -> None:
    """Show `tabs`; one that is added again takes the place of the one before."""
    _tabs.update({tab.path: tab for tab in tabs})


def seen_by(login: Login, seller_id: str) -> tuple[Tab, ...]:
    """The tabs of a seller's desk that this login may use, in their order."""
    shown = (
        tab for tab in _tabs.values() if not tab.roles or login.works_for(seller_id, *tab.roles)
    )
    return tuple(sorted(shown, key=lambda tab: tab.place))
