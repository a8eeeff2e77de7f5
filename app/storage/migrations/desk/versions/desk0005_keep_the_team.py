"""Keep the teams that visit: who goes, who leads, and whose devices belong to them.

Follows: desk0004
"""

import sqlalchemy as sa
from alembic import op

revision = "desk0005"
down_revision = "desk0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "visit_team",
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("application", name=op.f("pk_visit_team")),
    )


def downgrade() -> None:
    """Remove it again."""
    op.drop_table("visit_team")
