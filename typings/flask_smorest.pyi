"""What we use of flask-smorest, which ships no types; anything else of it is Any."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint as FlaskBlueprint
from flask import Flask
from marshmallow import Schema

_F = TypeVar("_F", bound=Callable[..., Any])
_SchemaLike = Schema | type[Schema] | dict[str, Any]

class Blueprint(FlaskBlueprint):
    ARGUMENTS_PARSER: Any
    def __init__(self, *args: Any, description: str | None = None, **kwargs: Any) -> None: ...
    def arguments(self, schema: _SchemaLike, **kwargs: Any) -> Callable[[_F], _F]: ...
    def response(
        self, status_code: int | str, schema: _SchemaLike | None = None, **kwargs: Any
    ) -> Callable[[_F], _F]: ...
    def alt_response(
        self, status_code: int | str, *args: Any, **kwargs: Any
    ) -> Callable[[_F], _F]: ...
    def doc(self, **kwargs: Any) -> Callable[[_F], _F]: ...

class Api:
    spec: Any
    def __init__(
        self, app: Flask | None = None, *, spec_kwargs: dict[str, Any] | None = None
    ) -> None: ...
    def init_app(self, app: Flask, *, spec_kwargs: dict[str, Any] | None = None) -> None: ...
    def register_blueprint(self, blp: FlaskBlueprint, **options: Any) -> None: ...
    def __getattr__(self, name: str) -> Any: ...

def __getattr__(name: str) -> Any: ...
