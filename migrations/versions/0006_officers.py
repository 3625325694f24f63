"""Who holds an office, and what a manager would take off goods near their best-before day."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "officers",
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("office", sa.String(length=120), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_officers_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_officers")),
    )
    op.create_table(
        "freshness_rules",
        sa.Column("product_id", sa.String(length=16), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("percent_off", sa.Integer(), nullable=False),
        sa.CheckConstraint("days >= 0", name=op.f("ck_freshness_rules_days")),
        sa.CheckConstraint(
            "percent_off > 0 AND percent_off <= 90", name=op.f("ck_freshness_rules_percent_off")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_freshness_rules_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_freshness_rules_seller_id")
        ),
        sa.PrimaryKeyConstraint("product_id", "days", name=op.f("pk_freshness_rules")),
    )
    with op.batch_alter_table("freshness_rules", schema=None) as batch_op:
        batch_op.create_index("ix_freshness_rules_seller_id", ["seller_id"], unique=False)


def downgrade() -> None:
    op.drop_table("freshness_rules")
    op.drop_table("officers")
