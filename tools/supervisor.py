"""Several programs under one roof: started together, ended together, none left behind.

One program may be what the whole is for: when it ends, everything ends, with its exit code. Any other that
ends is started again, later each time. Works in one thread, by waiting for signals and for what programs
say. Refuses to be an operator's: on a server systemd does this (docs/operations.md).
"""

import ctypes
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import IO

Say = Callable[[str], None]
_LONGEST_WAIT_S = 30.0
_STEADY_S = 60.0
"""Who ran this long before it ended waits as little as the first time."""
_READ_BYTES = 65_536
_PR_SET_PDEATHSIG = 1
_STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(frozen=True)
class Program:
    """A line of the table: what is run under which name.

    `is_the_point`: its end is the end of all, and its log goes to the terminal as it comes. Others have
    their name put before each line. `needs` is asked before each start: why not now, in a sentence, or "".
    """

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    is_the_point: bool = False
    needs: Callable[[], str] = lambda: ""


@dataclass(frozen=True)
class Patience:
    """Seconds: before the first new start of what ended, and for all to leave when told to."""

    first_wait_s: float = 1.0
    leave_s: float = 12.0


@dataclass
class _Child:
    program: Program
    process: "subprocess.Popen[bytes] | None" = None
    due: float = 0.0
    wait_s: float = 0.0
    began: float = 0.0
    unfinished: bytes = b""
    hindered_by: str = ""


class Supervisor:
    """Runs `programs` until told to stop; `say` gets a plain sentence about what a person should know."""

    def __init__(self, programs: Sequence[Program], say: Say, patience: Patience) -> None:
        self._children = [_Child(each) for each in programs]
        self._say, self._patience = say, patience
        self._waiting = selectors.DefaultSelector()
        self._told = 0
        self._exit_code = 0
        self._stop_by: float | None = None

    def run(self) -> int:
        """Start all, and return when all have ended: 0 after a signal, else the exit code of the point."""
        waker, woken = socket.socketpair()
        for end in (waker, woken):
            end.setblocking(False)
        self._waiting.register(woken, selectors.EVENT_READ, lambda: woken.recv(_READ_BYTES))
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in _STOPPING:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
                signal.signal(number, self._note)
        while not self._has_ended():
            for key, _ in self._waiting.select(self._seconds()):
                key.data()
        return self._exit_code

    @property
    def _running(self) -> list[_Child]:
        return [each for each in self._children if each.process]

    def _has_ended(self) -> bool:
        """Do what is due; whether nothing is left to wait for."""
        self._heed()
        self._look()
        return self._stop_by is not None and not self._running

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        self._told += 1

    def _heed(self) -> None:
        """Stop when told to; nobody is waited for when told again."""
        told, self._told = self._told, 0
        for _ in range(told):
            if self._stop_by is None:
                self._stop(0)
            else:
                self._stop_by = time.monotonic()

    def _stop(self, exit_code: int) -> None:
        self._exit_code = exit_code
        self._stop_by = time.monotonic() + self._patience.leave_s
        for child in self._running:
            _signal(child, signal.SIGTERM)

    def _seconds(self) -> float | None:
        """Until something is due by the clock; None when only a signal can change anything."""
        dues = [self._stop_by] if self._stop_by is not None else self._starts()
        return max(0.0, min(dues) - time.monotonic()) if dues else None

    def _starts(self) -> list[float]:
        return [each.due for each in self._children if each.process is None]

    def _look(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.process and (exit_code := child.process.poll()) is not None:
                self._ended(child, child.process, exit_code)
            if child.process is None and self._stop_by is None and child.due <= now:
                self._start(child)
        if self._stop_by is not None and self._stop_by <= now:
            for child in self._running:
                self._say(f"{child.program.name} did not leave in time and is ended.")
                _signal(child, signal.SIGKILL)
            self._stop_by = now + self._patience.leave_s

    def _start(self, child: _Child) -> None:
        program, why_not = child.program, child.program.needs()
        child.began = time.monotonic()
        if why_not:
            self._later(child)
            if why_not != child.hindered_by:
                self._say(f"{why_not} It starts by itself once it can.")
            child.hindered_by = why_not
            return
        if child.hindered_by:
            self._say(f"{program.name} can start now.")
        child.hindered_by = ""
        child.process = subprocess.Popen(
            program.command,
            env=dict(program.environ),
            stdout=None if program.is_the_point else subprocess.PIPE,
            stderr=None if program.is_the_point else subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent(os.getpid()),
        )
        if log := child.process.stdout:
            os.set_blocking(log.fileno(), False)
            self._waiting.register(log, selectors.EVENT_READ, lambda: self._hear(child, log))

    def _ended(self, child: _Child, process: "subprocess.Popen[bytes]", exit_code: int) -> None:
        _signal(child, signal.SIGKILL)  # what it started and left behind
        if process.stdout and not process.stdout.closed:
            self._hear(child, process.stdout)
            self._close(process.stdout)
        child.process, child.unfinished = None, b""
        if self._stop_by is not None:
            return
        name, code = child.program.name, exit_code if exit_code >= 0 else 128 - exit_code
        if child.program.is_the_point:
            self._say(f"{name} ended (exit code {code}), so everything ends.")
            self._stop(code)
        else:
            self._later(child)
            self._say(
                f"{name} ended (exit code {code}); it is started again in {child.wait_s:g} s."
            )

    def _later(self, child: _Child) -> None:
        """Have it started again, later than the last time."""
        now, first = time.monotonic(), self._patience.first_wait_s
        is_first = now - child.began > _STEADY_S or not child.wait_s
        child.wait_s = first if is_first else min(child.wait_s * 2, _LONGEST_WAIT_S)
        child.due = now + child.wait_s

    def _hear(self, child: _Child, log: IO[bytes]) -> None:
        """Pass on whole lines, the program's name before each."""
        try:
            said = os.read(log.fileno(), _READ_BYTES)
        except BlockingIOError:
            return
        *lines, rest = (child.unfinished + said).split(b"\n")
        if rest and (not said or len(rest) > _READ_BYTES):
            lines, rest = [*lines, rest], b""
        child.unfinished = rest
        name = child.program.name.encode()
        sys.stderr.buffer.write(b"".join(b"%s | %s\n" % (name, line) for line in lines))
        sys.stderr.flush()
        if not said:
            self._close(log)

    def _close(self, log: IO[bytes]) -> None:
        if not log.closed:
            self._waiting.unregister(log)
            log.close()


def _signal(child: _Child, number: int) -> None:
    """Tell a program and all it started that stayed in its group."""
    assert child.process is not None
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, number)


def _end_with_parent(parent: int) -> Callable[[], None]:
    """What a program does before it begins: have Linux end it when we are gone, however we went."""
    libc = ctypes.CDLL(None)

    def ask() -> None:
        if sys.platform == "linux":
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(0)

    return ask
