"""Tables filled by the database itself: a hundred thousand lines that nobody has to import first."""

from typing import Any, Final

# One application stands already; the others are like it in everything that need not be unique.
_APPLICATIONS = """
WITH RECURSIVE counted(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM counted WHERE n < ?)
INSERT INTO application
SELECT printf('2026-%06d', n), campaign, n, printf('key %d', n), printf('示例企业%d有限公司', n),
       printf('91210000MA%08d', n), printf('节能水泵%d型', n % 977), category, offering, recommender, region, trademark,
       trademark_holder, standards, drafters, laboratory, state, industry, contact, phone, rank, remark, dossier_sha256,
       taken_at
FROM counted, (SELECT * FROM application LIMIT 1)
"""


def add_applications(connection: Any, count: int) -> None:
    """Fill up to *count* applications, in the caller's transaction (SQLite)."""
    connection.execute(_APPLICATIONS, (count,))


# What an imported review leaves behind, as often as one likes: the row of one that was imported, with other keys.
_REVIEWS: Final[dict[str, dict[str, str]]] = {
    "application": {
        "application": "'9999-' || lpad(n::text, 8, '0')", "number": "1000000 + n", "key": "'key ' || n",
        "operator": "'示例企业' || n || '有限公司'", "uscc": "'91210000MB' || lpad(n::text, 8, '0')",
    },
    "file_key": {"owner": "'9999-' || lpad(n::text, 8, '0')"},
    "review": {
        "review": "'0194' || substr(encode(sha256(('v' || n)::bytea), 'hex'), 1, 32)",
        "application": "'9999-' || lpad(n::text, 8, '0')", "expert": "'E' || 2000 + n % 7000",
    },
    "package": {
        "sha256": "encode(sha256(('p' || n)::bytea), 'hex')", "package": "'filling ' || n", "seq": "n / 7000 + 1",
        "expert": "'E' || 2000 + n % 7000", "device": "'E' || 2000 + n % 7000 || '-D1'", "log_number": "1000000 + n",
    },
    "package_review": {
        "package": "encode(sha256(('p' || n)::bytea), 'hex')",
        "review": "'0194' || substr(encode(sha256(('v' || n)::bytea), 'hex'), 1, 32)",
        "content_sha256": "encode(sha256(('r' || n)::bytea), 'hex')",
    },
    "declaration": {
        "review": "'0194' || substr(encode(sha256(('v' || n)::bytea), 'hex'), 1, 32)",
        "package": "encode(sha256(('p' || n)::bytea), 'hex')",
    },
    "revision": {
        "sha256": "encode(sha256(('r' || n)::bytea), 'hex')",
        "review": "'0194' || substr(encode(sha256(('v' || n)::bytea), 'hex'), 1, 32)",
        "application": "'9999-' || lpad(n::text, 8, '0')", "expert": "'E' || 2000 + n % 7000",
        "device": "'E' || 2000 + n % 7000 || '-D1'", "package": "encode(sha256(('p' || n)::bytea), 'hex')",
    },
    "original": {
        "package": "encode(sha256(('p' || n)::bytea), 'hex')", "owner": "'9999-' || lpad(n::text, 8, '0')",
        "data": "substr(data, 1, 64)",
    },
    "log": {"number": "1000000 + n"},
}  # fmt: skip


def add_reviews(connection: Any, count: int) -> None:
    """Add what *count* imported reviews leave behind (PostgreSQL); at least one has been imported already.

    References are not looked up one by one while the tables are filled, and an original keeps 64 bytes of its own:
    long ones lie outside the table in any case.
    """
    connection.execute("SET session_replication_role = replica")
    for table, other in _REVIEWS.items():
        named = connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " ORDER BY attnum",
            (table,),
        ).fetchall()
        values = ", ".join(other.get(name, name) for (name,) in named)
        connection.execute(
            f"INSERT INTO {table} SELECT {values} FROM (SELECT * FROM {table} LIMIT 1) AS one,"
            f" generate_series(1, {count:d}) AS n"
        )
    connection.execute("SET session_replication_role = origin")
