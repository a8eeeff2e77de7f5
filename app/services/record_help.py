"""What a record says of itself to a help desk: codes, states and counts."""

from collections import Counter
from typing import Final

from app.domain.outcome import Group
from app.i18n import _
from app.services.record_context import RecordContext
from app.services.record_returns import ReturnService
from app.services.record_roster import expert_entries
from app.storage.migration import current_version
from app.words.reviews import counted, expert_word

_MOST_PACKAGES: Final = 6


def record_help_lines(context: RecordContext) -> tuple[str, ...]:
    """At most 17 lines; no name, no expert, no application, no score."""
    returns = ReturnService(context)
    lines, missing = returns.overview(), returns.missing_packages()
    with context.store.reading() as work:
        changes = work.log.head().number
        experts = expert_entries(work)
        waiting = work.tray.entries()
    states = Counter(expert_word(line.status) for line in lines)
    held = [entry for entry in waiting if entry.outcome.group is Group.HELD]
    told = [
        _("Record: format {version}, {count} log entries").format(
            version=current_version(context.store.engine), count=changes
        ),
        _("Experts: {count}, without a computer: {lacking}").format(
            count=len(experts), lacking=sum(expert.current_device is None for expert in experts)
        ),
        _("Reviews: {count} ({states})").format(count=len(lines), states=counted(states)),
        _("Sent: {sent} of {count}").format(sent=sum(line.sent_at is not None for line in lines), count=len(lines)),
        _("Packages that never arrived: {count}").format(count=len(missing)),
        _("Tray: {held} held, {refused} refused").format(held=len(held), refused=len(waiting) - len(held)),
    ]
    told += [f"  {entry.package_code or '-'} {entry.outcome}" for entry in waiting[:_MOST_PACKAGES]]
    return tuple(told)
