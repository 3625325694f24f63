"""Packages of the system, on a Debian-like machine: whether they may be installed, and how."""

import os
import shutil
import subprocess
from collections.abc import Sequence

_INSTALL = ("install", "-y", "-qq", "--no-install-recommends")


def may_install() -> bool:
    """Whether we are root on a Debian-like machine."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Sequence[str]) -> None:
    """Install `packages`; raises CalledProcessError when apt-get fails."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], [*_INSTALL, *packages]):
        subprocess.run(["apt-get", *step], check=True, env=environment, stdout=subprocess.DEVNULL)


def to_type(packages: Sequence[str]) -> str:
    """What a person without our rights types instead."""
    return f"  sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"
