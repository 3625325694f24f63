"""What one worker takes at a time when tests run side by side (`pytest -n 2`).

A unit is a file on one database: its server or town is then started once and by one worker. The files of
the browser tests are one unit together, for they share a Chromium and a market that each leaves changed.
Units go out in the order in which tests are collected: the slow ones first, the small ones fill the end.
"""

import re

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

_DATABASE = re.compile(r"\[(?:[^\]]*-)?(sqlite|postgresql)\b")
_TOGETHER = "tests/browser/"


def unit_of(test: str) -> str:
    """The unit of the test with the id `test`."""
    file, _, name = test.partition("::")
    if file.startswith(_TOGETHER):
        return _TOGETHER
    database = _DATABASE.search(name)
    return f"{file} on {database[1]}" if database else file


class Units(LoadScopeScheduling):
    """Hands out units."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
