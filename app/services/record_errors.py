"""What the secretariat can be told when an act on the record is not possible."""

from app.errors import UserFacingError
from app.i18n import N_


class CampaignNameError(UserFacingError):
    """The campaign stands in file names and in the number of every application."""

    code = "campaign_name"
    message = N_("A campaign is named by up to 16 letters, digits and hyphens, for example 2026.")


class ExpertUnknownError(UserFacingError):
    """Nobody of that code is enrolled."""

    code = "expert_unknown"
    message = N_("There is no expert {expert} in this record. Look at the list of experts for the right code.")


class ApplicationUnknownHereError(UserFacingError):
    """Nothing of that code was taken in."""

    code = "application_not_here"
    message = N_("There is no application {application} in this record. Look at the list for the right number.")


class SecondOpenerNeededError(UserFacingError):
    """Two people can open the record, and only one has spoken."""

    code = "second_opener_needed"
    message = N_(
        "A second person who opens this record has to confirm the requests with their own passphrase. "
        "Nobody was enrolled yet."
    )


class SecondOpenerWrongError(UserFacingError):
    """What was typed opens no slot but perhaps one's own."""

    code = "second_opener_wrong"
    message = N_(
        "This is not the passphrase of another person who opens this record. Somebody other than you has to "
        "confirm, with theirs."
    )


class DeviceUnknownError(UserFacingError):
    """No certificate was issued for it."""

    code = "device_unknown"
    message = N_("There is no device {device} in this record. The list of experts shows their devices.")


class DeviceRevokedError(UserFacingError):
    """Once is enough."""

    code = "device_revoked"
    message = N_("{device} was revoked before. Nothing was changed.")


class NotAssignedError(UserFacingError):
    """Nothing to take back."""

    code = "not_assigned"
    message = N_("{application} is not assigned to {expert}. Nothing was changed.")


class AlreadyAssignedError(UserFacingError):
    """The same expert reviews an application once."""

    code = "already_assigned"
    message = N_("{application} is already assigned to {expert}.")


class ConflictKnownError(UserFacingError):
    """The record knows why this expert must not review this application."""

    code = "conflict_known"
    message = N_("{expert} must not review {application}: both are tied to {organisation}. Choose another expert.")


class ReasonMissingError(UserFacingError):
    """Acts that take something away are explained."""

    code = "reason_missing"
    message = N_("Say in a few words why; the reason is kept with the act.")


class NobodyToAssignError(UserFacingError):
    """A panel needs people and something to judge."""

    code = "nobody_to_assign"
    message = N_("There is nothing to assign: enrol experts and take in applications first.")


class NoDeviceError(UserFacingError):
    """Enrolled, but every device was revoked."""

    code = "no_device"
    message = N_("{expert} has no device that is still valid. Enrol a new one with --as {expert} first.")


class NoOfficeHalfError(UserFacingError):
    """The desk never sent one."""

    code = "no_office_half"
    message = N_("There is no reset code for {expert}. The recovery code on paper is the way left.")


class OneRequestError(UserFacingError):
    """A new device belongs to one person."""

    code = "one_request"
    message = N_("A new device of an expert is enrolled alone. Choose exactly one request.")


class DeadlinePassedError(UserFacingError):
    """A deadline lies ahead."""

    code = "deadline_passed"
    message = N_("{date} is over already. Choose a later day.")


class IssuedMeanwhileError(UserFacingError):
    """Two people issued to the same device at once; order numbers must not clash."""

    code = "issued_meanwhile"
    message = N_("Somebody else has just issued to {expert}. Nothing was changed; look at the list and try again.")


class DocumentTooLargeError(UserFacingError):
    """One document does not fit on the medium."""

    code = "document_too_large"
    message = N_("{application}: “{name}” alone is larger than {limit} MB. Choose a larger medium.")


class TrayEntryUnknownError(UserFacingError):
    """No such file, or several that begin alike."""

    code = "tray_entry_unknown"
    message = N_("No single file in the tray begins with {start}. Copy the whole number from the list.")


class TrayEntrySettledError(UserFacingError):
    """Decided before."""

    code = "tray_entry_settled"
    message = N_("This file was decided before. Nothing was changed.")


class NotDecidableError(UserFacingError):
    """Refused files have no valid signature or no content to take."""

    code = "not_decidable"
    message = N_("This file was refused and cannot be taken. Ask its sender to send it again.")


class OutputExistsError(UserFacingError):
    """An export never mixes with what is already there."""

    code = "output_exists"
    message = N_("The folder {folder} is not empty. Choose an empty or a new one.")


class OwnOpenerError(UserFacingError):
    """Whoever has the record open cannot take away their own way in."""

    code = "own_opener"
    message = N_("You cannot remove yourself while you have the record open. Ask another opener to do it.")


class ExaminationFileError(UserFacingError):
    """The file given for the examination form could not be read."""

    code = "examination_file"
    message = N_("The examination form {file} could not be read. Check that it is there and readable.")


class RubricFileError(UserFacingError):
    """The file given for the rules could not be read."""

    code = "rubric_file"
    message = N_("The rubric {file} could not be read. Check that it is there and readable.")


class ChecklistFileError(UserFacingError):
    """The file given for the on-site checklist could not be read."""

    code = "checklist_file"
    message = N_("The on-site checklist {file} could not be read. Check that it is there and readable.")


class FormMissingError(UserFacingError):
    """The package carries no such form."""

    code = "form_missing"
    message = N_("There is no printed form of this review. Import the signed review first.")
