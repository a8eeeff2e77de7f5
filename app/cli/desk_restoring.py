"""``youpin desk restore``."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.cli.desk_opening import add_desk
from app.cli.output import Exit, Report, table
from app.cli.parsing import add_command
from app.cli.passphrases import passphrase_of
from app.domain.health import Severity
from app.i18n import _
from app.words.health import severity_word


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    restore = add_command(
        commands,
        "restore",
        _restore,
        summary=_("put a backup back at a new place, and check it"),
        description=_(
            "DESK must not exist yet. The backup's key file lies beside it and is copied along, and so are photos of\n"
            "visits from the folder “photos-…” there.\n"
            "Documents are not part of a backup: import the packages again. Exit status as of “desk check”."
        ),
        example="youpin desk restore 新.desk --from 王示例.desk.backups/20261123T101500Z-000000042.desk",
    )
    add_desk(restore)
    restore.add_argument("--from", dest="backup", required=True, type=Path, metavar="FILE", help=_("the backup"))


def _restore(arguments: Namespace) -> Report:
    from app.bootstrap.desk_restoring import look_at_backup, restore_desk

    facts = look_at_backup(arguments.backup)
    restored = restore_desk(arguments.backup, arguments.desk, passphrase_of(arguments))
    restored.workspace.close()
    findings = restored.health.findings
    document = {
        "desk": str(arguments.desk),
        "made_at": facts.made_at.isoformat() if facts.made_at else None,
        "worst": str(restored.health.worst),
        "findings": [{"severity": str(one.severity), "code": one.code, "sentence": one.sentence} for one in findings],
        "without_documents": list(restored.without_documents),
        "lost_photos": list(restored.lost_photos),
        "must_enrol": restored.must_enrol,
    }
    lines = [_("Restored: {desk}").format(desk=arguments.desk)]
    lines.append(table([(severity_word(one.severity), one.sentence) for one in findings]))
    if restored.without_documents:
        applications = _(", ").join(restored.without_documents)
        lines.append(
            _("Import the packages again for the documents of {applications}.").format(applications=applications)
        )
    if restored.must_enrol:
        lines.append(_("Before signing, enrol anew: youpin desk enrol DESK --invitation FILE --out FILE"))
    is_critical = restored.health.worst is Severity.CRITICAL
    return Report(document, "\n".join(lines), Exit.REFUSED if is_critical else Exit.DONE)
