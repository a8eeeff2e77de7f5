"""One Alembic history per workspace; a step never imports today's models."""
