"""One request that is right for one route: what everything wrong is derived from."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO

from werkzeug.test import TestResponse

from core.strict_json import JsonValue
from tests.flows.market import GUEST, Market
from tests.flows.routes import Route

Body = dict[str, JsonValue]
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Example:
    """A request by `who` that is answered with `status`; `needs_login` is off where a guest may ask too.

    `json` or `form` makes the body (a write without fields gives an empty one); `query` is the part after
    the question mark. `things` says which id of the market stands for an argument of the path, where that
    is not the one of the argument's own name. `optional`, `zero` and `blank` name fields (dotted) that may
    be left out, be 0, be empty; `anything` those that take any text. `foreign` names fields whose value,
    replaced by the named id of another seller, must be refused. `files` go beside a form's fields. A body
    is a `provider`'s when its fields and content type are not ours to choose; of those only
    `provider_fields` are read. `keeps` names tables where a signed body stays for a person though refused.
    """

    status: int = 200
    who: str = GUEST
    needs_login: bool = True
    json: Callable[[Market], Body] | None = None
    form: Callable[[Market], Body] | None = None
    files: Callable[[], dict[str, bytes]] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    things: Mapping[str, str] = field(default_factory=dict)
    headers: Callable[[Market, bytes], dict[str, str]] | None = None
    optional: frozenset[str] = _NONE
    zero: frozenset[str] = _NONE
    blank: frozenset[str] = _NONE
    anything: frozenset[str] = _NONE
    foreign: Mapping[str, str] = field(default_factory=dict)
    provider_fields: frozenset[str] = _NONE
    keeps: frozenset[str] = _NONE

    @property
    def is_ours(self) -> bool:
        """Whether the body is ours to define."""
        return not self.provider_fields

    def prepared(self, market: Market) -> "Example":
        """The same example with its body made now (making one may write: a code that was sent)."""
        return self.with_fields(self.fields(market)) if self.json or self.form else self

    def fields(self, market: Market) -> Body:
        """The fields of the body, empty if there is none."""
        made = self.json or self.form
        return made(market) if made else {}

    def with_fields(self, fields: Body) -> "Example":
        """The same request with another body."""
        if self.json is not None:
            return replace(self, json=lambda _: fields)
        return replace(self, form=lambda _: fields)

    def said(self, market: Market) -> str:
        """What the request itself tells in its body."""
        return written(self.fields(market)).decode()

    def path(self, route: Route, market: Market) -> str:
        """The path of `route` with the market's ids."""
        names = {name: self.things.get(name, name) for name in route.arguments}
        return route.path({name: market.ids[thing] for name, thing in names.items()})


def written(fields: Body) -> bytes:
    """`fields` as the JSON a client sends."""
    return json.dumps(fields, ensure_ascii=False).encode()


def send(route: Route, example: Example, market: Market, role: str = "") -> TestResponse:
    """The example as it stands, sent by `role` (by who it is for, if none is named)."""
    path, role = example.path(route, market), role or example.who
    if example.json is not None:
        return send_json(route, example, market, (written(example.json(market)), role, path))
    form: dict[str, object] | None = {**example.form(market)} if example.form else None
    if form is not None and example.files:
        form |= {name: (BytesIO(one), name) for name, one in example.files().items()}
    return market.ask(role, route.method, path, data=form, query_string=dict(example.query))


def send_json(
    route: Route, example: Example, market: Market, what: tuple[bytes, str, str]
) -> TestResponse:
    """`what` = (raw body, role, path), with the headers the example's body has."""
    raw, role, path = what
    headers = example.headers(market, raw) if example.headers else {}
    return market.ask(
        role,
        route.method,
        path,
        data=raw,
        headers={"Content-Type": "application/json", **headers},
        query_string=dict(example.query),
    )
