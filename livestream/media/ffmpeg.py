"""ffmpeg, as it may run here: pipes only, limited, in a group of its own, with nothing of our environment.

Whoever writes to it and reads from it decides what it is asked; refuses to let it open a file or a socket.
"""

import os
import resource
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache

import imageio_ffmpeg
from gevent import subprocess
from gevent.os import nb_read

Program = subprocess.Popen[bytes]

_LIMITS = (
    (resource.RLIMIT_AS, 1024 * 1024 * 1024),
    (resource.RLIMIT_NOFILE, 32),
    (resource.RLIMIT_FSIZE, 0),
)
"""Bytes of memory, files open, bytes of a file."""
_READ_BYTES = 65_536
_ALWAYS = (
    *("-hide_banner", "-loglevel", "quiet", "-threads", "1"),
    *("-protocol_whitelist", "pipe"),
)


def start(asked: Sequence[str], most_cpu_s: int, pass_fds: Sequence[int] = ()) -> Program:
    """Run it with what is `asked` behind our own options; it is ended after `most_cpu_s` of processor time.

    Raises:
        OSError: the program is not there, or the machine has no room for one more.
    """
    program = subprocess.Popen(
        command(asked),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=pass_fds,
        start_new_session=True,
        env={"LC_ALL": "C"},
    )
    with suppress(ProcessLookupError):  # gone already: its readers will find that out
        for what, most in (*_LIMITS, (resource.RLIMIT_CPU, most_cpu_s)):
            resource.prlimit(program.pid, what, (most, most))
    return program


def command(asked: Sequence[str]) -> list[str]:
    """What is run.

    Raises:
        OSError: the program is nowhere.
    """
    return [_path(), *_ALWAYS, *asked]


def read(fd: int) -> Iterator[bytes]:
    """What comes out at `fd`, as it comes, until it ends. Only the asking greenlet waits."""
    while data := nb_read(fd, _READ_BYTES):
        yield data


def kill(program: Program) -> None:
    """End it and all it started, without waiting."""
    with suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)


@cache
def _path() -> str:
    try:
        return imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as missing:
        raise FileNotFoundError(str(missing)) from missing
