"""How a workspace is."""

from typing import Final

from app.domain.health import Severity
from app.i18n import N_, _

_SEVERITIES: Final = {
    Severity.GOOD: N_("Good"),
    Severity.INFO: N_("Note"),
    Severity.WARN: N_("Please look"),
    Severity.CRITICAL: N_("Critical"),
}
CHECKED: Final = {
    "pages": N_("Check of the desk: the pages of its file"),
    "structure": N_("Check of the desk: the structure of its file"),
    "references": N_("Check of the desk: what belongs together"),
    "chains": N_("Check of the desk: reviews and their history"),
    "sealed": N_("Check of the desk: what was signed"),
    "key_file": N_("Check of the desk: the key file"),
    "key_copy": N_("Check of the desk: the copy of the key file"),
    "private": N_("Check of the desk: who else can read its files"),
    "space": N_("Check of the desk: room on the disk"),
    "synced_folder": N_("Check of the desk: a folder that goes to a cloud"),
    "head": N_("Check of the desk: nothing has gone missing"),
    "head_missing": N_("Check of the desk: the note that notices lost work"),
    "rolled_back": N_("Check of the desk: it is older than it was"),
    "rolled_back_acknowledged": N_("Check of the desk: work was lost once"),
    "restored": N_("Check of the desk: put back from a backup"),
    "clock": N_("Check of the desk: the clock of this computer"),
    "root_not_compared": N_("Check of the desk: the fingerprint of the secretariat"),
    "record_rewritten": N_("Check of the desk: the record contradicts itself"),
    "package_missing": N_("Check of the desk: files that have not arrived"),
    "certificate": N_("Check of the desk: the certificate"),
    "unconfirmed": N_("Check of the desk: handed in and not confirmed"),
    "documents": N_("Check of the desk: documents of the dossiers"),
    "visit_notes": N_("Check of the desk: notes of visits"),
    "photos": N_("Check of the desk: photos of visits"),
    "photos_missing": N_("Check of the desk: photos that are not here"),
    "backup": N_("Check of the desk: the backup"),
    "backup_photos": N_("Check of the desk: photos beside the backup"),
}
"""What the check of a desk looks at, by the code of its finding: the titles of their entries in the help."""


def severity_word(severity: Severity) -> str:
    """How grave a finding of a check is."""
    return _(_SEVERITIES[severity])
