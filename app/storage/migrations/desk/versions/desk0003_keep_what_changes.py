"""Keep what a correction touches, when a step was made and which belong together, and what was cleared away.

Follows: desk0002
"""

import sqlalchemy as sa
from alembic import op

revision = "desk0003"
down_revision = "desk0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and give steps a moment and a group."""
    op.create_table(
        "correction",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("after", sa.LargeBinary(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_correction_review_review")),
        sa.PrimaryKeyConstraint("review", "number", name=op.f("pk_correction")),
    )
    op.create_table(
        "cleared_dossier",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("cleared_at", sa.BigInteger(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_cleared_dossier_review_review")),
        sa.PrimaryKeyConstraint("review", name=op.f("pk_cleared_dossier")),
    )
    op.add_column("edit_step", sa.Column("made_at", sa.BigInteger(), nullable=True))
    op.add_column("edit_step", sa.Column("batch", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Remove them again."""
    op.drop_column("edit_step", "batch")
    op.drop_column("edit_step", "made_at")
    op.drop_table("cleared_dossier")
    op.drop_table("correction")
