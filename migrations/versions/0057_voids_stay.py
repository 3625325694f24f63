"""Voids of receipts are never changed or taken away: the database itself refuses, as in the ledger."""

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_TABLE = "receipt_voids"
_WORDS = f"{_TABLE} are never changed"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {_TABLE}_no_{what} BEFORE {what} ON {_TABLE}"
                f" BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
            )
        return
    for name, what, each in (
        ("no_change", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {_TABLE}_{name} BEFORE {what} ON {_TABLE}"
            f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(f"DROP TRIGGER {_TABLE}_no_{what}")
        return
    for name in ("no_change", "no_truncate"):
        op.execute(f"DROP TRIGGER {_TABLE}_{name} ON {_TABLE}")
