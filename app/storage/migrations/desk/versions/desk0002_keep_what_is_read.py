"""Keep what an expert reads, marks and notes, and the words of the dossier to search in.

Follows: desk0001
"""

import sqlalchemy as sa
from alembic import op

revision = "desk0002"
down_revision = "desk0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and see to it that words go with the document they stand in, whoever deletes it."""
    op.create_table(
        "indexed_document",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("is_settled", sa.Integer(), nullable=False),
        sa.Column("without_text", sa.String(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_indexed_document")),
    )
    op.create_table(
        "search_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("sheet", sa.String(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_part")),
    )
    op.create_index(op.f("ix_search_part_sha256"), "search_part", ["sha256"])
    op.create_table(
        "reading_place",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("zoom", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_reading_place_review_review")),
        sa.PrimaryKeyConstraint("review", name=op.f("pk_reading_place")),
    )
    op.create_table(
        "read_page",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_read_page_review_review")),
        sa.PrimaryKeyConstraint("review", "sha256", "page", name=op.f("pk_read_page")),
    )
    op.create_table(
        "reading_mark",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("anchor", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_reading_mark_review_review")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_reading_mark")),
    )
    op.create_index(op.f("ix_reading_mark_review"), "reading_mark", ["review"])
    # Only the words' places are kept, not the words once more; the tokenizer leaves everything beyond ASCII alone.
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(pairs, content='', contentless_delete=1, tokenize='ascii')"
    )
    op.execute(
        "CREATE TRIGGER search_part_goes AFTER DELETE ON search_part BEGIN "
        "DELETE FROM search_words WHERE rowid = OLD.id; END"
    )
    op.execute(
        "CREATE TRIGGER searched_blob_goes AFTER DELETE ON blob BEGIN "
        "DELETE FROM search_part WHERE sha256 = OLD.sha256; "
        "DELETE FROM indexed_document WHERE sha256 = OLD.sha256; END"
    )


def downgrade() -> None:
    """Take them away again."""
    op.execute("DROP TRIGGER searched_blob_goes")
    op.execute("DROP TRIGGER search_part_goes")
    op.execute("DROP TABLE search_words")
    op.drop_index(op.f("ix_reading_mark_review"), table_name="reading_mark")
    for table in ("reading_mark", "read_page", "reading_place"):
        op.drop_table(table)
    op.drop_index(op.f("ix_search_part_sha256"), table_name="search_part")
    for table in ("search_part", "indexed_document"):
        op.drop_table(table)
