"""How buyers find listings.

The full-text index is kept by the database from `search_rows.words`, on each in its own way: triggers and
an FTS5 table on SQLite, a generated column with a GIN index on PostgreSQL. Both are called `search_words`
and are no business of the models (`migrations/env.py` leaves them out of comparisons).
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_SQLITE = (
    (
        "CREATE VIRTUAL TABLE search_words USING fts5("
        " words, content='search_rows', content_rowid='number', detail=none, prefix='1 2 3',"
        " tokenize=\"ascii tokenchars '=:_-'\")"
    ),
    (
        "CREATE TRIGGER search_words_added AFTER INSERT ON search_rows BEGIN"
        " INSERT INTO search_words (rowid, words) VALUES (new.number, new.words); END"
    ),
    (
        "CREATE TRIGGER search_words_changed AFTER UPDATE OF words ON search_rows BEGIN"
        " INSERT INTO search_words (search_words, rowid, words)"
        " VALUES ('delete', old.number, old.words);"
        " INSERT INTO search_words (rowid, words) VALUES (new.number, new.words); END"
    ),
    (
        "CREATE TRIGGER search_words_gone AFTER DELETE ON search_rows BEGIN"
        " INSERT INTO search_words (search_words, rowid, words)"
        " VALUES ('delete', old.number, old.words);"
        " END"
    ),
)
_POSTGRESQL = (
    (
        "ALTER TABLE search_rows ADD COLUMN search_words tsvector NOT NULL"
        " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
    ),
    # Without fastupdate a search never reads through a list of words that wait to be put in.
    "CREATE INDEX ix_search_words ON search_rows USING gin (search_words) WITH (fastupdate = off)",
)
_DIALECTS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def upgrade() -> None:
    op.create_table(
        "search_rows",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("product_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("on_sale", sa.Boolean(), nullable=False),
        sa.Column("name_folded", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("per_vnd", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_search_rows_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_search_rows_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_search_rows_seller_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_rows")),
        sa.UniqueConstraint("listing_id", name=op.f("uq_search_rows_listing_id")),
    )
    with op.batch_alter_table("search_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_rows_product_id"), ["product_id"])
        batch_op.create_index(batch_op.f("ix_search_rows_seller_id"), ["seller_id"])
        batch_op.create_index("ix_search_rows_newest", ["on_sale", "number"])
        batch_op.create_index("ix_search_rows_price", ["on_sale", "counted", "per_vnd", "number"])
        batch_op.create_index("ix_search_rows_kind", ["on_sale", "kind"])
        batch_op.create_index("ix_search_rows_commune", ["on_sale", "commune_code"])
    op.create_table(
        "search_terms",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_terms")),
    )
    for statement in _DIALECTS[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)  # a colon in it is no parameter
    op.execute("ALTER TABLE listings DROP COLUMN search_text")


def downgrade() -> None:
    op.execute("ALTER TABLE listings ADD COLUMN search_text TEXT NOT NULL DEFAULT ''")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_words")
    op.drop_table("search_terms")
    op.drop_table("search_rows")
