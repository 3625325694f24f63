"""VAT invoices buyers ask for, and what sellers answer."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)


def upgrade() -> None:
    op.create_table(
        "invoice_requests",
        sa.Column("id", _ID, nullable=False),
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("open_key", sa.String(length=10), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("tax_code", sa.String(length=14), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("mailbox", sa.String(length=120), nullable=False),
        sa.Column("asked_ms", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("corrected_ms", sa.BigInteger(), nullable=True),
        sa.Column("corrected_by", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("answered_ms", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.String(length=40), nullable=False),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_invoice_requests_{name}"))
            for name, rule in (
                ("state", "state IN ('requested', 'issued', 'declined')"),
                ("open_key", "(state = 'declined') = (open_key IS NULL)"),
                ("answered", "(state = 'requested') = (answered_ms IS NULL)"),
                ("number", "(state = 'issued') = (number <> '')"),
                ("why", "(state = 'declined') = (why <> '')"),
            )
        ),
        *(
            sa.ForeignKeyConstraint([name], [key], name=op.f(f"fk_invoice_requests_{name}"))
            for name, key in (("order_code", "orders.code"), ("seller_id", "sellers.id"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_requests")),
        sa.UniqueConstraint("open_key", name=op.f("uq_invoice_requests_open_key")),
    )
    op.create_index(
        "ix_invoice_requests_of_seller", "invoice_requests", ["seller_id", "state", "asked_ms"]
    )
    op.create_index(op.f("ix_invoice_requests_order_code"), "invoice_requests", ["order_code"])


def downgrade() -> None:
    op.drop_table("invoice_requests")
