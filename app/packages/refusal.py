"""Why a package is not read: the outcome for people, a reason code for the log and the tray."""

from typing import Final

from app.crypto.defect import Defect
from app.crypto.sealing import SealDefect
from app.domain.outcome import Outcome
from app.errors import UserFacingError
from app.i18n import N_, _

_SENTENCES: Final = {
    Outcome.NOT_A_PACKAGE: N_("This is not a Youpin package. Choose a file that came from this program."),
    Outcome.DAMAGED: N_("The file is damaged or not complete. Copy it again or ask its sender to send it again."),
    Outcome.NOT_FOR_YOU: N_(
        "This package was sealed for somebody else, or its head was damaged on the way. "
        "Check who it is for, or ask its sender to send it again."
    ),
    Outcome.UNKNOWN_SIGNER: N_(
        "The signer of this package is not known here. Do not use it; ask its sender by telephone."
    ),
    Outcome.BAD_SIGNATURE: N_(
        "The signature does not fit the contents: something was changed after signing. Ask its sender to send it again."
    ),
    Outcome.CERTIFICATE_EXPIRED: N_(
        "The signer's certificate was not valid at this time. Check the date of this computer, "
        "or ask the secretariat for a new certificate."
    ),
    Outcome.REVOKED_CERTIFICATE: N_(
        "The signer's certificate was revoked, or it cannot be shown that it was not. "
        "A person has to compare the package code by telephone."
    ),
    Outcome.WRONG_KIND: N_("This package does not belong here. Open it in the place it was made for."),
    Outcome.FORMAT_TOO_NEW: N_("This package was made by a newer version of the program. Update the program first."),
    Outcome.OVER_LIMIT: N_("This file is larger or has more parts than a package may have. It was not opened."),
}

_BY_DEFECT: Final = {
    Defect.OTHER_ROOT: Outcome.UNKNOWN_SIGNER,
    Defect.SELF_SIGNED: Outcome.UNKNOWN_SIGNER,
    Defect.AUTHORITY_AS_SIGNER: Outcome.UNKNOWN_SIGNER,
    Defect.ROLE_MISSING: Outcome.UNKNOWN_SIGNER,
    Defect.POLICY_MISSING: Outcome.UNKNOWN_SIGNER,
    Defect.KEY_USAGE: Outcome.UNKNOWN_SIGNER,
    Defect.CHAIN_INVALID: Outcome.UNKNOWN_SIGNER,
    Defect.REVOCATION_UNKNOWN: Outcome.UNKNOWN_SIGNER,
    Defect.EXPIRED: Outcome.CERTIFICATE_EXPIRED,
    Defect.NOT_YET_VALID: Outcome.CERTIFICATE_EXPIRED,
    Defect.REVOKED: Outcome.REVOKED_CERTIFICATE,
    Defect.REVOCATION_LIST_EXPIRED: Outcome.REVOKED_CERTIFICATE,
}

_BY_SEAL: Final = {
    SealDefect.NOT_SEALED: Outcome.NOT_A_PACKAGE,
    SealDefect.ARMORED: Outcome.NOT_A_PACKAGE,
    SealDefect.PASSPHRASE_STANZA: Outcome.NOT_A_PACKAGE,
    SealDefect.FOREIGN_STANZA: Outcome.NOT_A_PACKAGE,
    SealDefect.HEAD_TOO_LONG: Outcome.OVER_LIMIT,
    SealDefect.HEAD_DAMAGED: Outcome.DAMAGED,
    SealDefect.NO_KEY_FITS: Outcome.NOT_FOR_YOU,
    SealDefect.BODY_DAMAGED: Outcome.DAMAGED,
}


class PackageRefusedError(UserFacingError):
    """A file that is not taken. ``outcome`` is one of the closed list; ``reason`` is finer and never shown to people.

    Nothing of the file's contents is in it.
    """

    code = "package_refused"
    message = N_("The file was not taken in.")

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__()
        self.outcome = outcome
        self.reason = reason

    def __reduce__(self) -> tuple[type["PackageRefusedError"], tuple[Outcome, str]]:
        return type(self), (self.outcome, self.reason)  # it crosses from a reading process to its parent

    def sentence(self) -> str:
        """What happened and what to do next, by outcome alone."""
        return refusal_sentence(self.outcome)


def refusal_sentence(outcome: Outcome) -> str:
    """The sentence for an outcome that reading a package can have.

    Raises:
        KeyError: only services decide this outcome, and they have its words.
    """
    return _(_SENTENCES[outcome])


def refused_signature(defect: Defect) -> PackageRefusedError:
    """The refusal for a signature's *defect*. What is not named is a bad signature."""
    return PackageRefusedError(_BY_DEFECT.get(defect, Outcome.BAD_SIGNATURE), defect.value)


def refused_seal(defect: SealDefect) -> PackageRefusedError:
    """The refusal for a sealed file's *defect*."""
    return PackageRefusedError(_BY_SEAL[defect], defect.value)


def damaged(reason: str) -> PackageRefusedError:
    """The refusal for bytes that are not in the one form of a package."""
    return PackageRefusedError(Outcome.DAMAGED, reason)


def over_limit(reason: str) -> PackageRefusedError:
    """The refusal for more than a package may hold."""
    return PackageRefusedError(Outcome.OVER_LIMIT, reason)
