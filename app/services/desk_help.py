"""What a desk says of itself to a help desk: codes, states and counts."""

from collections import Counter
from typing import Final

from app.crypto import codes
from app.domain.health import Severity, worst_severity
from app.i18n import _
from app.services.desk_checking import DeskCheckService
from app.services.desk_sealing import SealingService
from app.services.desk_tasks import TaskService
from app.storage.desk.store import DeskStore
from app.storage.migration import current_version
from app.words.health import severity_word
from app.words.reviews import counted, task_word

_MOST_PACKAGES: Final = 6


def desk_help_lines(
    store: DeskStore, tasks: TaskService, *, sealing: SealingService, checking: DeskCheckService
) -> tuple[str, ...]:
    """At most 17 lines; no name, no application, no score."""
    listed = tasks.tasks()
    states = Counter(task_word(task.state) for task in listed)
    findings = checking.quick()
    with store.reading() as work:
        received = work.packages.count_received()
        counter = work.head().counter
        enrolled = work.desk.keys() is not None
        certified = any(campaign.certificate for campaign in work.desk.campaigns())
    packages = sealing.packages()
    lines = [
        _("Desk: format {version}, {count} changes").format(version=current_version(store.engine), count=counter),
        _("Enrolled: {enrolled}; certificate: {certified}").format(
            enrolled=_yes_or_no(is_so=enrolled), certified=_yes_or_no(is_so=certified)
        ),
        _("Reviews: {count} ({states})").format(count=len(listed), states=counted(states)),
        _("Documents: {here} of {count}").format(
            here=sum(task.documents_here for task in listed), count=sum(task.documents for task in listed)
        ),
        _("Parts missing: {numbers}").format(
            numbers=" ".join(sorted({str(part) for task in listed for part in task.missing_parts})) or "-"
        ),
        _("Health: {worst} {codes}")
        .format(
            worst=severity_word(worst_severity(finding.severity for finding in findings)),
            codes=" ".join(finding.code for finding in findings if finding.severity is not Severity.GOOD),
        )
        .rstrip(),
        _("Packages: {received} received, {sent} written").format(received=received, sent=len(packages)),
    ]
    lines += [
        f"  {package.seq}: {codes.package_code(package.sha256)} {package.outcome or '-'}"
        for package in packages[:_MOST_PACKAGES]
    ]
    return tuple(lines)


def _yes_or_no(*, is_so: bool) -> str:
    return _("yes") if is_so else _("no")
