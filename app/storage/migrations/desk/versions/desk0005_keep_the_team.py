"""Keep the teams that visit: who goes, who leads, whose devices belong to them, and what those said they hold.

Follows: desk0004
"""

import sqlalchemy as sa
from alembic import op

revision = "desk0005"
down_revision = "desk0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "visit_team",
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("application", name=op.f("pk_visit_team")),
    )
    op.create_table(
        "visit_holding",
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("certificate_sha256", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("photos", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["visit"], ["visit.visit"], name=op.f("fk_visit_holding_visit_visit")),
        sa.PrimaryKeyConstraint("visit", "certificate_sha256", name=op.f("pk_visit_holding")),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("visit_holding")
    op.drop_table("visit_team")
