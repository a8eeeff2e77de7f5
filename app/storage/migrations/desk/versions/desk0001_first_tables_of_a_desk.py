"""First tables of a desk.

Follows: None
"""

import sqlalchemy as sa
from alembic import op

revision = "desk0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "assignment_part",
        sa.Column("assignment", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("assignment", "number", name=op.f("pk_assignment_part")),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_blob_sha256")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_blob_size")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "blob_chunk",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_blob_chunk")),
    )
    op.create_table(
        "campaign",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("import_recipient", sa.String(), nullable=False),
        sa.Column("recovery_recipient", sa.String(), nullable=False),
        sa.Column("trust", sa.LargeBinary(), nullable=False),
        sa.Column("crl_number", sa.Integer(), nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=True),
        sa.Column("certificate", sa.LargeBinary(), nullable=True),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.Column("log_head", sa.String(), nullable=False),
        sa.Column("log_broke_at", sa.BigInteger(), nullable=True),
        sa.Column("sent_seq", sa.Integer(), nullable=False),
        sa.Column("sent_sha256", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_campaign")),
    )
    op.create_table(
        "desk_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("floor_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_desk_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_head")),
    )
    op.create_table(
        "device_key",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped_signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("enrolment_sha256", sa.String(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_device_key_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_key")),
    )
    op.create_table(
        "pinned_root",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("pinned_at", sa.BigInteger(), nullable=False),
        sa.Column("was_compared", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_pinned_root_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pinned_root")),
    )
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("relations", sa.LargeBinary(), nullable=False),
        sa.Column("device_name", sa.String(), nullable=False),
        sa.Column("office_half", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_profile_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
    )
    op.create_table(
        "recall",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("recalled_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("review", name=op.f("pk_recall")),
    )
    op.create_table(
        "received_package",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_received_package")),
    )
    op.create_table(
        "rubric",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_rubric")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "assignment",
        sa.Column("assignment", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("package_sha256", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("parts >= 1", name=op.f("ck_assignment_parts")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.campaign"], name=op.f("fk_assignment_campaign_campaign")),
        sa.PrimaryKeyConstraint("assignment", name=op.f("pk_assignment")),
    )
    op.create_table(
        "sent_package",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("is_exported", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("receipt_number", sa.String(), nullable=True),
        sa.Column("is_signed_receipt", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(nonce) = 16", name=op.f("ck_sent_package_nonce")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.campaign"], name=op.f("fk_sent_package_campaign_campaign")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_sent_package")),
        sa.UniqueConstraint("package", name=op.f("uq_sent_package_package")),
    )
    op.create_table(
        "review",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("face", sa.LargeBinary(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("rubric", sa.String(), nullable=False),
        sa.Column("assignment", sa.String(), nullable=False),
        sa.Column("recalled_at", sa.BigInteger(), nullable=True),
        sa.Column("recall_reason", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("declared", sa.String(), nullable=True),
        sa.Column("is_sealed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("base", sa.String(), nullable=True),
        sa.Column("revision_reason", sa.LargeBinary(), nullable=False),
        sa.Column("clock_suspect", sa.Boolean(), nullable=False),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("event_head", sa.String(), nullable=False),
        sa.Column("open_target", sa.String(), nullable=True),
        sa.Column("open_since", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("event_count >= 0", name=op.f("ck_review_event_count")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_review_revision")),
        sa.ForeignKeyConstraint(
            ["assignment"], ["assignment.assignment"], name=op.f("fk_review_assignment_assignment")
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.campaign"], name=op.f("fk_review_campaign_campaign")),
        sa.ForeignKeyConstraint(["rubric"], ["rubric.sha256"], name=op.f("fk_review_rubric_rubric")),
        sa.PrimaryKeyConstraint("review", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index("ix_review_application", ["application"], unique=False)

    op.create_table(
        "declaration",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declared", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("declared_at", sa.BigInteger(), nullable=False),
        sa.Column("is_carried", sa.Boolean(), nullable=False),
        sa.CheckConstraint("declared IN ('none', 'conflict', 'abstain')", name=op.f("ck_declaration_declared")),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_declaration_review_review")),
        sa.PrimaryKeyConstraint("review", "number", name=op.f("pk_declaration")),
    )
    op.create_table(
        "document",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_document_review_review")),
        sa.PrimaryKeyConstraint("review", "number", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index("ix_document_sha256", ["sha256"], unique=False)

    op.create_table(
        "draft_field",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_draft_field_review_review")),
        sa.PrimaryKeyConstraint("review", "target", name=op.f("pk_draft_field")),
    )
    op.create_table(
        "edit_step",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("before_value", sa.String(), nullable=False),
        sa.Column("before_content", sa.LargeBinary(), nullable=True),
        sa.Column("after_value", sa.String(), nullable=False),
        sa.Column("after_content", sa.LargeBinary(), nullable=True),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_edit_step_review_review")),
        sa.PrimaryKeyConstraint("review", "number", name=op.f("pk_edit_step")),
    )
    op.create_table(
        "event",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_event_review_review")),
        sa.PrimaryKeyConstraint("review", "number", name=op.f("pk_event")),
    )
    op.create_table(
        "sealed_review",
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("events", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.BigInteger(), nullable=False),
        sa.Column("is_superseded", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_log_index", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_sealed_review_review_review")),
        sa.PrimaryKeyConstraint("content_sha256", name=op.f("pk_sealed_review")),
    )
    with op.batch_alter_table("sealed_review", schema=None) as batch_op:
        batch_op.create_index("ix_sealed_review_review", ["review"], unique=False)

    op.create_table(
        "carried_review",
        sa.Column("package_sha256", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_sha256"],
            ["sealed_review.content_sha256"],
            name=op.f("fk_carried_review_content_sha256_sealed_review"),
        ),
        sa.ForeignKeyConstraint(
            ["package_sha256"], ["sent_package.sha256"], name=op.f("fk_carried_review_package_sha256_sent_package")
        ),
        sa.PrimaryKeyConstraint("package_sha256", "content_sha256", name=op.f("pk_carried_review")),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("carried_review")
    with op.batch_alter_table("sealed_review", schema=None) as batch_op:
        batch_op.drop_index("ix_sealed_review_review")

    op.drop_table("sealed_review")
    op.drop_table("event")
    op.drop_table("edit_step")
    op.drop_table("draft_field")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index("ix_document_sha256")

    op.drop_table("document")
    op.drop_table("declaration")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index("ix_review_application")

    op.drop_table("review")
    op.drop_table("sent_package")
    op.drop_table("assignment")
    op.drop_table("setting")
    op.drop_table("rubric")
    op.drop_table("received_package")
    op.drop_table("recall")
    op.drop_table("profile")
    op.drop_table("pinned_root")
    op.drop_table("device_key")
    op.drop_table("desk_head")
    op.drop_table("campaign")
    op.drop_table("blob_chunk")
    op.drop_table("blob")
    op.drop_table("assignment_part")
