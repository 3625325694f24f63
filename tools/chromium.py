"""Find a Chromium for the browser tests, or install one from the system's packages.

Playwright's own browser download is not used: the system's Chromium gets security updates and
comes from the machine's own package source. Refuses to guess: without a browser and without
the right to install one it stops with the command to type.
"""

import os
import shutil
import sys

from tools import apt

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
# A bare machine has no fonts at all; these draw Vietnamese with all its marks.
PACKAGES = ("chromium", "fonts-noto-core")


def find_chromium() -> str | None:
    """Return the path of a Chromium binary, `$CHROMIUM` first, or None when there is none."""
    chosen = os.environ.get("CHROMIUM")
    candidates = (chosen,) if chosen else NAMES
    return next((path for name in candidates if (path := shutil.which(name))), None)


def may_install() -> bool:
    """Return whether nobody chose another browser and the system's packages are ours to install."""
    return not os.environ.get("CHROMIUM") and apt.may_install()


def main() -> int:
    """Make sure there is a Chromium; return 0, or 1 after saying what to type."""
    if find_chromium() is None and may_install():
        print("Installing Chromium for the browser tests", flush=True)
        apt.install(PACKAGES)
    if find_chromium() is not None:
        return 0
    print(
        "The browser tests need Chromium. Type:\n"
        f"{apt.to_type(PACKAGES)}\n"
        "or set CHROMIUM to the path of a Chromium or Chrome you have.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
