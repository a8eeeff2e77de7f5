"""Whether experts may print pages of dossiers, which is a rule of the campaign and goes along with each assignment."""

from app.domain.changes import NOTHING, Changes
from app.domain.record_log import Act
from app.services.record_context import RecordContext


class DossierPrintService:
    """Not allowed unless somebody says so; a desk learns of it with the next package it takes in."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def is_allowed(self) -> bool:
        """Whether packages that are written now allow it."""
        with self._context.store.reading() as work:
            return work.authority.printing_since() is not None

    def allow(self, *, is_allowed: bool) -> Changes:
        """Allow it from now on, or no longer; saying what is so already changes nothing and is not logged."""
        now = self._context.clock()
        with self._context.store.writing() as work:
            if (work.authority.printing_since() is not None) == is_allowed:
                return NOTHING
            if is_allowed:
                work.authority.allow_printing(self._context.campaign.campaign, at=now)
            else:
                work.authority.forbid_printing()
            self._context.log(work, Act.PRINTING_ALLOWED if is_allowed else Act.PRINTING_FORBIDDEN, {}, at=now)
            work.commit()
        return Changes(packages=True, log=True)
