"""Keep what a correction touches, what stands side by side, and what was cleared away.

Follows: desk0002
"""

revision = "desk0003"
down_revision = "desk0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
