"""Writing down what kept a visit from taking place, or from seeing everything."""

from collections.abc import Collection
from datetime import date

from app.domain.onsite.hindrance import Hindrance, HindranceKind
from app.services.visit_notebook import Notebook, new_id


def note_hindrance(
    notebook: Notebook,
    kind: HindranceKind,
    reason: str,
    *,
    before: Collection[Hindrance],
    until: date | None = None,
    allowed_by: str = "",
    is_after_conclusion: bool = False,
) -> None:
    """The next one after those of *before*. Raises ``UnexplainedError``."""
    made = Hindrance(
        number=len(before) + 1,
        kind=kind,
        reason=reason.strip(),
        author=notebook.me,
        at=notebook.now,
        until=until,
        allowed_by=allowed_by.strip(),
        is_after_conclusion=is_after_conclusion,
    )
    notebook.put(new_id(), made, author=notebook.me)
