"""Keep the teams that visit, what was signed of a visit, and which of its photographs were sent.

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
        "sealed_visit",
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("opinion", sa.LargeBinary(), nullable=False),
        sa.Column("notes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_sha256"],
            ["sealed_review.content_sha256"],
            name=op.f("fk_sealed_visit_content_sha256_sealed_review"),
        ),
        sa.ForeignKeyConstraint(["visit"], ["visit.visit"], name=op.f("fk_sealed_visit_visit_visit")),
        sa.PrimaryKeyConstraint("content_sha256", name=op.f("pk_sealed_visit")),
    )
    op.create_table(
        "sealed_form",
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_sha256"], ["sealed_visit.content_sha256"], name=op.f("fk_sealed_form_content_sha256_sealed_visit")
        ),
        sa.PrimaryKeyConstraint("content_sha256", "name", name=op.f("pk_sealed_form")),
    )
    op.create_table(
        "carried_piece",
        sa.Column("package_sha256", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["package_sha256"], ["sent_package.sha256"], name=op.f("fk_carried_piece_package_sha256_sent_package")
        ),
        sa.PrimaryKeyConstraint("package_sha256", "sha256", name=op.f("pk_carried_piece")),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("carried_piece")
    op.drop_table("sealed_form")
    op.drop_table("sealed_visit")
    op.drop_table("visit_team")
