"""What stood on an account before its first line, by a person's word; rows are never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_TABLE = "opening_balances"
_WORDS = "opening_balances are never changed"
# For SQLite's INSERT OR REPLACE, which deletes the old row without asking the triggers.
_TAKEN = (
    f"EXISTS (SELECT 1 FROM {_TABLE} WHERE id = NEW.id OR (seller_id = NEW.seller_id"
    " AND account = NEW.account AND number = NEW.number))"
)


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("said_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('open', 'back')", name=op.f(f"ck_{_TABLE}_kind")),
        sa.CheckConstraint("(kind = 'open') = (number % 2 = 1)", name=op.f(f"ck_{_TABLE}_turn")),
        sa.CheckConstraint("amount_vnd > 0", name=op.f(f"ck_{_TABLE}_amount")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f(f"fk_{_TABLE}_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint(
            "seller_id", "account", "number", name=op.f(f"uq_{_TABLE}_seller_id_account_number")
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, when in (
            ("no_update", f"UPDATE ON {_TABLE}"),
            ("no_delete", f"DELETE ON {_TABLE}"),
            ("taken", f"INSERT ON {_TABLE} WHEN {_TAKEN}"),
        ):
            op.execute(
                f"CREATE TRIGGER {_TABLE}_{name} BEFORE {when}"
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
    op.drop_table(_TABLE)
