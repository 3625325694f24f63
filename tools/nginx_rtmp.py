"""Find nginx with its RTMP module for the tests of restreaming, or install both from the system's packages.

The tests start it themselves, on ports and in a folder of their own; the system's service is never
started. Refuses to guess: without it and without the right to install it, it says what to type.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tools import apt

PACKAGES = ("nginx", "libnginx-mod-rtmp")
MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")
_SERVICES_WAIT = "#!/bin/sh\nexit 101\n"


def find_nginx() -> str | None:
    """Return the path of an nginx whose RTMP module lies where Debian puts it, or None."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return found if found and MODULE.exists() else None


def install() -> None:
    """Install nginx and its module; raise CalledProcessError when apt-get fails.

    No service is started on the way: starting one is forbidden by a `policy-rc.d` that lives
    as long as the installation does (Debian policy, section 9.3.3), and one that was there is left alone.
    """
    policy = Path("/usr/sbin/policy-rc.d")
    is_ours = not policy.exists()
    if is_ours:
        _put(policy)
    try:
        apt.install(PACKAGES)
    finally:
        if is_ours:
            policy.unlink()


def main() -> int:
    """Make sure there is an nginx with RTMP; return 0, or 1 after saying what to type."""
    if find_nginx() is None and apt.may_install():
        print("Installing nginx with RTMP for the tests of restreaming", flush=True)
        install()
    if find_nginx() is not None:
        return 0
    print(
        f"The tests of restreaming need nginx with its RTMP module. Type:\n{apt.to_type(PACKAGES)}",
        file=sys.stderr,
    )
    return 1


def _put(policy: Path) -> None:
    """Write the policy whole or not at all."""
    handle, unfinished = tempfile.mkstemp(dir=policy.parent)
    with os.fdopen(handle, "w") as file:
        file.write(_SERVICES_WAIT)
    Path(unfinished).chmod(0o755)
    Path(unfinished).replace(policy)


if __name__ == "__main__":
    sys.exit(main())
