"""The log in words: who did what, and when."""

from typing import Final

from app.domain.record_log import Act, LogEntry, LoggedAct
from app.i18n import N_, _
from app.packages import canonical
from app.services.record_context import RecordContext

_SENTENCES: Final = {
    Act.CREATED: N_("Founded the record of campaign {campaign}."),
    Act.OPENER_ADDED: N_("Gave {name} access to the record."),
    Act.OPENER_REMOVED: N_("Took access from {name}."),
    Act.ENROLLED: N_("Enrolled {expert} with the computer {device}."),
    Act.TAKEN_IN: N_("Took in application {application}."),
    Act.ASSIGNED: N_("Assigned {application} to {expert}."),
    Act.LEADER_NAMED: N_("{expert} leads the visit to {application}."),
    Act.RECALLED: N_("Took {application} back from {expert}: {reason}"),
    Act.ISSUED: N_("Issued a package to {device}."),
    Act.EXTENDED: N_("Moved the deadline to {until}: {reason}"),
    Act.PRINTING_ALLOWED: N_("Allowed experts to print pages of dossiers, with a watermark."),
    Act.PRINTING_FORBIDDEN: N_("Took back that experts may print pages of dossiers."),
    Act.REVOKED: N_("Stopped trusting {device}: {reason}"),
    Act.CODE_RELEASED: N_("Released the reset code of {device} to {expert}: {reason}"),
    Act.IMPORTED: N_("Imported a package from {device}."),
    Act.DECIDED: N_("Decided about a file in the tray: {reason}"),
}
_TOGETHER: Final = {Act.ENROLLED: N_("Enrolled {expert} with the computer {device}; confirmed by {confirmed_by}.")}


class LogService:
    """Reading only: lines are added by the acts themselves."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def entries(self, *, limit: int = 200, before: int | None = None) -> tuple[LogEntry, ...]:
        """The newest lines first; *before* continues an earlier answer."""
        with self._context.store.reading() as work:
            lines = tuple(work.log.lines(before=before, limit=limit, newest_first=True))
        entries = []
        for line in lines:
            act = canonical.decode(line.line, LoggedAct)
            words = _TOGETHER if act.facts.get("confirmed_by") else _SENTENCES
            sentence = _(words[act.act]).format_map(act.facts)
            entries.append(LogEntry(line.number, act.at, act.by, act.act, act.facts, sentence))
        return tuple(entries)
