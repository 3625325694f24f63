"""Devices that asked to be told by web push; which device a notice is about; tries to be taken again, and shown."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)


def upgrade() -> None:
    op.create_table(
        "push_devices",
        sa.Column("device_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("endpoint", sa.String(length=600), nullable=False),
        sa.Column("p256dh", sa.String(length=90), nullable=False),
        sa.Column("auth", sa.String(length=24), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["auth_sessions.id"], name=op.f("fk_push_devices_device_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_push_devices_person_id")
        ),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_push_devices")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_devices_endpoint")),
    )
    op.create_index(op.f("ix_push_devices_person_id"), "push_devices", ["person_id"])
    with op.batch_alter_table("notices") as table:
        table.add_column(sa.Column("device_id", _ID, nullable=True))
        table.create_foreign_key(
            op.f("fk_notices_device_id"), "auth_sessions", ["device_id"], ["id"]
        )
    with op.batch_alter_table("notice_tries") as table:
        table.add_column(sa.Column("again_ms", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("shown_ms", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("notice_tries") as table:
        table.drop_column("shown_ms")
        table.drop_column("again_ms")
    with op.batch_alter_table("notices") as table:
        table.drop_constraint(op.f("fk_notices_device_id"), type_="foreignkey")
        table.drop_column("device_id")
    op.drop_table("push_devices")
