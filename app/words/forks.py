"""Versions of a review that was signed at two desks, in words."""

from app.domain.forks import Version
from app.i18n import _
from app.words.days import moment_words


def place_words(version: Version) -> str:
    """At which computer it was signed."""
    if version.is_from_here:
        return _("this computer ({device})").format(device=version.device)
    return _("another computer ({device})").format(device=version.device)


def version_words(version: Version) -> str:
    """One line: which revision, when and where it was signed, and whether the record counts it."""
    words = _("revision {number} · signed {moment} on {place}").format(
        number=version.revision, moment=moment_words(version.sealed_at), place=place_words(version)
    )
    return _("{words} · in the record").format(words=words) if version.is_counted else words
