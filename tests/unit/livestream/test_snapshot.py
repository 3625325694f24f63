"""The fold, on the cases the browser's fold is tested with too."""

import json
from pathlib import Path
from typing import TypedDict

import pytest

from livestream.room.snapshot import EVENT_TYPES, NEWEST, LogLine, Snapshot, fold

CASES = Path(__file__).parents[2] / "payloads" / "live_fold.json"


class Case(TypedDict):
    name: str
    snapshot: Snapshot
    events: list[LogLine]
    folded: Snapshot


def cases() -> list[Case]:
    read: list[Case] = json.loads(CASES.read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_events_move_the_snapshot_on(case: Case) -> None:
    assert fold(case["snapshot"], case["events"]) == case["folded"]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_folding_leaves_what_it_was_given(case: Case) -> None:
    before = json.dumps(case)
    fold(case["snapshot"], case["events"])
    assert json.dumps(case) == before


def test_every_event_type_has_a_case() -> None:
    assert {event["type"] for case in cases() for event in case["events"]} == EVENT_TYPES


def test_a_gap_is_refused() -> None:
    case = cases()[0]
    with pytest.raises(ValueError, match="does not follow"):
        fold(case["snapshot"], case["events"][1:])


def test_a_snapshot_shows_the_newest_hundred() -> None:
    assert all(len(case["folded"]["claims"]) <= NEWEST for case in cases())
