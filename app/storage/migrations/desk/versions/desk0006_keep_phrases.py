"""Keep the phrases of an expert.

Follows: desk0005
"""

import sqlalchemy as sa
from alembic import op

revision = "desk0006"
down_revision = "desk0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
    )


def downgrade() -> None:
    """Remove it again."""
    op.drop_table("phrase")
