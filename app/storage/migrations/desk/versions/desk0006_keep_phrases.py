"""Keep the phrases of an expert.

Follows: desk0005
"""

revision = "desk0006"
down_revision = "desk0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
