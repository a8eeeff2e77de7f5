"""Keep the visits of Article 14: plans, records of evidence, photographs, findings.

Follows: desk0003
"""

revision = "desk0004"
down_revision = "desk0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
