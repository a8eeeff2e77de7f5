"""Keep the form of the campaign's examinations (Art. 9). Which review is one, a review has said since it is kept.

A campaign founded before gets its form when an examination is first assigned.

Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "examination_form",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_examination_form_sha256")),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaign.campaign"], name=op.f("fk_examination_form_campaign_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_examination_form")),
    )


def downgrade() -> None:
    op.drop_table("examination_form")
