"""The phone's side of the room: its tests run in Node, and its cases are the server's too.

Refuses a Node of the machine: the one of the lock (`tools.node`) is what builds the pages.
"""

import json
import subprocess
import sys
from typing import TypedDict

import pytest

from livestream.room.snapshot import EVENT_TYPES, LogLine, Snapshot, fold
from tests.house.tree import ROOT


class Case(TypedDict):
    name: str
    snapshot: Snapshot
    events: list[LogLine]
    folded: Snapshot


CASES: list[Case] = json.loads((ROOT / "tests/payloads/live_fold.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_servers_fold_agrees_with_the_phones_cases(case: Case) -> None:
    assert fold(case["snapshot"], case["events"]) == case["folded"]


def test_every_type_of_event_has_a_case() -> None:
    assert {event["type"] for case in CASES for event in case["events"]} == EVENT_TYPES


def test_the_rooms_scripts_pass_their_own_tests() -> None:
    files = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tests/js/*.test.mjs"))
    node = [sys.executable, "tools/node.py", "--no-warnings", "--test", *files]
    run = subprocess.run(node, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
