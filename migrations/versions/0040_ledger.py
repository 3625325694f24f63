"""The ledger: entries that sum to zero, chained by hash, which the database itself refuses to change.

Lines come first and their entry seals them: the entry is refused unless its lines sum to zero, and a line is
refused where the entry stands already. What came before is booked by `flask prepare` (ledger.opening).
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_SEALED = ("ledger_entries", "ledger_lines", "ledger_closings")
_SUM = "(SELECT COALESCE(SUM(amount_vnd), 1) FROM ledger_lines WHERE entry_id = NEW.id)"
_CLOSED = "(SELECT MAX(until_ms) FROM ledger_closings WHERE seller_id = NEW.seller_id)"
_STANDS = "EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.entry_id)"
_TAKEN = (
    "EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.id OR (seller_id = NEW.seller_id"
    " AND (number = NEW.number OR key = NEW.key)))"
)
_CLOSED_TWICE = (
    "EXISTS (SELECT 1 FROM ledger_closings WHERE seller_id = NEW.seller_id"
    " AND until_ms >= NEW.until_ms)"
)
# Guards of what is added: table, name, condition, words. `taken` is there for SQLite's INSERT OR REPLACE,
# which deletes the old row without asking the triggers.
_GUARDS = (
    ("ledger_entries", "balance", f"{_SUM} <> 0", "a ledger entry sums to zero"),
    ("ledger_entries", "closed", f"NEW.at_ms < {_CLOSED}", "that month is closed"),
    ("ledger_entries", "taken", _TAKEN, "ledger_entries are never changed"),
    ("ledger_lines", "sealed", _STANDS, "a ledger entry gets no more lines"),
    ("ledger_closings", "later", _CLOSED_TWICE, "ledger_closings are never changed"),
)


def upgrade() -> None:
    _entries()
    _lines()
    _series_and_closings()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _SEALED:
        _seal(table, on_sqlite=on_sqlite)
    for guard in _GUARDS:
        _guard(*guard, on_sqlite=on_sqlite)


def downgrade() -> None:
    for table in ("ledger_closings", "ledger_series", "ledger_lines", "ledger_entries"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        for table, name, _condition, _words in _GUARDS:
            op.execute(f"DROP FUNCTION {table}_{name}()")


def _entries() -> None:
    op.create_table(
        "ledger_entries",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("happened_ms", sa.BigInteger(), nullable=False),
        sa.Column("booked_ms", sa.BigInteger(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_ledger_entries_number")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_ledger_entries_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint("seller_id", "number", name=op.f("uq_ledger_entries_seller_id_number")),
        sa.UniqueConstraint("seller_id", "key", name=op.f("uq_ledger_entries_seller_id_key")),
    )
    op.create_index("ix_ledger_entries_of_month", "ledger_entries", ["seller_id", "at_ms"])


def _lines() -> None:
    op.create_table(
        "ledger_lines",
        sa.Column("entry_id", _ID, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_vnd <> 0", name=op.f("ck_ledger_lines_amount")),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["ledger_entries.id"],
            name=op.f("fk_ledger_lines_entry_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_ledger_lines_seller_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", "place", name=op.f("pk_ledger_lines")),
    )
    op.create_index("ix_ledger_lines_of_account", "ledger_lines", ["seller_id", "account"])
    op.create_index("ix_ledger_lines_of_subject", "ledger_lines", ["seller_id", "subject"])


def _series_and_closings() -> None:
    op.create_table(
        "ledger_series",
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_ledger_series_seller_id")
        ),
        sa.PrimaryKeyConstraint("seller_id", name=op.f("pk_ledger_series")),
    )
    op.create_table(
        "ledger_closings",
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("last_number >= 0", name=op.f("ck_ledger_closings_last_number")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_ledger_closings_seller_id")
        ),
        sa.PrimaryKeyConstraint("seller_id", "until_ms", name=op.f("pk_ledger_closings")),
    )


def _seal(table: str, *, on_sqlite: bool) -> None:
    """Refuse UPDATE and DELETE, on PostgreSQL TRUNCATE too (SQLite has none)."""
    if on_sqlite:
        for what in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _guard(table: str, name: str, condition: str, words: str, *, on_sqlite: bool) -> None:
    if on_sqlite:
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table} WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';"
        " END IF; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_{name}()"
    )
