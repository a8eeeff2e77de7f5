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


def severity_word(severity: Severity) -> str:
    """How grave a finding of a check is."""
    return _(_SEVERITIES[severity])
