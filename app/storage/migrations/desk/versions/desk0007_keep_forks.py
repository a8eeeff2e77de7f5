"""Keep the versions of reviews that were signed at two desks, and what was chosen among them.

Follows: desk0006
"""

import sqlalchemy as sa
from alembic import op

revision = "desk0007"
down_revision = "desk0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "fork",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("waiting", sa.LargeBinary(), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_fork_review_review")),
        sa.PrimaryKeyConstraint("review", name=op.f("pk_fork")),
    )
    op.create_table(
        "fork_version",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_fork_version_review_review")),
        sa.PrimaryKeyConstraint("review", "content", name=op.f("pk_fork_version")),
    )
    op.create_table(
        "fork_choice",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("versions", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_fork_choice_revision")),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_fork_choice_review_review")),
        sa.PrimaryKeyConstraint("review", "revision", name=op.f("pk_fork_choice")),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("fork_choice")
    op.drop_table("fork_version")
    op.drop_table("fork")
