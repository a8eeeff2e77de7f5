"""Keep whether experts may print pages of dossiers; in a campaign founded before they may not.

Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier_printing",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("allowed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaign.campaign"], name=op.f("fk_dossier_printing_campaign_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_dossier_printing")),
    )


def downgrade() -> None:
    op.drop_table("dossier_printing")
