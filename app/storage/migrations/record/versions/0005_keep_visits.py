"""Keep the checklist of a campaign, who leads a visit, and what came back from visits (Art. 14).

Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklist",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_checklist_sha256")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.campaign"], name=op.f("fk_checklist_campaign_campaign")),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_checklist")),
    )
    op.create_table(
        "visit_leader",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("named_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_visit_leader_review_review")),
        sa.PrimaryKeyConstraint("review", name=op.f("pk_visit_leader")),
    )
    op.create_table(
        "sent_team",
        sa.Column("assignment", sa.String(), nullable=False),
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("team_sha256", sa.String(), nullable=False),
        sa.CheckConstraint("length(team_sha256) = 64", name=op.f("ck_sent_team_team_sha256")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.application"], name=op.f("fk_sent_team_application_application")
        ),
        sa.ForeignKeyConstraint(["device"], ["device.device"], name=op.f("fk_sent_team_device_device")),
        sa.PrimaryKeyConstraint("assignment", "application", name=op.f("pk_sent_team")),
    )
    op.create_index(op.f("ix_sent_team_device"), "sent_team", ["device"])
    op.create_table(
        "visit_revision",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("opinion_sha256", sa.String(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_visit_revision_sha256")),
        sa.CheckConstraint("length(opinion_sha256) = 64", name=op.f("ck_visit_revision_opinion_sha256")),
        sa.ForeignKeyConstraint(["sha256"], ["revision.sha256"], name=op.f("fk_visit_revision_sha256_revision")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_visit_revision")),
    )
    op.create_table(
        "cosignature",
        sa.Column("opinion_sha256", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("expert", sa.String(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.CheckConstraint("length(opinion_sha256) = 64", name=op.f("ck_cosignature_opinion_sha256")),
        sa.ForeignKeyConstraint(["device"], ["device.device"], name=op.f("fk_cosignature_device_device")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.application"], name=op.f("fk_cosignature_application_application")
        ),
        sa.ForeignKeyConstraint(["package"], ["package.sha256"], name=op.f("fk_cosignature_package_package")),
        sa.PrimaryKeyConstraint("opinion_sha256", "device", name=op.f("pk_cosignature")),
    )
    op.create_index(op.f("ix_cosignature_application"), "cosignature", ["application"])


def downgrade() -> None:
    op.drop_table("cosignature")
    op.drop_table("visit_revision")
    op.drop_index(op.f("ix_sent_team_device"), table_name="sent_team")
    op.drop_table("sent_team")
    op.drop_table("visit_leader")
    op.drop_table("checklist")
