"""The one list of pure files, and what such a file may not touch.

A pure file is arithmetic and rules: the same input gives the same answer on every machine and
on every day. A file listed here need not exist yet.
"""

_OF_READER = (
    "amounts",
    "claim_reader",
    "items",
    "runs",
    "senses",
    "tokens",
    "units",
    "words",
)
_OF_SEARCH = (
    "amounts",
    "asking",
    "papers",
    "places",
    "ranking",
    "slips",
    "synonyms",
    "wanted",
    "words",
)

PURE = {
    "core": ("codes", "errors", "money", "phone", "quantity", "splitting", "states", "strict_json"),
    "catalog": (
        "allocation",
        "communes",
        "fold",
        "imports/cell_errors",
        "imports/cells",
        "imports/columns",
        "imports/errors",
        "imports/letters",
        "imports/pack_sizes",
        "imports/values",
        "lots/errors",
        "lots/rules",
        "lots/sharing",
        "market_rules",
        "modes",
        "pricing",
        "scale_back",
        "tiers",
        "units",
        "validity",
    ),
    "payments": ("matching", "receipt_codec", "states", "vietqr"),
    "shop": (
        "cases/case_rules",
        "delivery/addresses",
        "delivery/place_names",
        "delivery/places",
        "delivery/quote",
        "ordering/totals",
        "packing/fitting",
        "packing/suggesting",
        "shipments/errors",
        "shipments/labels",
        "staff/paste_amounts",
        "staff/paste_reader",
        "staff/paste_words",
        "states",
        "vouchers/errors",
        "vouchers/rules",
    ),
    "livestream": (
        *(f"reader/{name}" for name in _OF_READER),
        "room/snapshot",
        "states",
        "talk/chat_rules",
        "talk/chat_text",
        "talk/guesses",
    ),
}
PURE_FILES = {f"{package}/{name}.py" for package, names in PURE.items() for name in names} | {
    "core/text.py",
    "catalog/growers/areas.py",
    *(f"catalog/search/{name}.py" for name in _OF_SEARCH),
    "catalog/growers/errors.py",
    *(f"catalog/photos/{name}.py" for name in ("errors", "facts", "headers")),
    *(f"{package}/errors.py" for package in PURE),
}
# Root modules a pure file never imports: the web, the database, the clock, the machine.
IMPURE_MODULES = {
    "alembic",
    "asyncio",
    "flask",
    "flask_babel",
    "flask_login",
    "flask_smorest",
    "flask_socketio",
    "flask_sqlalchemy",
    "gevent",
    "io",
    "os",
    "pathlib",
    "psycopg",
    "pysqlite3",
    "random",
    "requests",
    "socket",
    "sqlalchemy",
    "sqlite3",
    "stripe",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "werkzeug",
}
# Calls that read a clock although their module is harmless.
CLOCK_READINGS = {"now", "utcnow", "today"}
