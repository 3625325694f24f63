"""The source tree as the house rules see it: parsed files, imports with their full names.

Only text and `ast` are used: nothing of ours is imported, so a rule can judge a broken file.
"""

import ast
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "catalog", "payments", "shop", "livestream")


@dataclass(frozen=True)
class Source:
    """One Python file: its path below the root and its parsed text."""

    path: str
    text: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        """The path without its suffix: `("shop", "console", "orders")`."""
        return Path(self.path).with_suffix("").parts

    @property
    def package(self) -> str:
        """The room the file is in: `shop`, `tests`, or `wsgi` for a file at the root."""
        return self.parts[0]


@dataclass(frozen=True)
class Import:
    """One imported name: the full dotted name, what the file calls it, the line."""

    name: str
    alias: str
    line: int

    @property
    def parts(self) -> list[str]:
        return self.name.split(".")


Rule = Callable[[Source], list[str]]


def snippet(path: str, text: str) -> Source:
    """Return `text` as if it stood at `path`: what control tests feed to a rule."""
    return Source(path, text, ast.parse(text))


@cache
def _read(path: Path) -> Source:
    return snippet(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def python_files(*folders: str) -> list[Source]:
    """Return the Python files below `folders`, or the file itself when a name ends in .py."""
    found = [path for name in folders for path in _python_paths(ROOT / name)]
    return [_read(path) for path in sorted(found)]


def _python_paths(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir():
        yield from place.rglob("*.py")


def package_files() -> list[Source]:
    """Return every Python file of the five packages."""
    return python_files(*PACKAGES)


def our_files() -> list[Source]:
    """Return every Python file a person wrote: packages, root, tools and tests, not migrations."""
    return python_files(*PACKAGES, "wsgi.py", "gunicorn.conf.py", "tools", "tests")


def breaches(rule: Rule, sources: list[Source]) -> list[str]:
    """Return what `rule` finds in all of `sources`, in order; an empty list is a pass."""
    return [found for source in sources for found in rule(source)]


def imports(source: Source) -> list[Import]:
    """Return every import of the file with relative ones resolved: `from x import y` is `x.y`."""
    return [found for node in ast.walk(source.tree) for found in _imports_of(source, node)]


def _imports_of(source: Source, node: ast.AST) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for name in node.names:
            yield Import(name.name, name.asname or name.name, node.lineno)
    elif isinstance(node, ast.ImportFrom):
        base = _base(source, node)
        for name in node.names:
            yield Import(f"{base}.{name.name}", name.asname or name.name, node.lineno)


def _base(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    # One dot is the folder the file is in, for a module and for an __init__ alike.
    here = source.parts[: len(source.parts) - node.level]
    return ".".join([*here, *([node.module] if node.module else [])])


def calls(source: Source) -> list[tuple[str, int]]:
    """Return every call as (dotted name, line), local aliases replaced by what they import."""
    known = {found.alias: found.name for found in imports(source)}
    return [
        (_spell_out(dotted(node.func), known), node.lineno)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
    ]


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for such an expression; what is before an attribute may be `?`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


def _spell_out(name: str, known: dict[str, str]) -> str:
    first, dot, rest = name.partition(".")
    return f"{known.get(first, first)}{dot}{rest}"


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(source: Source) -> list[Function]:
    """Return every function and method of the file, nested ones too."""
    return [node for node in ast.walk(source.tree) if isinstance(node, Function)]


def tracked_files() -> list[str]:
    """Return the paths git tracks; the house stands in a checkout, so git is there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
