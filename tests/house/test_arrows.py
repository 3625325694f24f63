"""The arrows and doors of the house: who may call whom, and through what.

Down is a call in the caller's transaction, up is an event; another package's inner rooms are
never entered (docs/architecture.md).
"""

from tests.house.tree import (
    PACKAGES,
    ROOT,
    Source,
    breaches,
    calls,
    imports,
    package_files,
    snippet,
)

BELOW = {
    "core": set[str](),
    "catalog": {"core"},
    "payments": {"core"},
    "shop": {"catalog", "payments", "core"},
    "livestream": {"shop", "catalog", "core"},
}
OURS = {*PACKAGES, "wsgi", "tests", "tools", "migrations"}
# Rooms nobody else enters.
INNER = {
    "models",
    "views",
    "console",
    "api",
    "webhooks",
    "sockets",
    "schemas",
    "reactions",
    "wiring",
    "pages",
}
EDGES = {
    "answers",
    "fast_road",
    "views",
    "console",
    "api",
    "webhooks",
    "sockets",
    "reactions",
    "commands",
    "demo",
    "pages",
}
ASSEMBLY = {"wiring", "factory"}
STRIPE_FILE = "payments/providers/stripe_sdk.py"
SOCKET_LIBRARIES = {"flask_socketio", "socketio", "engineio", "simple_websocket"}


def arrows_up(source: Source) -> list[str]:
    """Name each import of a package that this one does not stand on."""
    allowed = {source.package, *BELOW[source.package]}
    return [
        f"{source.path}:{found.line}: {source.package} must not import {found.name}"
        for found in imports(source)
        if found.parts[0] in OURS - allowed
    ]


def doors_missed(source: Source) -> list[str]:
    """Name each import that reaches into another package's inner rooms or private names."""
    return [
        f"{source.path}:{found.line}: {found.name} is behind a door"
        for found in imports(source)
        if found.parts[0] in set(PACKAGES) - {source.package} and _is_inner(found.parts)
    ]


def _is_inner(parts: list[str]) -> bool:
    # core.http is what everybody's edges are built from: a door although it has an `api`.
    inside = parts[3:] if parts[:2] == ["core", "http"] else parts[1:]
    return any(part in INNER or part.startswith("_") for part in inside)


def sockets_outside_livestream(source: Source) -> list[str]:
    """Name each import of a socket library outside livestream."""
    return [
        f"{source.path}:{found.line}: {found.name} belongs to livestream"
        for found in imports(source)
        if found.parts[0] in SOCKET_LIBRARIES and source.package != "livestream"
    ]


def stripe_elsewhere(source: Source) -> list[str]:
    """Name each import of Stripe's SDK outside the one file that wraps it."""
    return [
        f"{source.path}:{found.line}: {found.name} belongs to {STRIPE_FILE}"
        for found in imports(source)
        if found.parts[0] == "stripe" and source.path != STRIPE_FILE
    ]


def relationships(source: Source) -> list[str]:
    """Name each ORM relationship: rows are joined by ids, so nothing loads behind one's back."""
    return [
        f"{source.path}:{line}: no {name}()"
        for name, line in calls(source)
        if name.rpartition(".")[2] in {"relationship", "backref"}
    ]


def writes_off_the_edge(source: Source) -> list[str]:
    """Name each call of core.db.write that is neither in core nor in an edge."""
    if source.package == "core" or EDGES & set(source.parts):
        return []
    return [
        f"{source.path}:{line}: only edges call core.db.write"
        for name, line in calls(source)
        if name == "core.db.write"
    ]


def arrows_back(source: Source) -> list[str]:
    """Name each import of an edge by an inner file of the same package: edges call, only.

    `wiring` and `factory` put the edges together, so they are free; so is `core/http`, whose
    `api` and `pages` are what edges are made of.
    """
    if (EDGES | ASSEMBLY) & set(source.parts) or source.path.startswith("core/http/"):
        return []
    return [
        f"{source.path}:{found.line}: {found.name} is an edge"
        for found in imports(source)
        if found.parts[0] == source.package and EDGES & set(found.parts[1:])
    ]


def commits(source: Source) -> list[str]:
    """Name each commit or rollback: services take part in the caller's transaction."""
    return [
        f"{source.path}:{line}: services never commit or roll back ({name})"
        for name, line in calls(source)
        if source.package != "core" and name.rpartition(".")[2] in {"commit", "rollback"}
    ]


