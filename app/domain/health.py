"""How a workspace is: findings with a severity, after the pattern of a vault's health check."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """From fine to urgent, in this order."""

    GOOD = "GOOD"
    INFO = "INFO"
    WARN = "WARN"
    CRITICAL = "CRITICAL"


_ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``code`` is stable; ``sentence`` says what to do if anything is to be done."""

    severity: Severity
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Health:
    """All findings of one check."""

    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Severity:
        """The gravest severity found."""
        return worst_severity(finding.severity for finding in self.findings)


def worst_severity(severities: Iterable[Severity]) -> Severity:
    """The gravest of *severities*; good if there is none."""
    return max(severities, key=_ORDER.__getitem__, default=Severity.GOOD)
