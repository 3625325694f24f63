"""Small functions, few arguments, short files: what fits in one head."""

import ast
from pathlib import Path

from tests.house.tree import (
    ROOT,
    Function,
    Source,
    breaches,
    functions,
    our_files,
    package_files,
    python_files,
    snippet,
    tracked_files,
)

FUNCTION_LINES = 50
ARGUMENTS = 5
FILE_LINES = 300
SIZED = {".py", ".js", ".mjs", ".html"}
# Not counted: what every method or service has anyway.
GIVEN = {"self", "cls", "session"}


def long_functions(source: Source) -> list[str]:
    """Name each function over 50 lines, its docstring not counted."""
    return [
        f"{source.path}:{node.lineno}: {node.name} has {_lines(node)} lines"
        for node in functions(source)
        if _lines(node) > FUNCTION_LINES
    ]


def _lines(node: Function) -> int:
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return whole
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1)


def greedy_functions(source: Source) -> list[str]:
    """Name each function that asks for more than five things."""
    return [
        f"{source.path}:{node.lineno}: {node.name} takes {len(_arguments(node))} arguments"
        for node in functions(source)
        if len(_arguments(node)) > ARGUMENTS
    ]


def _arguments(node: Function) -> list[str]:
    known = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [argument.arg for argument in known if argument.arg not in GIVEN]


def too_long(path: str, text: str) -> list[str]:
    """Name the file when it has 300 lines or more."""
    lines = len(text.splitlines())
    return [f"{path}: {lines} lines"] if lines >= FILE_LINES else []


def late_imports(source: Source) -> list[str]:
    """Name each import inside a function: they hide circles."""
    return [
        f"{source.path}:{inner.lineno}: import inside {node.name}"
        for node in functions(source)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def test_functions_are_short() -> None:
    assert breaches(long_functions, our_files()) == []


def test_a_long_function_is_seen_and_its_docstring_is_free() -> None:
    body = "    x = 1\n" * 50
    assert long_functions(snippet("shop/orders.py", f"def place():\n{body}"))
    words = '    """' + "word\n" * 60 + '    """\n'
    assert not long_functions(snippet("shop/orders.py", f"def place():\n{words}    return 1\n"))


def test_functions_take_few_arguments() -> None:
    assert breaches(greedy_functions, [*package_files(), *python_files("wsgi.py", "tools")]) == []


def test_a_greedy_function_is_seen() -> None:
    assert greedy_functions(snippet("shop/orders.py", "def place(a, b, c, d, e, *, f): ..."))
    assert not greedy_functions(snippet("shop/orders.py", "def place(session, a, b, c, d, e): ..."))


def test_files_are_short() -> None:
    sized = [
        path
        for path in tracked_files()
        if Path(path).suffix in SIZED and not path.startswith("migrations/")
    ]
    texts = [(path, (ROOT / path).read_text(encoding="utf-8")) for path in sized]
    assert [found for path, text in texts for found in too_long(path, text)] == []


def test_a_long_file_is_seen() -> None:
    assert too_long("shop/orders.py", "x\n" * 300)
    assert not too_long("shop/orders.py", "x\n" * 299)


def test_imports_stand_at_the_top() -> None:
    assert breaches(late_imports, our_files()) == []


def test_an_import_inside_a_function_is_seen() -> None:
    assert late_imports(snippet("shop/orders.py", "def place():\n    from catalog import stock"))
    assert not late_imports(snippet("shop/orders.py", "if TYPE_CHECKING:\n    import catalog"))
