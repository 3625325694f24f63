"""`flask …` as an operator runs it: a process of its own, with its environment, exit code and words."""

import atexit
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    exit_code: int
    stdout: str
    stderr: str


def run(arguments: Sequence[str], environ: Mapping[str, str]) -> Done:
    """Run `flask --app wsgi …` with nothing but `environ` and wait for its end."""
    with _one_at_a_time, tempfile.TemporaryDirectory() as folder:
        stdout, stderr = (Path(folder) / name for name in ("stdout", "stderr"))
        asked = {
            "arguments": list(arguments),
            "environ": dict(environ),
            "stdout": str(stdout),
            "stderr": str(stderr),
        }
        exit_code = _ask(json.dumps(asked))
        return Done(exit_code, stdout.read_text(), stderr.read_text())


def _ask(line: str) -> int:
    forks = _forks()
    assert forks.stdin is not None
    assert forks.stdout is not None
    forks.stdin.write(f"{line}\n")
    forks.stdin.flush()
    return int(forks.stdout.readline())


@cache
def _forks() -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.support.command_forks"]
    started = subprocess.Popen(
        command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(_end, started)
    return started


def _end(forks: "subprocess.Popen[str]") -> None:
    """It leaves when nothing more is asked of it."""
    forks.communicate()
