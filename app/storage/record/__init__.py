"""The secretariat's master record: one encrypted SQLite file, or a PostgreSQL database."""
