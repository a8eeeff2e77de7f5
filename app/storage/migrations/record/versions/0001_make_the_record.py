"""Make the record: keys, people, applications, assignments.

Follows: None
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rubric", sa.LargeBinary(), nullable=False),
        sa.Column("rubric_sha256", sa.String(), nullable=False),
        sa.Column("import_recipient", sa.String(), nullable=False),
        sa.Column("recovery_recipient", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(rubric_sha256) = 64", name=op.f("ck_campaign_rubric_sha256")),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_campaign")),
    )
    op.create_table(
        "certificate",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("der", sa.LargeBinary(), nullable=False),
        sa.Column("not_after_at", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("role IN ('root', 'issuing', 'dispatch', 'expert')", name=op.f("ck_certificate_role")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_certificate_sha256")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_certificate")),
        sa.UniqueConstraint("serial", name=op.f("uq_certificate_serial")),
    )
    op.create_table(
        "expert",
        sa.Column("expert", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("relations", sa.String(), nullable=False),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("expert", name=op.f("pk_expert")),
        sa.UniqueConstraint("number", name=op.f("uq_expert_number")),
    )
    op.create_table(
        "file_key",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("destroyed_at", sa.BigInteger(), nullable=True),
        sa.Column("order_number", sa.String(), nullable=True),
        sa.CheckConstraint("(key IS NULL) = (destroyed_at IS NOT NULL)", name=op.f("ck_file_key_destroyed")),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_file_key")),
    )
    op.create_table(
        "revocation_list",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("der", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("issuer IN ('root', 'issuing')", name=op.f("ck_revocation_list_issuer")),
        sa.PrimaryKeyConstraint("issuer", "number", name=op.f("pk_revocation_list")),
    )
    op.create_table(
        "secret",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secret")),
    )
    op.create_table(
        "vault",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("earlier", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_vault_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault")),
    )
    op.create_table(
        "application",
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("uscc", sa.String(), nullable=False),
        sa.Column("offering_name", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("offering", sa.String(), nullable=False),
        sa.Column("recommender", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("trademark", sa.String(), nullable=False),
        sa.Column("trademark_holder", sa.String(), nullable=False),
        sa.Column("standards", sa.String(), nullable=False),
        sa.Column("drafters", sa.String(), nullable=False),
        sa.Column("laboratory", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("industry", sa.String(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("remark", sa.LargeBinary(), nullable=False),
        sa.Column("dossier_sha256", sa.String(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(dossier_sha256) = 64", name=op.f("ck_application_dossier_sha256")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.campaign"], name=op.f("fk_application_campaign_campaign")),
        sa.PrimaryKeyConstraint("application", name=op.f("pk_application")),
        sa.UniqueConstraint("campaign", "key", name=op.f("uq_application_campaign_key")),
        sa.UniqueConstraint("campaign", "number", name=op.f("uq_application_campaign_number")),
    )
    op.create_table(
        "device",
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("expert", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("certificate_sha256", sa.String(), nullable=False),
        sa.Column("request_sha256", sa.String(), nullable=False),
        sa.Column("office_half", sa.LargeBinary(), nullable=True),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("revoke_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("length(request_sha256) = 64", name=op.f("ck_device_request_sha256")),
        sa.ForeignKeyConstraint(
            ["certificate_sha256"], ["certificate.sha256"], name=op.f("fk_device_certificate_sha256_certificate")
        ),
        sa.ForeignKeyConstraint(["expert"], ["expert.expert"], name=op.f("fk_device_expert_expert")),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_device")),
        sa.UniqueConstraint("certificate_sha256", name=op.f("uq_device_certificate_sha256")),
        sa.UniqueConstraint("expert", "number", name=op.f("uq_device_expert_number")),
        sa.UniqueConstraint("recipient", name=op.f("uq_device_recipient")),
        sa.UniqueConstraint("request_sha256", name=op.f("uq_device_request_sha256")),
    )
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_expert"), ["expert"], unique=False)
    op.create_table(
        "document",
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_document_sha256")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.application"], name=op.f("fk_document_application_application")
        ),
        sa.PrimaryKeyConstraint("application", "number", name=op.f("pk_document")),
        sa.UniqueConstraint("application", "sha256", name=op.f("uq_document_application_sha256")),
    )
    op.create_table(
        "document_chunk",
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application"], ["application.application"], name=op.f("fk_document_chunk_application_application")
        ),
        sa.PrimaryKeyConstraint("application", "sha256", "number", name=op.f("pk_document_chunk")),
    )
    op.create_table(
        "review",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("expert", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("assigned_at", sa.BigInteger(), nullable=False),
        sa.Column("deadline_at", sa.BigInteger(), nullable=True),
        sa.Column("recalled_at", sa.BigInteger(), nullable=True),
        sa.Column("recall_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(recalled_at IS NULL) = (recall_reason IS NULL)", name=op.f("ck_review_recalled")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.application"], name=op.f("fk_review_application_application")
        ),
        sa.ForeignKeyConstraint(["expert"], ["expert.expert"], name=op.f("fk_review_expert_expert")),
        sa.PrimaryKeyConstraint("review", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index("ix_review_expert", ["expert"], unique=False)
        batch_op.create_index(
            "ix_review_one_at_a_time",
            ["application", "expert", "kind"],
            unique=True,
            sqlite_where=sa.text("recalled_at IS NULL"),
            postgresql_where=sa.text("recalled_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_review_one_at_a_time",
            sqlite_where=sa.text("recalled_at IS NULL"),
            postgresql_where=sa.text("recalled_at IS NULL"),
        )
        batch_op.drop_index("ix_review_expert")
    op.drop_table("review")
    op.drop_table("document_chunk")
    op.drop_table("document")
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_device_expert"))
    op.drop_table("device")
    op.drop_table("application")
    op.drop_table("vault")
    op.drop_table("secret")
    op.drop_table("revocation_list")
    op.drop_table("file_key")
    op.drop_table("expert")
    op.drop_table("certificate")
    op.drop_table("campaign")
