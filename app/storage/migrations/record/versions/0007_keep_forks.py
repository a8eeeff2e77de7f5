"""Keep the versions of a review that are held beside the one that counts, and which of them were settled.

Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tray_version",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=True),
        sa.Column("is_fork", sa.Boolean(create_constraint=True, name="is_fork"), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(content) = 64", name=op.f("ck_tray_version_content")),
        sa.ForeignKeyConstraint(["sha256"], ["tray.sha256"], name=op.f("fk_tray_version_sha256_tray")),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_tray_version_review_review")),
        sa.PrimaryKeyConstraint("sha256", "review", name=op.f("pk_tray_version")),
    )
    op.create_index(op.f("ix_tray_version_review"), "tray_version", ["review"])
    op.create_table(
        "settled_version",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(content) = 64", name=op.f("ck_settled_version_content")),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_settled_version_review_review")),
        sa.PrimaryKeyConstraint("review", "content", name=op.f("pk_settled_version")),
    )


def downgrade() -> None:
    op.drop_table("settled_version")
    op.drop_index(op.f("ix_tray_version_review"), table_name="tray_version")
    op.drop_table("tray_version")
