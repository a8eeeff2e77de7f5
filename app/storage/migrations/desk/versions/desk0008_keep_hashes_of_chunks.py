"""Keep the hash of each chunk of a large document, so that its first page does not wait for its last.

Follows: desk0007
"""

import sqlalchemy as sa
from alembic import op

revision = "desk0008"
down_revision = "desk0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; documents that are here already are read whole, as before."""
    op.create_table(
        "blob_digest",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_blob_digest")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Remove it again."""
    op.drop_table("blob_digest")
