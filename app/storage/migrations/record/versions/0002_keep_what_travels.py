"""Keep what travels: packages, originals, revisions, the log, the tray.

Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log",
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.CheckConstraint("length(head) = 64", name=op.f("ck_log_head")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log")),
    )
    op.create_table(
        "tray",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("package_sha256", sa.String(), nullable=True),
        sa.Column("file_name", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("expert", sa.String(), nullable=True),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("applications", sa.String(), nullable=False),
        sa.Column("is_kept", sa.Boolean(create_constraint=True, name="is_kept"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'refused')", name=op.f("ck_tray_state")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_tray_sha256")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_tray")),
    )
    with op.batch_alter_table("tray", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tray_package_sha256"), ["package_sha256"], unique=False)
    op.create_table(
        "package",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("expert", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("certificate_sha256", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.Column("root_crl", sa.Integer(), nullable=False),
        sa.Column("issuing_crl", sa.Integer(), nullable=False),
        sa.Column("skeleton", sa.LargeBinary(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=True),
        sa.Column("receipt_number", sa.String(), nullable=False),
        sa.Column("log_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_package_sha256")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.campaign"], name=op.f("fk_package_campaign_campaign")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_package")),
        sa.UniqueConstraint("package", name=op.f("uq_package_package")),
    )
    with op.batch_alter_table("package", schema=None) as batch_op:
        batch_op.create_index("ix_package_device", ["device", "seq"], unique=False)
    op.create_table(
        "tray_chunk",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["tray.sha256"], name=op.f("fk_tray_chunk_sha256_tray")),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_tray_chunk")),
    )
    op.create_table(
        "tray_wait",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["tray.sha256"], name=op.f("fk_tray_wait_sha256_tray")),
        sa.PrimaryKeyConstraint("sha256", "base", name=op.f("pk_tray_wait")),
    )
    with op.batch_alter_table("tray_wait", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tray_wait_base"), ["base"], unique=False)
    op.create_table(
        "original",
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["file_key.owner"], name=op.f("fk_original_owner_file_key")),
        sa.ForeignKeyConstraint(["package"], ["package.sha256"], name=op.f("fk_original_package_package")),
        sa.PrimaryKeyConstraint("package", "owner", "number", name=op.f("pk_original")),
    )
    op.create_table(
        "package_review",
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["package"], ["package.sha256"], name=op.f("fk_package_review_package_package")),
        sa.PrimaryKeyConstraint("package", "review", name=op.f("pk_package_review")),
    )
    op.create_table(
        "sent_package",
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("assignment", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("deadline_at", sa.BigInteger(), nullable=True),
        sa.Column("log_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_sent_package_sha256")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.campaign"], name=op.f("fk_sent_package_campaign_campaign")),
        sa.ForeignKeyConstraint(["device"], ["device.device"], name=op.f("fk_sent_package_device_device")),
        sa.PrimaryKeyConstraint("package", name=op.f("pk_sent_package")),
        sa.UniqueConstraint("device", "seq", name=op.f("uq_sent_package_device_seq")),
    )
    with op.batch_alter_table("sent_package", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_package_assignment"), ["assignment"], unique=False)
    op.create_table(
        "declaration",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("declared", sa.String(), nullable=False),
        sa.Column("conflict", sa.String(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("declared_at", sa.BigInteger(), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.CheckConstraint("declared IN ('none', 'conflict', 'abstain')", name=op.f("ck_declaration_declared")),
        sa.ForeignKeyConstraint(["package"], ["package.sha256"], name=op.f("fk_declaration_package_package")),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_declaration_review_review")),
        sa.PrimaryKeyConstraint("review", name=op.f("pk_declaration")),
    )
    op.create_table(
        "revision",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("application", sa.String(), nullable=False),
        sa.Column("expert", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("base", sa.String(), nullable=True),
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("rubric_sha256", sa.String(), nullable=False),
        sa.Column("dossier_sha256", sa.String(), nullable=False),
        sa.Column("recommend", sa.String(), nullable=False),
        sa.Column("scores", sa.String(), nullable=False),
        sa.Column("total", sa.String(), nullable=True),
        sa.Column("dimensions", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.BigInteger(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.Column("log_number", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(create_constraint=True, name="is_current"), nullable=False),
        sa.CheckConstraint("(base IS NULL) = (revision = 1)", name=op.f("ck_revision_base")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_revision_sha256")),
        sa.ForeignKeyConstraint(["package"], ["package.sha256"], name=op.f("fk_revision_package_package")),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_revision_review_review")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_revision")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_application"), ["application"], unique=False)
        batch_op.create_index(
            "ix_revision_one_current",
            ["review"],
            unique=True,
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        )
        batch_op.create_index(batch_op.f("ix_revision_review"), ["review"], unique=False)
    op.create_table(
        "sent_review",
        sa.Column("assignment", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("is_recall", sa.Boolean(create_constraint=True, name="is_recall"), nullable=False),
        sa.Column("dossier_sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["device.device"], name=op.f("fk_sent_review_device_device")),
        sa.ForeignKeyConstraint(["review"], ["review.review"], name=op.f("fk_sent_review_review_review")),
        sa.PrimaryKeyConstraint("assignment", "review", name=op.f("pk_sent_review")),
    )
    with op.batch_alter_table("sent_review", schema=None) as batch_op:
        batch_op.create_index("ix_sent_review_review", ["review", "device"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sent_review", schema=None) as batch_op:
        batch_op.drop_index("ix_sent_review_review")
    op.drop_table("sent_review")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_review"))
        batch_op.drop_index(
            "ix_revision_one_current", sqlite_where=sa.text("is_current"), postgresql_where=sa.text("is_current")
        )
        batch_op.drop_index(batch_op.f("ix_revision_application"))
    op.drop_table("revision")
    op.drop_table("declaration")
    with op.batch_alter_table("sent_package", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_package_assignment"))
    op.drop_table("sent_package")
    op.drop_table("package_review")
    op.drop_table("original")
    with op.batch_alter_table("tray_wait", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tray_wait_base"))
    op.drop_table("tray_wait")
    op.drop_table("tray_chunk")
    with op.batch_alter_table("package", schema=None) as batch_op:
        batch_op.drop_index("ix_package_device")
    op.drop_table("package")
    with op.batch_alter_table("tray", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tray_package_sha256"))
    op.drop_table("tray")
    op.drop_table("log")
