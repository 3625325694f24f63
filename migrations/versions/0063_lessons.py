"""Lessons: sessions that sell nothing, with goods for practice that no listing and no stock stands behind."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)


def upgrade() -> None:
    with op.batch_alter_table("live_sessions") as batch:
        batch.add_column(
            sa.Column("kind", sa.String(length=8), server_default="sale", nullable=False)
        )
        batch.add_column(
            sa.Column("guide", sa.String(length=80), server_default="", nullable=False)
        )
        batch.add_column(
            sa.Column("place", sa.String(length=160), server_default="", nullable=False)
        )
        batch.create_check_constraint(op.f("ck_live_sessions_kind"), "kind IN ('sale', 'training')")
    _nullable(is_so=True)


def downgrade() -> None:
    of_lessons = "(SELECT id FROM live_sessions WHERE kind = 'training')"
    op.execute(f"DELETE FROM claims WHERE session_id IN {of_lessons}")
    for table, column in (("pins", "listing_id"), ("allotments", "stock_id")):
        op.execute(f"DELETE FROM {table} WHERE {column} IS NULL")
    _nullable(is_so=False)
    with op.batch_alter_table("live_sessions") as batch:
        batch.drop_constraint(op.f("ck_live_sessions_kind"), type_="check")
        for column in ("place", "guide", "kind"):
            batch.drop_column(column)


def _nullable(*, is_so: bool) -> None:
    for table, column in (("pins", "listing_id"), ("allotments", "stock_id")):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=_ID, nullable=is_so)