def test_each_package_imports_only_those_below_it() -> None:
    assert breaches(arrows_up, package_files()) == []


def test_an_import_upwards_is_seen() -> None:
    assert arrows_up(snippet("core/db.py", "import shop.orders"))
    assert arrows_up(snippet("catalog/stock.py", "from payments import ledger"))
    assert arrows_up(snippet("payments/bank/inbox.py", "from shop.orders import place"))
    assert arrows_up(snippet("shop/orders.py", "from livestream import desk"))
    assert arrows_up(snippet("shop/orders.py", "import wsgi"))


def test_the_live_room_does_not_know_payments() -> None:
    assert arrows_up(snippet("livestream/desk.py", "from payments import vietqr"))
    assert not arrows_up(snippet("livestream/desk.py", "from shop import orders"))


def test_nobody_enters_another_packages_inner_rooms() -> None:
    assert breaches(doors_missed, package_files()) == []


def test_a_way_round_a_door_is_seen() -> None:
    assert doors_missed(snippet("shop/orders.py", "from catalog.models import Lot"))
    assert doors_missed(snippet("shop/orders.py", "from catalog import models"))
    assert doors_missed(snippet("shop/orders.py", "import payments.bank.webhooks.banks"))
    assert doors_missed(snippet("shop/orders.py", "from catalog.stock import _rows"))
    assert not doors_missed(snippet("shop/orders.py", "from catalog import stock"))
    assert not doors_missed(snippet("shop/orders.py", "from shop.models import Order"))


def test_sockets_live_in_livestream_only() -> None:
    assert breaches(sockets_outside_livestream, package_files()) == []


def test_a_socket_elsewhere_is_seen() -> None:
    assert sockets_outside_livestream(snippet("shop/api.py", "from flask_socketio import emit"))
    assert not sockets_outside_livestream(snippet("livestream/sockets.py", "import flask_socketio"))


def test_one_file_knows_stripe() -> None:
    assert breaches(stripe_elsewhere, package_files()) == []


def test_a_second_file_that_imports_stripe_is_seen() -> None:
    assert stripe_elsewhere(snippet("payments/cards.py", "from stripe import StripeClient"))
    assert not stripe_elsewhere(snippet(STRIPE_FILE, "import stripe"))


def test_rows_are_joined_by_ids_not_relationships() -> None:
    assert breaches(relationships, package_files()) == []


def test_a_relationship_is_seen() -> None:
    text = "from sqlalchemy import orm\nlines = orm.relationship('Line')"
    assert relationships(snippet("shop/models.py", text))


def test_only_edges_write() -> None:
    assert breaches(writes_off_the_edge, package_files()) == []


def test_a_service_that_writes_is_seen_whatever_it_calls_the_function() -> None:
    for text in (
        "from core.db import write\nwrite(place)",
        "from core import db\ndb.write(place)",
        "import core.db\ncore.db.write(place)",
        "from core.db import write as put\nput(place)",
    ):
        assert writes_off_the_edge(snippet("shop/orders.py", text))
        assert not writes_off_the_edge(snippet("shop/console/orders.py", text))
        assert not writes_off_the_edge(snippet("shop/views.py", text))


def test_inside_a_package_nothing_calls_back_to_an_edge() -> None:
    assert breaches(arrows_back, package_files()) == []


def test_a_call_back_to_an_edge_is_seen() -> None:
    assert arrows_back(snippet("shop/orders.py", "from shop.views import cart_page"))
    assert arrows_back(snippet("shop/orders.py", "from shop import sockets"))
    assert not arrows_back(snippet("shop/wiring.py", "from shop import views"))
    assert not arrows_back(snippet("shop/views.py", "from shop.console import menu"))


def test_services_never_commit() -> None:
    assert breaches(commits, package_files()) == []


def test_a_commit_is_seen() -> None:
    assert commits(snippet("shop/orders.py", "session.commit()"))
    assert commits(snippet("shop/orders.py", "db.session.rollback()"))


def test_wsgi_and_the_server_settings_are_the_only_root_modules() -> None:
    assert {path.name for path in ROOT.glob("*.py")} <= {"wsgi.py", "gunicorn.conf.py"}
