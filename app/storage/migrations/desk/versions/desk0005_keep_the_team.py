"""Keep what a team exchanges: whose devices belong to a visit, what was brought.

Follows: desk0004
"""

revision = "desk0005"
down_revision = "desk0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
