"""Templates obey the content security policy: no inline script, handler or style."""

import re
from pathlib import Path

from tests.house.tree import PACKAGES, ROOT

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
# Data a script reads is not run, so the policy does not mind it.
ALLOWED_SCRIPT = re.compile(r"""\bsrc\s*=|\btype\s*=\s*["']application/(ld\+)?json["']""")
HANDLER = re.compile(r"<[a-z][^>]*?\s(on[a-z]+|hx-on[^\s=]*)\s*=", re.IGNORECASE)
STYLE = re.compile(r"<style\b|<[a-z][^>]*?\sstyle\s*=", re.IGNORECASE)
SCRIPT_ADDRESS = re.compile(r"""=\s*["']\s*javascript:""", re.IGNORECASE)


def inline_code(path: str, text: str) -> list[str]:
    """Name each inline script, event handler, style and javascript: address of a template."""
    page = COMMENT.sub("", text)
    scripts = [f"{path}: inline script" for m in SCRIPT.finditer(page) if _is_inline(m[1])]
    handlers = [f"{path}: {m[1]}=" for m in HANDLER.finditer(page)]
    styles = [f"{path}: {m[0]}" for m in STYLE.finditer(page)]
    addresses = [f"{path}: {m[0]}" for m in SCRIPT_ADDRESS.finditer(page)]
    return scripts + handlers + styles + addresses


def _is_inline(attributes: str) -> bool:
    return ALLOWED_SCRIPT.search(attributes) is None


def templates() -> list[Path]:
    return [path for name in PACKAGES for path in sorted((ROOT / name).glob("templates/**/*.html"))]


def test_templates_hold_no_inline_code() -> None:
    pages = [(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in templates()]
    assert [found for path, text in pages for found in inline_code(path, text)] == []


def test_inline_code_is_seen() -> None:
    for text in (
        "<script>alert(1)</script>",
        '<button class="btn" onclick="buy()">',
        '<button hx-on:click="buy()">',
        '<p\n  style="color: red">',
        "<style>p {}</style>",
        '<a href="javascript:buy()">',
    ):
        assert inline_code("shop/templates/shop/cart.html", text), text


def test_scripts_by_address_and_plain_data_are_allowed() -> None:
    for text in (
        '<script type="module" src="{{ asset(\'core/base.js\') }}"></script>',
        '<script type="application/json" id="snapshot">{{ data }}</script>',
        "{# <p style='never'> #}",
        '<button data-once="yes" class="style">',
    ):
        assert inline_code("shop/templates/shop/cart.html", text) == [], text


def test_each_package_keeps_its_templates_under_its_own_name() -> None:
    strays = [path for path in templates() if path.relative_to(ROOT).parts[0] != _room(path)]
    assert strays == []


def _room(path: Path) -> str:
    return path.relative_to(ROOT).parts[2]
