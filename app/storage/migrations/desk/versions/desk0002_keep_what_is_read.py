"""Keep what an expert reads, marks and notes, and the words of the dossier to search in.

Follows: desk0001
"""

revision = "desk0002"
down_revision = "desk0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
