"""The tabs of a desk: everybody's pages in one order, and none that its reader may not open."""

import pytest
from flask import Flask

from core import desk_tabs
from core.identity.logins import Login


def login_of(role: str) -> Login:
    return Login("d", "p", "Hoa", "+84912345678", True, True, {"s": frozenset({role})})


@pytest.mark.usefixtures("app")
def test_packers_see_no_money_and_owners_do() -> None:
    packers, owners = (
        [tab.path for tab in desk_tabs.seen_by(login_of(role), "s")] for role in ("packer", "owner")
    )
    assert owners[:5] == ["today", "packing", "hand-over", "money", "goods"]
    assert set(owners) - set(packers) == {"money", "customers", "reports", "recordings"}


def test_every_tab_leads_somewhere(app: Flask) -> None:
    rules = {str(rule) for rule in app.url_map.iter_rules()}
    paths = [tab.path for tab in desk_tabs.seen_by(login_of("owner"), "s")]
    missing = [path for path in paths if not any(rule.endswith(f">/{path}") for rule in rules)]
    assert missing == []
