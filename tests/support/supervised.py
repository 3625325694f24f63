"""Programs of a test under the supervisor, in a process of their own, as `make run` is one.

`python -m tests.support.supervised TABLE LEAVE_S`: TABLE is a JSON list of rows; a row's `code` is Python to
run, its `hindrance` a file that keeps it from starting while it is there.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tests.support.server import ROOT
from tools.supervisor import Patience, Program, Supervisor

T = TypeVar("T")
_WAIT_S = 15.0
_UP = "import os, sys, time; print({name!r}, 'up', os.getpid(), flush=True)\n{code}"
STAYS = "time.sleep(60)"


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    name: str
    code: str = STAYS
    is_the_point: bool = False
    hindrance: str = ""

    def program(self) -> Program:
        command = (sys.executable, "-c", _UP.format(name=self.name, code=self.code))
        needs = partial(_hindered, self.hindrance)
        return Program(self.name, command, os.environ, self.is_the_point, needs)


class Supervised:
    """A running supervisor over `rows`; `log` is what a person would see."""

    def __init__(self, folder: Path, *rows: Row, leave_s: float = 1.0) -> None:
        self._rows, self._log, self._leave_s = rows, folder / "terminal", leave_s

    def __enter__(self) -> Self:
        table = json.dumps([asdict(row) for row in self._rows])
        command = [sys.executable, "-m", "tests.support.supervised", table, str(self._leave_s)]
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def log(self) -> str:
        return self._log.read_text()

    def pids(self, name: str, number: int = 1) -> list[int]:
        """The processes that were started under `name`, once there were `number`."""

        def found() -> list[int]:
            pids = [
                int(pid) for pid in re.findall(rf"^(?:\w+ \| )?{name} up (\d+)", self.log, re.M)
            ]
            return pids if len(pids) >= number else []

        return waited(found)

    def ended(self) -> int:
        """Its exit code, once it has one."""
        return self.process.wait(_WAIT_S)

    def tell(self, number: signal.Signals) -> None:
        self.process.send_signal(number)


def waited(look: Callable[[], T], seconds: float = _WAIT_S) -> T:
    """Wait until `look` finds something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError("it never came")


def is_there(pid: int) -> bool:
    """Whether there is such a process, be it a zombie."""
    return Path(f"/proc/{pid}").exists()


def is_running(pid: int) -> bool:
    """Whether it still does anything: whose orphans are zombies, the machine's first process knows."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _hindered(file: str) -> str:
    return f"{file} is there." if file and Path(file).exists() else ""


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGHUP):  # whoever runs the tests may have them ignored
        signal.signal(number, signal.SIG_DFL)
    rows = [Row(**given) for given in json.loads(sys.argv[1])]
    programs = [row.program() for row in rows]
    sys.exit(Supervisor(programs, _say, Patience(0.1, float(sys.argv[2]))).run())
