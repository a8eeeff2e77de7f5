"""Keep the visits of Article 14: plans, records of evidence, photographs, findings.

Follows: desk0003
"""

import sqlalchemy as sa
from alembic import op

revision = "desk0004"
down_revision = "desk0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "visit",
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("checklist", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_visit_review_review")),
        sa.PrimaryKeyConstraint("visit", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_application", "visit", ["application"])
    op.create_table(
        "visit_entry",
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_visit_entry_revision")),
        sa.ForeignKeyConstraint(["visit"], ["visit.visit"], name=op.f("fk_visit_entry_visit_visit")),
        sa.PrimaryKeyConstraint("visit", "kind", "entry", "sha256", name=op.f("pk_visit_entry")),
    )
    op.create_index("ix_visit_entry_kind_entry", "visit_entry", ["kind", "entry"])
    op.create_table(
        "desk_question",
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_desk_question_review_review")),
        sa.PrimaryKeyConstraint("question", name=op.f("pk_desk_question")),
    )
    op.create_index("ix_desk_question_review", "desk_question", ["review"])
    op.create_table(
        "photo_blob",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_photo_blob_sha256")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_photo_blob_size")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_photo_blob")),
    )
    op.create_table(
        "photo_chunk",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_photo_chunk")),
    )


def downgrade() -> None:
    """Take away what :func:`upgrade` made."""
    op.drop_table("photo_chunk")
    op.drop_table("photo_blob")
    op.drop_index("ix_desk_question_review", table_name="desk_question")
    op.drop_table("desk_question")
    op.drop_index("ix_visit_entry_kind_entry", table_name="visit_entry")
    op.drop_table("visit_entry")
    op.drop_index("ix_visit_application", table_name="visit")
    op.drop_table("visit")
