"""Run pytest and close with one line that counts: `N passed, N failed`.

A skip, an expected failure, an error in a fixture, a crash of the runner and an empty run all
count as failures: nothing may be missing in silence. `--then` between arguments starts another
run of pytest after the one before (for tests that measure and need the machine to themselves);
the line counts them all. Temporary files are in memory where there is room, and whatever tests
leave of them is removed at the end.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

BAD = ("failure", "error", "skipped")
# pytest's exit codes for a run that came to its end: all passed, some failed.
FINISHED = (0, 1)
THEN = "--then"
MEMORY = Path("/dev/shm")
# A run's databases, photos and browser profiles come to some hundred megabytes.
ROOM_BYTES = 4 * 1024**3


@dataclass(frozen=True)
class Count:
    """How many tests passed and how many did anything else."""

    passed: int
    failed: int

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed"


def count(report: Path, exit_code: int) -> Count:
    """Count a JUnit report; `exit_code` is pytest's own.

    A test is passed only if its case has no failure, error or skip. A run that pytest itself
    calls incomplete (interrupted, crashed, nothing collected) has at least one failure more
    than its report shows, and one that it calls failed has at least one.
    """
    broken = 0 if exit_code in FINISHED else 1
    try:
        cases = list(ElementTree.parse(report).iter("testcase"))
    except (OSError, ElementTree.ParseError):
        return Count(0, 1)
    ids: dict[tuple[str | None, str | None], bool] = {}
    for case in cases:
        key = (case.get("classname"), case.get("name"))
        ids[key] = ids.get(key, True) and all(case.find(tag) is None for tag in BAD)
    failed = sum(not good for good in ids.values()) + broken
    passed = sum(ids.values())
    return Count(passed, max(failed, 1) if exit_code or not passed else failed)


def skips(report: Path) -> list[str]:
    """Name every skipped test with its reason, for the person who must install what it lacks."""
    try:
        cases = list(ElementTree.parse(report).iter("testcase"))
    except (OSError, ElementTree.ParseError):
        return []
    return [
        f"skipped counts as failed: {case.get('classname')}::{case.get('name')}: "
        f"{skip.get('message')}"
        for case in cases
        if (skip := case.find("skipped")) is not None
    ]


def parts(arguments: list[str]) -> list[list[str]]:
    """The arguments of each run of pytest."""
    runs: list[list[str]] = [[]]
    for argument in arguments:
        if argument == THEN:
            runs.append([])
        else:
            runs[-1].append(argument)
    return runs


def place_for_temporary_files(memory: Path = MEMORY, room: int = ROOM_BYTES) -> str | None:
    """The folder that is kept in memory, if it has room; else None, the system's choice."""
    roomy = memory.is_dir() and shutil.disk_usage(memory).free >= room
    return str(memory) if roomy and os.access(memory, os.W_OK) else None


def run(arguments: list[str], folder: str) -> tuple[Count, list[str]]:
    """Run pytest once, with `folder` for whatever is temporary: its count, and what was skipped."""
    report = Path(folder) / "report.xml"
    report.unlink(missing_ok=True)
    options = ["-q", "--durations=15", "--durations-min=2", f"--junitxml={report}"]
    exit_code = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *arguments],
        env={**os.environ, "TMPDIR": folder},
        check=False,
    ).returncode
    return count(report, exit_code), skips(report)


def main(arguments: list[str]) -> int:
    """Run pytest with `arguments`, print the count last, return 0 only if nothing failed."""
    with tempfile.TemporaryDirectory(
        prefix="chophien-run-", dir=place_for_temporary_files(), ignore_cleanup_errors=True
    ) as folder:
        results = [run(part, folder) for part in parts(arguments)]
    total = Count(sum(one.passed for one, _ in results), sum(one.failed for one, _ in results))
    print(*(line for _, lines in results for line in lines), str(total), sep="\n", flush=True)
    return 0 if total.failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
