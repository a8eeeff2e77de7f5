"""Tables filled by the database itself: a hundred thousand lines that nobody has to import first."""

from typing import Any

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
