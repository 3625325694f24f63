"""The customer book: notes of staff, and who took the book away as a file."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)


def upgrade() -> None:
    op.create_table(
        "customer_notes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_customer_notes_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_customer_notes_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_notes")),
    )
    op.create_table(
        "customer_exports",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("reason", sa.String(length=160), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_customer_exports_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_exports")),
    )
    with op.batch_alter_table("customer_notes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_customer_notes_of", ["seller_id", "person_id", "at_ms"], unique=False
        )
    with op.batch_alter_table("customer_exports", schema=None) as batch_op:
        batch_op.create_index("ix_customer_exports_of", ["seller_id", "at_ms"], unique=False)


def downgrade() -> None:
    for table in ("customer_exports", "customer_notes"):
        op.drop_table(table)
