"""`flask …` many times: each a process forked from this one, which has read the product's modules once.

Reading them takes longer than most commands do. Nothing is put together beforehand: each command reads its
own environment and builds its own application, as one that an operator types does.
"""

import importlib
import json
import os
import sys

from flask.cli import cli

PACKAGES = ("catalog", "payments", "shop", "livestream")


def serve() -> None:
    """Run one command for each line of standard input, and answer with its exit code."""
    for package in PACKAGES:
        importlib.import_module(f"{package}.wiring")
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(**json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _become(arguments: list[str], environ: dict[str, str], stdout: str, stderr: str) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for handle, path in ((1, stdout), (2, stderr)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), handle)
    os.environ.clear()
    os.environ.update(environ)
    cli.main(["--app", "wsgi", *arguments], prog_name="flask")


if __name__ == "__main__":
    serve()
