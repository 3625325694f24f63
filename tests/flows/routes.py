"""Every route of the product, read from the application itself: nothing here names one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import wsgi

_NOT_OURS = ("/static/",)
_PROGRAMS = ("/api/", "/webhooks/", "/.well-known/", "/healthz", "/readyz")
_ARGUMENT = re.compile(r"<(?:[^<>:]+:)?([^<>]+)>")
_SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True, order=True)
class Route:
    """One method on one rule."""

    rule: str
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names in the path."""
        return tuple(_ARGUMENT.findall(self.rule))

    @property
    def for_programs(self) -> bool:
        """Whether it speaks JSON: a public route of the contract."""
        return self.rule.startswith(_PROGRAMS)

    @property
    def writes(self) -> bool:
        return self.method not in _SAFE

    def path(self, values: Mapping[str, str]) -> str:
        """The path with `values` in its places."""
        return _ARGUMENT.sub(lambda found: values[found[1]], self.rule)


def all_routes() -> list[Route]:
    """Every route but files, sorted."""
    return sorted(
        Route(rule.rule, method)
        for rule in wsgi.app.url_map.iter_rules()
        if not rule.rule.startswith(_NOT_OURS)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


def route(name: str) -> Route:
    """The route called `POST /login`."""
    method, _, rule = name.partition(" ")
    return Route(rule, method)
