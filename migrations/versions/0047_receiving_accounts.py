"""Which account receives a seller's money: asked for by one owner, confirmed by another or by a day's wait."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_TABLE = "receiving_changes"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("checked", sa.String(length=5), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_ms", sa.BigInteger(), nullable=False),
        sa.Column("ripe_ms", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=40), nullable=True),
        sa.Column("confirmed_ms", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_by", sa.String(length=40), nullable=True),
        sa.Column("cancelled_ms", sa.BigInteger(), nullable=True),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{_TABLE}_{name}"))
            for name, rule in (
                ("checked", "checked IN ('typed', 'qr')"),
                ("ripe", "ripe_ms > asked_ms"),
                ("one_end", "confirmed_ms IS NULL OR cancelled_ms IS NULL"),
                ("two_owners", "confirmed_by IS NULL OR confirmed_by <> asked_by"),
                ("confirmed", "(confirmed_by IS NULL) = (confirmed_ms IS NULL)"),
                ("cancelled", "(cancelled_by IS NULL) = (cancelled_ms IS NULL)"),
            )
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f(f"fk_{_TABLE}_seller_id")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["bank_accounts.id"], name=op.f(f"fk_{_TABLE}_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(f"ix_{_TABLE}_of_seller", _TABLE, ["seller_id", "asked_ms"])


def downgrade() -> None:
    op.drop_table(_TABLE)
