"""What each road told of a bank line; statement files and their layouts; people's word; what feeds can tell."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_BIG = sa.BigInteger()


def upgrade() -> None:
    _tellings()
    _files()
    op.create_table(
        "attestations",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("seller_id", _ID, sa.ForeignKey("sellers.id"), nullable=False, index=True),
        sa.Column("account_id", _ID, sa.ForeignKey("bank_accounts.id"), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("said_ms", _BIG, nullable=False),
    )
    with op.batch_alter_table("feed_connections") as batch_op:
        for name in ("can_in", "can_out", "can_balance"):
            batch_op.add_column(
                sa.Column(name, sa.Boolean(), server_default=sa.true(), nullable=False)
            )
        batch_op.add_column(
            sa.Column("virtual_number", sa.String(length=19), server_default="", nullable=False)
        )
    op.execute(
        "UPDATE feed_connections SET can_out = false, can_balance = false WHERE provider = 'payos'"
    )
    _backfill()


def _tellings() -> None:
    op.create_table(
        "line_tellings",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("seller_id", _ID, sa.ForeignKey("sellers.id"), nullable=False, index=True),
        sa.Column("account_id", _ID, sa.ForeignKey("bank_accounts.id"), nullable=False),
        sa.Column("line_id", _ID, sa.ForeignKey("bank_lines.id"), nullable=True, index=True),
        sa.Column("road", sa.String(length=40), nullable=False),
        sa.Column("source", _ID, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("amount_vnd", _BIG, nullable=False),
        sa.Column("content", sa.String(length=500), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("tail", sa.String(length=4), nullable=False),
        sa.Column("balance_vnd", _BIG, nullable=True),
        sa.Column("at_ms", _BIG, nullable=False),
        sa.Column("has_time", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("line_day", sa.Integer(), nullable=False),
        sa.Column("place", _BIG, nullable=False),
        sa.Column("told_ms", _BIG, nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_line_tellings_direction")),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_line_tellings_amount")),
        sa.UniqueConstraint("account_id", "road", "key"),
    )
    op.create_index(
        "ix_line_tellings_of_sum", "line_tellings", ["account_id", "amount_vnd", "line_day"]
    )
    op.create_index("ix_line_tellings_of_day", "line_tellings", ["account_id", "day"])


def _files() -> None:
    op.create_table(
        "statement_files",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("seller_id", _ID, sa.ForeignKey("sellers.id"), nullable=False, index=True),
        sa.Column("account_id", _ID, sa.ForeignKey("bank_accounts.id"), nullable=False, index=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("lines", "taken", "new_lines")
        ),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("first_day", "last_day")),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("created_ms", _BIG, nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'taking', 'taken')", name=op.f("ck_statement_files_state")
        ),
        sa.CheckConstraint("taken >= 0 AND taken <= lines", name=op.f("ck_statement_files_taken")),
    )
    op.create_table(
        "statement_layouts",
        sa.Column("account_id", _ID, sa.ForeignKey("bank_accounts.id"), primary_key=True),
        sa.Column("fingerprint", sa.String(length=16), primary_key=True),
        sa.Column("seller_id", _ID, sa.ForeignKey("sellers.id"), nullable=False, index=True),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("changed_ms", _BIG, nullable=False),
    )


def _backfill() -> None:
    """Lines that stand were each told by the account's feed (719163 is 1/1/1970 as a day's number)."""
    day = "(at_ms + 25200000) / 86400000 + 719163"
    mine = "SELECT min(feed.id) FROM feed_connections AS feed WHERE feed.account_id ="
    feed = f"coalesce(({mine} bank_lines.account_id), '')"
    op.execute(
        "INSERT INTO line_tellings (id, seller_id, account_id, line_id, road, source, key,"
        " direction, amount_vnd, content, reference, tail, at_ms, has_time, day, line_day,"
        f" place, told_ms) SELECT id, seller_id, account_id, id, 'feed:' || {feed}, {feed},"
        " reference, direction, amount_vnd, content, reference, '', at_ms, true,"
        f" {day}, {day}, received_ms, received_ms FROM bank_lines"
    )


def downgrade() -> None:
    with op.batch_alter_table("feed_connections") as batch_op:
        for name in ("virtual_number", "can_balance", "can_out", "can_in"):
            batch_op.drop_column(name)
    for table in ("attestations", "statement_layouts", "statement_files", "line_tellings"):
        op.drop_table(table)
